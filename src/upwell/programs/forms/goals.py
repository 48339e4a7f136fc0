"""The goal of a program, its measures, and what its pairs talk about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upwell.core.names import NameField
from upwell.programs.models import Measure, PlannedMeeting, Program, Reading

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LinesField(forms.CharField):
    """Texts, one to a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    functions = LinesField(
        label=_("Functions that it is about"),
        required=False,
        max_length=3_000,
        help_text=_(
            "One to a line, as units or job titles name them, such as Marketing. The most senior"
            " people there are proposed as mentees first."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Program
        fields = ["initiative", "goal", "functions"]
        help_texts = {
            "initiative": _("What leaders already call it, such as “Winning customers under 30”."),
            "goal": _("What will be true when the program has worked, in one or two sentences."),
        }
        widgets = {"goal": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("initiative", "goal"):
            self.fields[name].required = True


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    class Meta:
        model = Measure
        fields = ["name", "unit", "baseline", "target", "due_on"]
        field_classes = {"name": NameField, "unit": NameField}
        help_texts = {
            "name": _("Such as “New customers under 30”."),
            "unit": _("Such as “% of new customers”, “days” or “people”."),
            "baseline": _("What it stands at before the program."),
            "target": _("What it is to reach; lower than the baseline where less is better."),
        }
        widgets = {"due_on": DAY}


class ReadingForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    class Meta:
        model = Reading
        fields = ["taken_on", "value"]
        widgets = {"taken_on": DAY}


class ProgramTopicsForm(forms.Form):
    topics = LinesField(
        label=_("Topics, the most fitting first"),
        required=False,
        max_length=15_000,
        help_text=_("One to a line. They are offered first to whoever takes part."),
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class PlannedMeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    questions = LinesField(
        label=_("Questions to start from"),
        required=False,
        max_length=5_000,
        help_text=_("One to a line. The mentee can ask them; the mentor prepares for them."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = PlannedMeeting
        fields = ["name", "intent", "questions"]
        field_classes = {"name": NameField}
        widgets = {"intent": forms.Textarea(attrs={"rows": 3})}
