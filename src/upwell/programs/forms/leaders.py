"""Input of and about leaders who have had a mentor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person, PersonQuerySet
from upwell.programs.models import LeaderAnswer

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def is_yes(value: str) -> bool:
    return value == "yes"


class AskLeadersForm(forms.Form):
    """Those who are ticked."""

    person = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        error_messages={
            "required": _("Please tick at least one person."),
            "invalid_choice": _("Somebody has been asked meanwhile. Please look again."),
        },
    )

    def __init__(self, data: Any, *, people: PersonQuerySet) -> None:
        super().__init__(data)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class LeaderAnswerForm(forms.Form):
    """Two questions, and a sentence for others."""

    has_changed_work = forms.TypedChoiceField(
        label=_("Did a mentor change your work?"),
        choices=YES_NO,
        coerce=is_yes,
        widget=forms.RadioSelect,
    )
    may_be_told = forms.TypedChoiceField(
        label=_("May we say so?"), choices=YES_NO, coerce=is_yes, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In one sentence: what has changed?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you said yes twice; it is told with your name."),
    )

    def __init__(self, data: Any = None, *, answer: LeaderAnswer) -> None:
        said = {True: "yes", False: "no"}
        given = {
            "has_changed_work": said.get(answer.has_changed_work),  # type: ignore[arg-type]
            "may_be_told": said.get(answer.may_be_told),  # type: ignore[arg-type]
            "words": answer.words,
        }
        super().__init__(data, initial=given)
