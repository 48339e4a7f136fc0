"""What a program manager does in proof S17."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.security.lifecycle_base import COHORTS, GATES, PEOPLE, SEVERAL, SIDES, Life
from tests.security.lifecycle_model import ASKED, ENROLLED, WAITING, Seat
from upwell.programs.models import Cohort, Opening
from upwell.programs.services import (
    ACTIONS,
    enroll_people,
    invite_participants,
    set_capacity,
    withdraw,
)

ROLES = st.sampled_from(["mentor", "mentee"])
FEW = st.sets(PEOPLE, min_size=1, max_size=2)


class Managing(Life):
    """Who is asked, taken in and taken out."""

    @rule(cohort=COHORTS, gate=st.sampled_from(GATES))
    def open_gate(self, cohort, gate):
        Opening.objects.get_or_create(cohort=self.cohorts[cohort], gate=gate)
        self.model.gates.add((cohort, gate))

    @rule(cohort=COHORTS)
    def end_enrollment(self, cohort):
        """The day passes, or is put off."""
        self.model.ended ^= {cohort}
        yesterday = timezone.localdate() - timedelta(days=1)
        until = yesterday if cohort in self.model.ended else None
        Cohort.objects.filter(pk=self.cohorts[cohort].pk).update(enrolls_until=until)

    @rule(cohort=COHORTS, role=ROLES, people=SEVERAL, state=st.sampled_from([ASKED, ENROLLED]))
    def enroll(self, cohort, role, people, state):
        meant = [one for one in sorted(people) if one in SIDES[role]]
        new = [
            one
            for one in meant
            if self.model.people[one].is_here and (cohort, one) not in self.model.seats
        ]
        rows = [self.persons[one] for one in meant]
        done = self.attempt(
            enroll_people, self.cohort(cohort), rows, role=role, state=state, by=self.by
        )
        assert done.added == len(new)
        self.model.seats |= {(cohort, one): Seat(role, state) for one in new}

    @rule(cohort=COHORTS)
    def invite(self, cohort):
        self.attempt(invite_participants, self.cohort(cohort), by=self.by)

    @rule(cohort=COHORTS, people=SEVERAL)
    def ask_again(self, cohort, people):
        before = self.invited()
        self.attempt(ACTIONS["ask"], self.cohort(cohort), self.chosen(cohort, people), by=self.by)
        self.check_invited(before)

    @rule(cohort=COHORTS, people=SEVERAL)
    def admit(self, cohort, people):
        rows = self.chosen(cohort, people)
        meant = [
            (person, seat)
            for person, seat in self.model.of(cohort).items()
            if person in people and seat.state in (ASKED, WAITING)
        ]
        here = [(person, seat) for person, seat in meant if self.model.people[person].is_here]
        done = self.attempt(ACTIONS["admit"], self.cohort(cohort), rows, by=self.by)
        assert done.count == len(here)
        for person, seat in here:
            if seat.state == WAITING:
                self.model.promised.append((cohort, person))
            seat.state = ENROLLED

    @rule(cohort=COHORTS, people=FEW)
    def remove(self, cohort, people):
        rows = self.chosen(cohort, people)
        free = [one for one in people if not self.model.held(cohort, one)]
        done = self.attempt(ACTIONS["remove"], self.cohort(cohort), rows, by=self.by)
        gone = [self.model.seats.pop((cohort, one), None) for one in free]
        assert done.count == sum(seat is not None for seat in gone)

    @rule(cohort=COHORTS, person=PEOPLE)
    def withdraw(self, cohort, person):
        if (cohort, person) not in self.model.seats:
            return self.nothing()
        is_in_pair = self.model.held(cohort, person) > 0
        if self.attempt(
            withdraw, self.enrollment(cohort, person), by=self.by, is_refused=is_in_pair
        ):
            del self.model.seats[cohort, person]
        return None

    @rule(cohort=COHORTS, person=PEOPLE, most=st.sampled_from([None, 0, 1, 2, 3]))
    def set_capacity(self, cohort, person, most):
        if (cohort, person) not in self.model.seats:
            return self.nothing()
        is_held = most is not None and self.model.held(cohort, person) > most
        row = self.enrollment(cohort, person)
        if self.attempt(set_capacity, row, most, by=self.by, is_refused=is_held):
            self.model.seats[cohort, person].capacity = most
        return None
