"""Input about sponsors and the talks with them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import OrgUnit, Person
from upwell.programs.models import Approach, Program, Sponsor
from upwell.programs.models.cohorts import EARLIEST
from upwell.programs.queries.naming import person_by


class PastDateField(forms.DateField):
    """A day that has come already, of this century."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and not EARLIEST <= day <= timezone.localdate():
            raise ValidationError(_t("Please choose a day up to today."))
        return day


class WhoForm(forms.Form):
    """A leader, in the words of a link or as somebody types it."""

    who = forms.CharField(max_length=320)

    def __init__(self, data: Any, *, by: Person) -> None:
        super().__init__(data)
        self.by = by

    def clean_who(self) -> Person:
        return person_by(self.cleaned_data["who"], by=self.by)


class UnitForm(forms.Form):
    """For whom a sponsor speaks."""

    unit = forms.ModelChoiceField(
        OrgUnit.objects.all(),
        label=_("Speaks for"),
        required=False,
        empty_label=_("the whole organization"),
    )


class ApproachForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """One talk with a leader: who asked, when, how, and what they said."""

    made_on = PastDateField(label=_("On"), initial=timezone.localdate)

    class Meta:
        model = Approach
        fields = ["made_by", "made_on", "way", "answer", "words"]
        labels = {"made_by": _("Who asked"), "way": _("How"), "answer": _("What they said")}
        widgets = {
            "way": forms.RadioSelect,
            "answer": forms.RadioSelect,
            "words": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: Any = None, *, program: Program, by: Person) -> None:
        super().__init__(data, initial={"made_by": by})
        asking = Person.objects.filter(staffed__program=program).active().distinct()
        self.fields["made_by"].queryset = asking  # type: ignore[attr-defined]
        self.fields["made_by"].required = True
        self.fields["made_by"].empty_label = None  # type: ignore[attr-defined]
        self.fields["answer"].choices = Sponsor.State.choices  # type: ignore[attr-defined]


class SponsorForm(ApproachForm):
    """The first talk, and for whom the leader speaks."""

    unit = UnitForm.base_fields["unit"]
    field_order = ["unit", "made_by", "made_on", "way", "answer", "words"]
