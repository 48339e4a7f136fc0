from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upwell.core.names import NameField
from upwell.people.models import Person, Role
from upwell.programs.models import Cohort, Program
from upwell.programs.models.cohorts import EARLIEST, latest_start
from upwell.programs.queries import unmanaged_programs


class ProgramForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """``goal_kind`` is the template that the program starts from."""

    class Meta:
        model = Program
        fields = ["name", "goal_kind", "goal", "mode"]
        field_classes = {"name": NameField}
        labels = {"goal_kind": _("Start from")}
        help_texts = {
            "name": _("As people in the organization will know it."),
            "goal_kind": _("A template brings goal, policy, topics and meetings; all can change."),
            "goal": _("One or two sentences. Empty: as the template has it."),
        }
        widgets = {
            "goal_kind": forms.RadioSelect,
            "goal": forms.Textarea(attrs={"rows": 3}),
            "mode": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*Program.Kind.choices, ("", _("nothing: all of it is mine to write"))]
        self.fields["goal_kind"].choices = choices  # type: ignore[attr-defined]


class RenameProgramForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    class Meta:
        model = Program
        fields = ["name"]
        field_classes = {"name": NameField}


class DeleteForm(forms.Form):
    """Asked for on the page that says what is lost."""

    is_sure = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def clean(self) -> dict[str, Any]:
        """Nothing is left to say once it is sure."""
        super().clean()
        return {}


class CohortForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    class Meta:
        model = Cohort
        fields = ["name", "starts_on", "months"]
        field_classes = {"name": NameField}
        help_texts = {"name": _("Such as “Spring 2027”.")}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "months": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = {"min": EARLIEST, "max": latest_start(timezone.localdate())}
        texts = {name: day.isoformat() for name, day in ends.items()}
        self.fields["starts_on"].widget.attrs |= texts


class RenameCohortForm(forms.ModelForm):  # type: ignore[type-arg]  # -- as above
    class Meta:
        model = Cohort
        fields = ["name"]


class AppointForm(forms.Form):
    """A program that nobody can run any more, and who is to manage it."""

    program = forms.ModelChoiceField(
        Program.objects.none(), label=_("Program"), empty_label=_("Choose …")
    )
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Program manager"), empty_label=_("Choose …")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = Person.objects.holding(Role.Kind.PROGRAM_MANAGER)
        self.fields["program"].queryset = programs = unmanaged_programs()  # type: ignore[attr-defined]
        if len(programs) == 1:
            self.fields["program"].initial = programs[0]
        self.fields["person"].queryset = holders  # type: ignore[attr-defined]


class ManagerForm(forms.Form):
    """Somebody with the role of a program manager who does not manage this program yet."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Another program manager"), empty_label=_("Choose …")
    )

    def __init__(self, data: Any = None, *, program: Program) -> None:
        super().__init__(data)
        holders = Person.objects.holding(Role.Kind.PROGRAM_MANAGER)
        own = program.staff.managers().values("person")
        self.fields["person"].queryset = holders.exclude(pk__in=own)  # type: ignore[attr-defined]
