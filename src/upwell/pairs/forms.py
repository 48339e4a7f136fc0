"""What the pages of runs ask for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upwell.pairs.models import CoupleRule, MatchRun, Preview, Proposal
from upwell.pairs.models.blocks import MOST_TYPED
from upwell.pairs.queries import Unchecked, unchecked_rules
from upwell.people.models import Person
from upwell.programs.forms import PolicyForm
from upwell.programs.models import Cohort, Enrollment
from upwell.sheets import limits

MOST_SUGGESTIONS = 500
USUAL = timedelta(days=7)
NAMES = ("person__name", "person__employee_id")
MOST_NAMED = 5
TOLD_IN_PRIVATE = ("preferences.background", "preferences.ranking", "pairs.mutual_first")
"""Of two runs that differ in what counts of it, the pairs would tell what people told."""
NOT_OF_A_RUN = (
    *("quality.", "privacy.", "gates.", "choosing", "preview_hours"),
    *TOLD_IN_PRIVATE,
)


class WayForm(forms.Form):
    """Which of the ways of a repair to use, by its place among them."""

    way = forms.IntegerField(min_value=0, max_value=99)


class NameFilter(forms.Form):
    """Of whom to show the pairs; what is not understood narrows nothing."""

    q = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def chosen(self) -> str:
        """Empty for everybody."""
        self.is_valid()
        text: str = self.cleaned_data.get("q", "")
        return text

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen())


class PairFilter(NameFilter):
    """Which pairs to show; what is not understood narrows nothing."""

    quality = forms.ChoiceField(
        label=gettext_lazy("Quality"),
        required=False,
        choices=[("", gettext_lazy("all")), *Proposal.Quality.choices],
    )

    @property
    def wanted(self) -> str:
        """A quality, empty for all."""
        self.is_valid()
        quality: str = self.cleaned_data.get("quality", "")
        return quality

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen() or self.wanted)


class PairsFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy(
            "CSV, TSV, XLSX or ODS, with a header row and one row for each pair."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            said = _("The file is too large. At most %(limit)s MB are read.")
            self.fields["file"].error_messages["required"] = said % {"limit": limits.FILE // 2**20}


class ChoosingForm(forms.Form):
    """Up to which day people choose; a week from now, unless said otherwise."""

    closes_on = forms.DateField(
        label=gettext_lazy("People choose until"),
        help_text=gettext_lazy("The day itself counts. You can close it sooner."),
        initial=lambda: timezone.localdate() + USUAL,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WhyNotForm(forms.Form):
    """A mentor and a mentee of the cohort, each by name or as the suggestions write them."""

    mentor = forms.CharField(label=gettext_lazy("Mentor"), max_length=500)
    mentee = forms.CharField(label=gettext_lazy("Mentee"), max_length=500)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enrolled = cohort.enrollments.select_related("person").order_by("person__name", "pk")
        self.sides = {"mentor": enrolled.mentors(), "mentee": enrolled.mentees()}
        for name, field in self.fields.items():
            field.widget.attrs |= {"list": f"{name}s", "autocomplete": "off"}

    def suggestions(self) -> dict[str, list[str]]:
        """The first people of each side by name, for the browser to offer."""
        return {
            f"{side}s": [named(*one) for one in people.values_list(*NAMES)[:MOST_SUGGESTIONS]]
            for side, people in self.sides.items()
        }

    def clean_mentor(self) -> Enrollment:
        return find(self.sides["mentor"], self.cleaned_data["mentor"])

    def clean_mentee(self) -> Enrollment:
        return find(self.sides["mentee"], self.cleaned_data["mentee"])


def written(enrollment: Enrollment) -> str:
    return named(enrollment.person.name, enrollment.person.employee_id)


def named(name: str, employee_id: str | None) -> str:
    """A name with the employee ID, by which two people of one name are told apart."""
    return f"{name} ({employee_id})" if employee_id else name


def find(people: QuerySet[Enrollment], text: str) -> Enrollment:
    """The one person that a text names. Raises ValidationError for none and for several."""
    name, _bracket, rest = text.rpartition(" (")
    exact = people.filter(person__name=name, person__employee_id=rest.removesuffix(")"))
    found = list(exact) or list(people.filter(person__name__icontains=text)[: MOST_NAMED + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(_("Nobody of that name takes part here on this side."))
    names = ", ".join(written(one) for one in found[:MOST_NAMED])
    raise ValidationError(_("Which one? For example: %(names)s.") % {"names": names})


class RuleForm(forms.Form):
    """Two of a cohort, and what is decided about them by hand; "none" takes it off again."""

    NONE = "none"

    kind = forms.ChoiceField(choices=[*CoupleRule.Kind.choices, (NONE, "")])
    mentor = forms.ModelChoiceField(Enrollment.objects.none())
    mentee = forms.ModelChoiceField(Enrollment.objects.none())

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = cohort.enrollments.select_related("person")
        self.fields["mentor"].queryset = people.mentors()  # type: ignore[attr-defined]  # -- a choice
        self.fields["mentee"].queryset = people.mentees()  # type: ignore[attr-defined]  # -- likewise


class OtherRulesForm(PolicyForm):
    """The rules and preferences of one run, under a short name."""

    name = forms.CharField(
        label=gettext_lazy("A short name"),
        help_text=gettext_lazy("By which you know this run again, such as “Stricter hours”."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in [key for key in self.fields if key.startswith(NOT_OF_A_RUN)]:
            del self.fields[key]


class BlockForm(forms.Form):
    """A colleague by the whole name or address: nobody is offered."""

    colleague = forms.CharField(
        label=gettext_lazy("A colleague"),
        help_text=gettext_lazy("The whole name as in the directory, or the work e-mail address."),
        max_length=MOST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WordForm(forms.Form):
    """What somebody says to one of those whom a run has in mind for them."""

    ANOTHER, CONTENT = "another", "content"

    proposal = forms.ModelChoiceField(Proposal.objects.none(), widget=forms.HiddenInput)
    word = forms.ChoiceField(choices=[(ANOTHER, ANOTHER), (CONTENT, CONTENT)])

    def __init__(self, *args: Any, preview: Preview, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = preview.run.proposals.of_person(person)
        field: Any = self.fields["proposal"]
        field.queryset = own.select_related("mentor__person", "mentee__person")


class PublishForm(forms.Form):
    """Asks, where rules could not be checked, to confirm each by name and to say why."""

    confirmed = forms.MultipleChoiceField(
        label=gettext_lazy("I know that these could not be checked"),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you publish all the same"),
        help_text=gettext_lazy("Kept sealed, with the run."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, run: MatchRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unchecked: list[Unchecked] = unchecked_rules(run)
        if not self.unchecked:
            self.fields.clear()
            return
        choices = [(rule.code, capfirst(rule.sentence)) for rule in self.unchecked]
        self.fields["confirmed"].choices = choices  # type: ignore[attr-defined]  # -- a choice field

    def clean_confirmed(self) -> list[str]:
        confirmed: list[str] = self.cleaned_data["confirmed"]
        missing = [rule.name for rule in self.unchecked if rule.code not in confirmed]
        if missing:
            raise ValidationError(_("Not confirmed: %(rules)s.") % {"rules": ", ".join(missing)})
        return confirmed
