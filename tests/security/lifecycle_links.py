"""What is done by the links of messages in proof S17, and who else hears of somebody."""

import re

from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.security.lifecycle_base import COHORTS, PEOPLE, SEVERAL
from tests.security.lifecycle_model import OUT
from tests.security.lifecycle_participants import Saying
from upwell.delivery.models import OutboxMessage
from upwell.programs.models import Channel
from upwell.programs.services import save_answers
from upwell.programs.services.one_purpose import Purpose, token_for

REACH = re.compile(r"https?://[^/\s]+(/\S*/reach/\S+)")


class Linked(Saying):
    """Nobody is signed in: who holds a link does what it is for, and nothing else."""

    @rule(cohort=COHORTS, person=PEOPLE)
    def say_no_by_link(self, cohort, person):
        """As whoever was asked and has not answered can, while they are here and in no pair."""
        seat = self.model.seats.get((cohort, person))
        if seat is None or seat.has_answered:
            return self.nothing()
        row = self.enrollment(cohort, person)
        token = token_for(row, Purpose.NO, row.person)
        Client().post(reverse("programs:enrollment_no", args=[token]), {"answer": "no"})
        self.counts["links followed"] += 1
        if self.model.people[person].is_here and not self.model.held(cohort, person):
            self.model.say_no(cohort, person, asks_next=False)
        return None

    @rule(cohort=COHORTS, people=SEVERAL, may_know=st.booleans(), says_yes=st.booleans())
    def let_line_managers_know(self, cohort, people, may_know, says_yes):
        for person in sorted(people):
            if self.is_theirs(cohort, person):
                row = self.enrollment(cohort, person)
                given = {"tells_manager": may_know}
                self.attempt(save_answers, row, given, by=row.person, is_refused=False)
                self.model.seats[cohort, person].lets_know = may_know
                if says_yes:
                    self.say_yes_of(cohort, person, has_old_pledge=False)
            else:
                self.nothing()

    @rule(cohort=COHORTS, person=PEOPLE, assistant=PEOPLE)
    def name_assistant(self, cohort, person, assistant):
        """Who says by the link they get how the mentee can be reached, and reads nothing there."""
        if not self.is_theirs(cohort, person) or person == assistant:
            return self.nothing()
        row, before = self.enrollment(cohort, person), self.links_to(assistant)
        self.attempt(save_answers, row, {"assistant": self.persons[assistant]}, by=row.person)
        for link in self.links_to(assistant) - before:
            self.follow(link, row, is_in=self.model.seats[cohort, person].state != OUT)
        return None

    def links_to(self, assistant):
        rows = OutboxMessage.objects.filter(
            template="programs/mail/assistant", person=self.persons[assistant]
        )
        return {REACH.search(text)[1] for text in rows.values_list("text", flat=True)}

    def follow(self, link, row, *, is_in):
        number = f"+49 30 {next(self.model.numbers):06}"
        Client().post(link, {"mobile": number})
        shown = Client().get(link).content.decode()
        self.counts["links followed"] += 1
        is_kept = Channel.objects.filter(enrollment=row, kind="mobile", value=number).exists()
        assert is_kept == is_in, "a link does what it should not, or not what it should"
        assert number not in shown, "a link tells what is there"
