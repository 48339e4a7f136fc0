"""The days of a cohort."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.programs.models import Cohort
from upwell.programs.models.cohorts import check_start

NAMES = ("mentees_from", "mentors_from", "enrolls_until", "matches_on", "midpoint_on")
SPARE = 1
"""So many supervisions more than there are can be added at once."""


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StartForm(forms.Form):
    """When a cohort starts and how long it is, from which all its other days follow."""

    starts_on = forms.DateField(validators=[check_start])
    months = forms.TypedChoiceField(choices=Cohort.Length.choices, coerce=int)


class DaysForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """Start, length and days of a cohort; ``supervisions`` are as many days as are filled in."""

    class Meta:
        model = Cohort
        fields = ["starts_on", "months", *NAMES]
        widgets = {
            **{name: day_input() for name in ("starts_on", *NAMES)},
            "months": forms.RadioSelect,
        }
        help_texts = {
            "mentees_from": _("Mentees first: mentors are looked for by what they want to learn."),
            "midpoint_on": _("When pairs look back for the first time."),
        }

    def __init__(self, *args: Any, supervisions: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            self.fields[name].required = True
        for number in range(len(supervisions) + SPARE):
            day = supervisions[number] if number < len(supervisions) else None
            self.fields[f"supervision_{number}"] = forms.DateField(
                label=_("Mentors among themselves, %(number)s") % {"number": number + 1},
                required=False,
                initial=day,
                widget=day_input(),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        names = [name for name in given if name.startswith("supervision_")]
        days = [given.pop(name) for name in names]
        given["supervisions"] = [day for day in days if day]
        return given
