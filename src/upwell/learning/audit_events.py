from django.utils.translation import gettext_lazy as _

EVENTS = {
    "learning.texts.published": _("The guidelines or lessons of a program were published"),
    "learning.texts.retracted": _("The guidelines or lessons of a program were taken back"),
    "learning.text.changed": _("A guideline or lesson of a program was changed"),
    "learning.text.reset": _("A guideline or lesson was set back to the shipped words"),
    "learning.lesson.asked_again": _("The people of a program were asked to do a lesson again"),
    "learning.lessons.reminded": _("People whose lessons are open were reminded"),
    "learning.lesson.done": _("Somebody has done a lesson"),
}
