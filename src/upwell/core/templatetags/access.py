from typing import Any

from django import template
from django.utils.translation import gettext as _

from upwell.core.access import audiences_of

register = template.Library()


@register.inclusion_tag("components/who_sees.html")
def who_sees(subject: str, *, of_others: bool = False) -> dict[str, Any]:
    """Who sees what is written here, as the access table says; ``subject`` is its code there.

    ``of_others`` where somebody writes about others, and not about themselves.
    """
    audiences = audiences_of(subject)
    if of_others:
        words = [one.words_to_others or one.words for one in audiences]
        return {"lead": _("Who sees this of them:"), "audiences": words}
    return {"lead": _("Who sees this:"), "audiences": [one.words for one in audiences]}
