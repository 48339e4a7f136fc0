"""Input about the open call, the roster, and what is assumed of people."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.programs.call_words import HOW_CHOSEN, kept_words
from upwell.programs.models import (
    Assumption,
    Cohort,
    Enrollment,
    OpenCall,
    Topic,
    Willing,
    WillingQuerySet,
    WillingTopic,
)
from upwell.programs.queries.roster import STANDINGS, Standing

TOPICS = 3
"""So many can be named, or as many as somebody has: enough to be found by, and soon said."""
USUAL = 2
STRENGTHS = [(1, _("a little")), (2, _("well")), (3, _("very well"))]
"""How well mentors know a topic; mentees say of theirs only that they want it."""
ORDINALS = (_("First topic"), _("Second topic"), _("Third topic"))


class CallForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """Whom the call looks for, until when, and how people are chosen.

    ``was_open`` says that the page showed the call as open.
    """

    was_open = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = OpenCall
        fields = ["takes_mentors", "takes_mentees", "closes_on", "how_chosen"]
        labels = {
            "takes_mentors": _("Looks for mentors"),
            "takes_mentees": _("Looks for mentees"),
        }
        help_texts = {"how_chosen": _("One reason on each line. Everybody reads it.")}
        widgets = {
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "how_chosen": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.how_chosen:
            self.initial["how_chosen"] = "\n".join(str(line) for line in HOW_CHOSEN)

    def clean_how_chosen(self) -> str:
        return kept_words(self.cleaned_data["how_chosen"])


class WillingForm(forms.Form):
    """As what somebody is willing, with which topics, and when."""

    role = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    when = forms.ChoiceField(label=_("In which cohort?"), widget=forms.RadioSelect)

    def __init__(
        self,
        data: Any = None,
        *,
        call: OpenCall,
        cohorts: Sequence[Cohort],
        standing: Willing | None,
        role: str,
    ) -> None:
        self.cohorts = {str(one.pk): one for one in cohorts}
        own = list(standing.topics.all()) if standing else []
        self.topics = {str(one.public_id): one for one in Topic.objects.offered().for_list()}
        self.topics |= {str(one.topic.public_id): one.topic for one in own}
        self.count = max(TOPICS, len(own))
        super().__init__(data, initial=initial_of(standing, role, own))
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            choice for choice in ROLES if choice[0] in call.roles
        ]
        self.fields["when"].choices = self.whens()  # type: ignore[attr-defined]
        choices = [("", "–"), *grouped(self.topics)]
        for number in range(self.count):
            self.fields[f"topic_{number}"] = forms.ChoiceField(
                label=ordinal(number), required=False, choices=choices
            )
            self.fields[f"strength_{number}"] = forms.TypedChoiceField(
                label=_("How well"), required=False, choices=STRENGTHS, coerce=int, initial=USUAL
            )

    def whens(self) -> list[tuple[str, Any]]:
        named = [
            (pk, _t("only “%(cohort)s”") % {"cohort": one}) for pk, one in self.cohorts.items()
        ]
        return [*Willing.When.choices[:2], *named]

    @property
    def topic_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for number in range(self.count):
            yield self[f"topic_{number}"], self[f"strength_{number}"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        topics: dict[Topic, int] = {}
        is_mentor = given.get("role") == Enrollment.Role.MENTOR
        for number in range(self.count):
            topic = self.topics.get(given.pop(f"topic_{number}", "") or "")
            strength = given.pop(f"strength_{number}", None) or USUAL
            if topic:
                topics[topic] = max(strength, topics.get(topic, 0)) if is_mentor else USUAL
        given["topics"] = topics
        given["cohort"] = self.cohorts.get(given.get("when", ""))
        if given["cohort"]:
            given["when"] = Willing.When.NAMED
        return given


ROLES = [
    (Enrollment.Role.MENTOR, _("as a mentor: I show what I know")),
    (Enrollment.Role.MENTEE, _("as a mentee: I want to learn")),
]


def ordinal(number: int) -> Any:
    """The label of a topic, counted from 0."""
    if number < len(ORDINALS):
        return ORDINALS[number]
    return _t("Topic %(number)s") % {"number": number + 1}


def initial_of(
    standing: Willing | None, role: str, topics: Sequence[WillingTopic]
) -> dict[str, Any]:
    if standing is None:
        return {"role": role, "when": Willing.When.NEXT}
    found: dict[str, Any] = {"role": standing.role, "when": standing.when}
    if standing.when == Willing.When.NAMED:
        found["when"] = str(standing.cohort_id) if standing.cohort_id else Willing.When.NEXT
    for number, one in enumerate(topics):
        found[f"topic_{number}"] = str(one.topic.public_id)
        found[f"strength_{number}"] = one.strength
    return found


def grouped(topics: dict[str, Topic]) -> Iterator[tuple[Any, list[tuple[str, str]]]]:
    """The topics under the names of their groups."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, topic in topics.items():
        found.setdefault(str(topic.get_group_display()), []).append((key, topic.name))
    yield from found.items()


class RosterFilterForm(forms.Form):
    """Who of the roster is shown; whatever is not understood does not narrow it."""

    q = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=200)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Everybody")), *Enrollment.Role.choices]
    )
    standing = forms.ChoiceField(
        label=_("Until now"), required=False, choices=[("", _("Whatever it is")), *STANDINGS]
    )

    def willing(self, rows: WillingQuerySet, *, by: Person) -> WillingQuerySet:
        """Of rows that have ``standing``."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("role"):
            rows = rows.filter(role=given["role"])
        if given.get("standing"):
            rows = rows.filter(Q(("standing", Standing[given["standing"].upper()])))
        if given.get("q", "").strip():
            rows = rows.filter(person__in=Person.objects.searched(given["q"], by=by))
        return rows

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


class AskForm(forms.Form):
    """Who of the roster is asked, and for which cohort."""

    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Cohort"), empty_label=None)
    willing = forms.ModelMultipleChoiceField(
        Willing.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Somebody is no longer on the roster.")},
    )

    def __init__(self, data: Any = None, *, cohorts: Any, willing: WillingQuerySet) -> None:
        super().__init__(data)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]
        self.fields["willing"].queryset = willing  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("willing"):
            raise ValidationError(_t("Please tick at least one person."))
        return given


class AssumptionForm(forms.ModelForm):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """What is assumed, in percent."""

    class Meta:
        model = Assumption
        fields = [
            *("joins_low", "joins_usual", "joins_high"),
            *("leaves_low", "leaves_usual", "leaves_high"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"min": 0, "max": 100}
