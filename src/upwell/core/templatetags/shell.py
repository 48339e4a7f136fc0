from typing import Any

from django import template
from django.template import Context

from upwell.core.navigation import Shell

register = template.Library()


@register.simple_tag(takes_context=True)
def shell(context: Context) -> Shell | None:
    """Navigation and hosts for whoever is signed in; what the page is about is in its context."""
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    around: Any = context.flatten()
    return Shell(request, around) if user and user.is_authenticated else None
