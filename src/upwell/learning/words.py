"""What audiences of lessons are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AUDIENCES: dict[str, str | Promise] = {
    "mentor": _("mentors"),
    "mentee": _("mentees"),
    "assistant": _("assistants"),
    "line_manager": _("line managers of mentors"),
    "everybody": _("everybody"),
}
