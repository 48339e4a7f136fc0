from typing import Any

from django import template

from upwell.core.access import audiences_of

register = template.Library()


@register.inclusion_tag("components/who_sees.html")
def who_sees(subject: str) -> dict[str, Any]:
    """Who sees what is written here, as the access table says; ``subject`` is its code there."""
    return {"audiences": audiences_of(subject)}
