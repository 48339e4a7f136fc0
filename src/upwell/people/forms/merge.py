from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.people.services.merge import CHOICES, TOGETHER

ONE, OTHER = "one", "other"
LABELS: dict[str, str | Promise] = {
    "employee_id": _("Employee ID"),
    "name": _("Name"),
    "title": _("Job title"),
    "level": _("Level"),
    "unit": _("Unit"),
    "team": _("Team"),
    "service_line": _("Service line"),
    "office": _("Office"),
    "own_zone": _("Time zone"),
    "own_region": _("Region"),
    "hours": _("Working hours"),
    "languages": _("Languages"),
    "own_language": _("Language of pages and e-mails"),
    "contact_email": _("Contact address"),
    "sign_in_email": _("Sign-in address"),
    "here": _("Here or left"),
}


def shown(person: Person, name: str) -> str:
    """What a field says of somebody."""
    if name == "hours":
        return person.working_hours
    if name == "here":
        return str(_("here") if person.is_active else _("has left"))
    if name == "languages":
        return ", ".join(person.spoken)
    value = getattr(person, name)
    return "" if value is None else str(value)


class MergeForm(forms.Form):
    """Which of two people stays, and whose facts count where the two differ.

    What only one of the two tells is taken from that one at first.
    """

    def __init__(self, one: Person, other: Person, data: Any = None) -> None:
        self.one, self.other = one, other
        super().__init__(data)
        names = {ONE: one.employee_id or one.name, OTHER: other.employee_id or other.name}
        self.fields["keep"] = choice(_("Whose entry stays"), names, ONE)
        for name in CHOICES:
            values = {ONE: shown(one, name), OTHER: shown(other, name)}
            if raw(one, name) != raw(other, name):
                first = OTHER if values[OTHER] and not values[ONE] else ONE
                said = {key: value or _("nothing") for key, value in values.items()}
                self.fields[name] = choice(LABELS[name], said, better(one, other, name) or first)

    def people(self) -> tuple[Person, Person]:
        """Who is kept, and who is not."""
        is_other = self.cleaned_data["keep"] == OTHER
        return (self.other, self.one) if is_other else (self.one, self.other)

    def taken(self) -> list[str]:
        """The fields in which the one who goes is right."""
        gone = ONE if self.cleaned_data["keep"] == OTHER else OTHER
        return [name for name in CHOICES if self.cleaned_data.get(name) == gone]


def choice(label: Any, values: Any, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(values.items()), initial=initial, widget=forms.RadioSelect
    )


def raw(person: Person, name: str) -> list[Any]:
    return [getattr(person, field) for field in TOGETHER.get(name, (name,))]


def better(one: Person, other: Person, name: str) -> str:
    """Of a leaver who returned, whoever is here has the ID that files go on with."""
    if name in {"employee_id", "here"} and one.is_active != other.is_active:
        return ONE if one.is_active else OTHER
    return ""
