"""Input about the money of a program, and what an estimate is made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.currencies import currency_choices
from upwell.programs.estimate import Plan
from upwell.programs.forms.sponsors import PastDateField
from upwell.programs.models import Expense, Funding
from upwell.programs.queries.naming import named, person_by


class PersonField(forms.CharField):
    """Shows somebody as "Name (ID)", which ``person_by`` reads back."""

    def prepare_value(self, value: Any) -> Any:
        return named(value) if isinstance(value, Person) else value


class FundingForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=14, decimal_places=2, help_text=_("In total.")
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=currency_choices)
    approved_by = PersonField(
        label=_("Approved by"),
        max_length=320,
        help_text=_("Name, e-mail or ID of somebody in the directory."),
    )
    approved_on = PastDateField(label=_("Approved on"))

    class Meta:
        model = Funding
        fields = ["amount", "currency", "approved_by", "approved_on", "basis"]
        widgets = {"basis": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, data: Any = None, *, by: Person, **options: Any) -> None:
        super().__init__(data, **options)
        self.by = by
        if self.instance.pk:
            self.initial["approved_by"] = self.instance.approved_by

    def clean_approved_by(self) -> Person:
        return person_by(self.cleaned_data["approved_by"], by=self.by)


class ExpenseForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    spent_on = PastDateField(label=_("On"))

    class Meta:
        model = Expense
        fields = ["spent_on", "amount", "what"]
        help_texts = {"amount": _("Below 0 where money came back.")}


def whole(label: Any, most: int, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most)


def money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=1_000_000, decimal_places=2, required=False
    )


class EstimateForm(forms.Form):
    """What an estimate is counted from; without any input, what is usual."""

    pairs = whole(_("Pairs"), 10_000, 1)
    months = whole(_("Months"), 24, 1)
    meetings = whole(_("Meetings of each pair"), 100, 1)
    meeting_minutes = whole(_("Minutes of a meeting"), 480)
    mentor_minutes = whole(_("Minutes a mentor prepares each"), 480)
    mentee_minutes = whole(_("Minutes a mentee prepares each"), 480)
    lesson_minutes = whole(_("Minutes of lessons for each person"), 6_000)
    manager_hours = forms.DecimalField(
        label=_("Program manager’s hours a week"), min_value=0, max_value=168, decimal_places=2
    )
    tools = money(_("Tools for each pair"))
    events = money(_("Events for each pair"))
    travel = money(_("Travel for each pair"))
    hourly_cost = money(_("What an hour costs"))

    def __init__(self, data: Any) -> None:
        usual = {name: getattr(Plan(), name) for name in Plan.names()}
        super().__init__(usual | {name: data[name] for name in usual if name in data})

    @property
    def plan(self) -> Plan:
        """For a form that is valid."""
        given: dict[str, Any] = {name: value or 0 for name, value in self.cleaned_data.items()}
        return Plan(**given)
