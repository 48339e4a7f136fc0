from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.people.mail_words import KINDS
from upwell.people.models import Person
from upwell.people.services.mail import STOPPABLE


class MailForm(forms.Form):
    """The kinds of e-mails that one wants, of those that can be stopped."""

    wanted = forms.MultipleChoiceField(
        label=_("What else you would like to get"),
        required=False,
        choices=[(one.value, KINDS[one]) for one in STOPPABLE],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, person: Person) -> None:
        wanted = [one.value for one in STOPPABLE if person.accepts(one)]
        super().__init__(data, initial={"wanted": wanted})

    @property
    def unwanted(self) -> set[str]:
        return {one.value for one in STOPPABLE} - {*self.cleaned_data["wanted"]}
