"""The categories of e-mails in words, for the pages on which somebody chooses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.delivery.models import Category

KINDS: dict[str, Promise] = {
    Category.ESSENTIAL: _("Who your counterpart is, what you are asked for, and how you sign in"),
    Category.REMINDER: _("Reminders of what is due, such as an answer that others wait for"),
    Category.NEWS: _("News, and now and then a question, such as what came of a mentoring"),
}
QUESTIONS: dict[str, Promise] = {
    Category.REMINDER: _("No more reminders?"),
    Category.NEWS: _("No more news?"),
}
BUTTONS: dict[str, Promise] = {
    Category.REMINDER: _("Stop reminders"),
    Category.NEWS: _("Stop news"),
}
ANSWERS: dict[str, Promise] = {
    Category.REMINDER: _("You get no more reminders"),
    Category.NEWS: _("You get no more news"),
}
