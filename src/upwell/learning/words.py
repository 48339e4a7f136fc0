"""What audiences of lessons are called."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

AUDIENCES: dict[str, str | Promise] = {
    "mentor": _("mentors"),
    "mentee": _("mentees"),
    "assistant": _("assistants"),
    "line_manager": _("line managers of mentors"),
    "everybody": _("everybody"),
}


def unable_words(count: int) -> str:
    """Of those who take part and have no sign-in address; "" where there is nobody."""
    said = ngettext(
        "%(count)s more cannot sign in, and is not counted.",
        "%(count)s more cannot sign in, and are not counted.",
        count,
    )
    return said % {"count": intcomma(count)} if count else ""
