"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def organization(request: HttpRequest) -> dict[str, str]:
    """The organization's name, the address of its logo, and whom to ask who cannot sign in.

    Each is "" where there is none.
    """
    logo = reverse("logo") if settings.LOGO else ""
    return {
        "organization": settings.ORGANIZATION,
        "organization_logo": logo,
        "contact": settings.CONTACT,
    }
