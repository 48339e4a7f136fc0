"""What a form says where an answer is missing: what to do, where Django says what it wants.

Fields look up their messages when they are made, so forms of libraries say the same.
"""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MISSING: dict[type[forms.Field], Promise] = {
    forms.Field: _("Please fill this in."),
    forms.ChoiceField: _("Please choose one."),
    forms.ModelChoiceField: _("Please choose one."),
    forms.MultipleChoiceField: _("Please choose at least one."),
    forms.ModelMultipleChoiceField: _("Please choose at least one."),
    forms.BooleanField: _("Please tick this to go on."),
    forms.DateField: _("Please choose a day."),
    forms.FileField: _("Please choose a file."),
}


def say_what_to_do() -> None:
    for field, words in MISSING.items():
        known = dict(getattr(field, "default_error_messages", {}))
        field.default_error_messages = known | {"required": words}
