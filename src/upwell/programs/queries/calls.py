"""What somebody finds at the address of a call."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs.call_words import how_chosen
from upwell.programs.models import Cohort, Enrollment, OpenCall, Willing
from upwell.programs.queries import named_levels
from upwell.programs.step_words import listed


@dataclass(frozen=True)
class CallPage:
    """A call as one person sees it."""

    call: OpenCall
    person: Person

    @property
    def is_open(self) -> bool:
        return self.call.is_open()

    @cached_property
    def standing(self) -> Willing | None:
        rows = Willing.objects.filter(program=self.call.program_id, person=self.person)
        named = rows.filter(taken_back_at=None).select_related("cohort")
        return named.prefetch_related("topics__topic").first()

    @cached_property
    def enrollment(self) -> Enrollment | None:
        """Of the latest cohort that they are in, or were asked for, and that has not ended."""
        today = timezone.localdate()
        has_come = ~Q(state=Enrollment.State.ASKED) | Q(asked_at__isnull=False)
        own = Enrollment.objects.present().filter(
            has_come, person=self.person, cohort__program=self.call.program_id
        )
        found = own.select_related("cohort").order_by("-cohort__starts_on")
        return next((one for one in found if one.cohort.ends_on > today), None)

    @cached_property
    def cohorts(self) -> list[Cohort]:
        """Those that can be named."""
        return list(self.call.program.cohorts.ahead())

    @property
    def how_chosen(self) -> list[str | Promise]:
        return [*how_chosen(self.call)]

    def levels(self, role: str) -> tuple[str, ...]:
        return named_levels(self.call.program.policy, role)

    def fits(self, role: str) -> bool:
        """Whether the person's level is one that the policy names for the role, if it does."""
        names = {same_name(name) for name in self.levels(role)}
        own = same_name(self.person.level.name) if self.person.level else ""
        return not names or own in names

    @property
    def likely_role(self) -> str:
        """The first that the level fits; "" where none does."""
        return next((role for role in self.call.roles if self.fits(role)), "")

    @property
    def is_fit(self) -> bool:
        """Whether the level fits what they said; before that, any role."""
        return self.fits(self.standing.role) if self.standing else bool(self.likely_role)

    @property
    def level_names(self) -> str:
        """The levels of the role that they named."""
        return listed(list(self.levels(self.standing.role))) if self.standing else ""
