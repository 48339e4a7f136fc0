"""What every step of proof S17 stands on: the rows, the model beside them, and what is counted."""

import sys
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from tests.security import lifecycle_checks as checks
from tests.security.lifecycle_model import Model
from upwell.delivery.models import OutboxMessage
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.models.enrollments import INVITING

GATES = ("match", "mentees", "mentors")
SIDES = {"mentor": (0, 1, 2, 3, 4, 5), "mentee": (5, 6, 7, 8, 4)}
COHORTS = st.integers(0, 1)
PEOPLE = st.integers(0, 8)
SEVERAL = st.sets(PEOPLE, min_size=2, max_size=9)


class Life(RuleBasedStateMachine):
    """``organization`` is given by a subclass: everything that is there before the first step."""

    organization = None

    def __init__(self):
        super().__init__()
        self.kept = [transaction.atomic(using=name) for name in ("default", "keys")]
        for one in self.kept:
            one._from_testcase = True  # noqa: SLF001 -- a service may ask to be in no transaction
            one.__enter__()
        made = self.organization
        self.model = Model([replace(one) for one in made.people])
        self.persons, self.cohorts, self.by = made.persons, made.cohorts, made.manager
        self.person_at = {person.pk: at for at, person in enumerate(self.persons)}
        self.cohort_at = {cohort.pk: at for at, cohort in enumerate(self.cohorts)}
        self.counts = made.counts

    def teardown(self):
        try:
            if sys.exc_info()[0] is None:  # nothing has gone wrong before
                self.come_to_an_end()
        finally:
            for name, one in zip(("default", "keys"), self.kept, strict=True):
                transaction.set_rollback(True, using=name)
                one.__exit__(None, None, None)

    def come_to_an_end(self):
        """Whatever has happened before is matched and published, as far as that goes.

        What comes between the first time lets the second be needed.
        """
        for cohort in range(2):
            for gate in GATES:
                self.open_gate(cohort, gate)
            for between in (self.ending, ("nothing", 0)):
                self.match(cohort, "publish", *between)
                self.holds()
        checks.check_sealed(self)
        self.counts["lives"] += 1

    @invariant()
    def holds(self):
        self.counts["steps"] += 1
        for check in checks.EACH_STEP:
            check(self)
            self.counts["checks"] += 1

    def attempt(self, service, *args, is_refused=None, **options):
        """Whether it was done; ``is_refused`` is what the model expects, if it knows."""
        self.counts["services called"] += 1
        try:
            result = service(*args, **options)
        except ValidationError:
            if is_refused is False:
                raise
            self.counts["refusals"] += 1
            return None
        assert is_refused is not True, "this should have been refused"
        return result or True

    def nothing(self):
        """A step of somebody who is not there."""
        self.counts["steps of nobody"] += 1

    def cohort(self, at):
        return Cohort.objects.select_related("program").get(pk=self.cohorts[at].pk)

    def enrollment(self, cohort, person):
        rows = Enrollment.objects.select_related("cohort__program", "person")
        return rows.get(cohort=self.cohorts[cohort], person=self.persons[person])

    def chosen(self, cohort, people):
        """The rows of those who are in the cohort, as a list of ticks sends them."""
        there = [self.persons[one] for one in people if (cohort, one) in self.model.seats]
        return list(self.cohorts[cohort].enrollments.filter(person__in=there).order_by("pk"))

    def is_theirs(self, cohort, person):
        """Whether somebody is in the cohort, and can come to say something."""
        return (cohort, person) in self.model.seats and self.model.people[person].is_here

    def invited(self):
        rows = OutboxMessage.objects.filter(template__in=INVITING)
        return dict(rows.values_list("pk", "person"))

    def check_invited(self, before):
        """Nobody is asked who has answered, has left, or whose side is not open."""
        new = {self.person_at[who] for pk, who in self.invited().items() if pk not in before}
        for person in new:
            assert self.model.people[person].is_here
            assert any(
                not seat.has_answered and (cohort, f"{seat.role}s") in self.model.gates
                for (cohort, one), seat in self.model.seats.items()
                if one == person
            ), "somebody was asked who is not to be asked"
