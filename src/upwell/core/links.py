"""Addresses for e-mails, built from the installation's own and never from a request."""

from django.conf import settings


def absolute_url(path: str) -> str:
    """The full address of a path such as reverse() gives."""
    return f"{settings.BASE_URL}{path}"
