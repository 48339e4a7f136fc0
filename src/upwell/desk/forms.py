from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.audit.events import events
from upwell.audit.models import AuditEntryQuerySet
from upwell.desk.services import SHORTEST_REASON
from upwell.people.models import Person

LONGEST = 200
MOST_PEOPLE = 100  # whose entries one search looks for


def kinds() -> list[tuple[str, Any]]:
    """Every event, those of one app together."""
    return [("", _("Everything")), *sorted(events().items())]


class AuditLogForm(forms.Form):
    """Which entries of the audit log are shown; what is not understood does not narrow them."""

    kind = forms.ChoiceField(label=_("What"), required=False, choices=kinds)
    person = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=LONGEST)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def entries(self, entries: AuditEntryQuerySet, *, by: Person) -> AuditEntryQuerySet:
        """The entries asked for: of a person, what they did and what was done about them."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        found = entries.between(given.get("day"), given.get("day"))
        if given.get("kind"):
            found = found.of_kind(given["kind"])
        if given.get("person"):
            found = found.concerning(ids_of(given["person"], by=by))
        return found

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


def ids_of(text: str, *, by: Person) -> list[str]:
    """People by name, address, employee ID or the id that entries hold."""
    found = Person.objects.searched(text, by=by).order_by("name", "pk")
    people = found.values_list("pk", flat=True)
    return [text.strip(), *map(str, people[:MOST_PEOPLE])]


class SearchForm(forms.Form):
    """What somebody types into the search; what is not understood finds nothing."""

    q = forms.CharField(label=_("Search"), required=False)

    @property
    def text(self) -> str:
        """Without the spaces around it, and no longer than a name."""
        self.is_valid()
        text: str = self.cleaned_data.get("q", "")
        return text[:LONGEST]


class GateForm(forms.Form):
    """Asks, where something is missing, why a gate is opened all the same."""

    reason = forms.CharField(
        label=_("Why it is opened now all the same"),
        help_text=_("A sentence. It is kept sealed, with the names of the missing steps."),
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, is_missing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_missing:
            self.fields.clear()
