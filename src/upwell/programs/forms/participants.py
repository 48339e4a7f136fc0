"""Choosing people for a cohort, and what is kept of each who takes part."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.delivery.models import OutboxMessage
from upwell.people.models import Level, Office, OrgUnit, Person, PersonQuerySet
from upwell.programs.models import Enrollment, EnrollmentQuerySet, EnrollmentTopic, Program
from upwell.programs.queries import about_goal, level_ids, named_levels, units_below
from upwell.sheets import Topic
from upwell.sheets.topics import UnreadableError, read_topics

LONGEST_KEY = 18  # digits


class ParticipantFilterForm(forms.Form):
    """Which participants a list shows; whatever is not understood does not narrow it."""

    q = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=200)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("Everybody")), *Enrollment.Role.choices],
    )

    access = forms.ChoiceField(
        label=_("How far"),
        required=False,
        choices=[
            ("", _("Everybody")),
            ("without", _("Cannot sign in yet")),
            ("uninvited", _("Not asked yet")),
            ("stuck", _("Asked days ago, no answer")),
            ("unsent", _("Message not delivered")),
            ("unreachable", _("Fewer than two ways to be reached")),
            *Enrollment.State.choices,
        ],
    )

    def enrollments(self, enrollments: EnrollmentQuerySet, *, by: Person) -> EnrollmentQuerySet:
        self.is_valid()
        given = self.cleaned_data
        found = enrollments.filter(role=given["role"]) if given.get("role") else enrollments
        found = narrowed(found, given.get("access", ""))
        return found.searched(given.get("q", ""), by=by)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


def narrowed(found: EnrollmentQuerySet, access: str) -> EnrollmentQuerySet:
    """Those who are so far, for rows of a list."""
    if access in Enrollment.State:
        return found.filter(state=access)
    if access == "unsent":
        return found.filter(Q(("mail", OutboxMessage.State.FAILED)))
    if access == "unreachable":
        return found.enrolled().exclude(pk__in=found.reachable().values("pk"))
    kinds = {
        "without": found.without_address,
        "uninvited": found.to_invite,
        "stuck": found.to_remind,
    }
    return kinds.get(access, found.all)()


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """Keys that no database can hold are those of no row."""

    widget = forms.SelectMultiple(attrs={"size": 5})

    def clean(self, value: Any) -> Any:
        return super().clean([key for key in value or () if len(str(key)) <= LONGEST_KEY])


class ChooseForm(forms.Form):
    """People of the directory by role, level, office and unit.

    Until somebody asks for something, the levels are those that the policy names for the role.
    """

    role = forms.ChoiceField(choices=Enrollment.Role.choices, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=200)
    level = SeveralField(
        Level.objects.all(),
        label=_("Levels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    office = SeveralField(Office.objects.all(), label=_("Offices"), required=False)
    unit = SeveralField(OrgUnit.objects.all(), label=_("Units, with those below"), required=False)
    is_about = forms.BooleanField(required=False)
    chosen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, program: Program) -> None:
        given, policy = data.copy(), program.policy
        self.program = program
        if given.get("role") not in Enrollment.Role:
            given["role"] = Enrollment.Role.MENTOR
        if not given.get("chosen"):
            given.setlist("level", level_ids(named_levels(policy, given["role"])))
            given["chosen"] = "on"
            if program.functions and given["role"] == Enrollment.Role.MENTEE:
                given["is_about"] = "on"
        super().__init__(given, label_suffix="")
        names = ", ".join(program.functions)
        self.fields["is_about"].label = _t("Only whom the goal is about: %(names)s") % {
            "names": names
        }

    def people(self, people: PersonQuerySet, *, by: Person) -> PersonQuerySet:
        """The people asked for. Whatever is not understood does not narrow them."""
        self.is_valid()
        given = self.cleaned_data
        if given.get("level"):
            people = people.filter(level__in=given["level"])
        if given.get("office"):
            people = people.filter(office__in=given["office"])
        if given.get("unit"):
            people = people.filter(unit__in=units_below(given["unit"]))
        if given.get("is_about") and self.program.functions:
            people = people.filter(about_goal(self.program))
        return people.searched(given.get("q", ""), by=by)

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer people are asked for than everybody."""
        names = ("level", "office", "unit", "q", "is_about")
        return any(bool(self.cleaned_data.get(name)) for name in names)


class AddForm(forms.Form):
    """Which of the people shown are added: all that fit, or those that are ticked.

    They are asked whether they take part, unless they have agreed already.
    """

    is_all = forms.BooleanField(required=False)
    is_oneself_meant = forms.BooleanField(required=False)
    has_agreed = forms.BooleanField(required=False)
    person = forms.ModelMultipleChoiceField(Person.objects.none(), required=False)

    def __init__(self, data: Any, *, people: QuerySet[Person]) -> None:
        super().__init__(data)
        self.people = people
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("is_all") and not given.get("person"):
            raise ValidationError(_t("Please tick at least one person."))
        given["people"] = self.people if given.get("is_all") else given.get("person")
        has_agreed = given.get("has_agreed")
        given["state"] = Enrollment.State.ENROLLED if has_agreed else Enrollment.State.ASKED
        return given


class BulkForm(forms.Form):
    """Which participants of a list something is done with, and what."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("ask", "admit", "remove")])
    participant = forms.ModelMultipleChoiceField(Enrollment.objects.none())

    def __init__(self, data: Any, *, enrollments: EnrollmentQuerySet) -> None:
        super().__init__(data)
        self.fields["participant"].queryset = enrollments  # type: ignore[attr-defined]
        said = _t("Please tick at least one person.")
        self.fields["participant"].error_messages["required"] = said


class TopicsField(forms.CharField):
    """Topics, one a line, each with its strength: "Podcasts: 3"."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return "\n".join(f"{topic.name}: {topic.strength}" for topic in value)

    def clean(self, value: Any) -> tuple[Topic, ...]:
        try:
            return read_topics(super().clean(value))
        except UnreadableError as error:
            if str(error) == "bad_strength":
                raise ValidationError(_t("A topic’s strength is 1, 2 or 3.")) from None
            raise ValidationError(_t("At most 50 topics are kept.")) from None


class ParticipantForm(forms.Form):
    """How many counterparts somebody takes, and their topics."""

    capacity = forms.IntegerField(
        label=_("Counterparts at most"), required=False, min_value=0, max_value=50
    )
    offered = TopicsField(
        label=_("Topics offered"),
        required=False,
        help_text=_("One on each line. 1 a little, 2 well, 3 very much: “Podcasts: 3”."),
    )
    wanted = TopicsField(
        label=_("Topics wanted"), required=False, help_text=_("One on each line, as above.")
    )

    def __init__(self, data: Any = None, *, enrollment: Enrollment, usual: int) -> None:
        rows = list(enrollment.topics.with_names())
        topics = {
            str(kind): [Topic(row.topic.name, row.strength) for row in rows if row.kind == kind]
            for kind in EnrollmentTopic.Kind
        }
        super().__init__(data, initial=topics | {"capacity": enrollment.capacity})
        said = _t("Empty: as the policy says, %(count)s.") % {"count": usual}
        self.fields["capacity"].help_text = said
