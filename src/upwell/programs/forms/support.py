"""Input about who backs a program and answers for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person


class FindForm(forms.Form):
    """Somebody of the directory to look for."""

    q = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=200)

    @property
    def text(self) -> str:
        found: str = self.cleaned_data.get("q", "") if self.is_valid() else ""
        return found

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text)


class PersonForm(forms.Form):
    """One of these people, as a button beside their name sends them."""

    person = forms.ModelChoiceField(Person.objects.none(), widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, people: Any) -> None:
        super().__init__(data)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].error_messages["invalid_choice"] = _(
            "This person is not there any more."
        )


class YesNoForm(forms.Form):
    """What somebody who was asked says, by the button that they press."""

    answer = forms.ChoiceField(choices=[("yes", _("yes")), ("no", _("no"))])
