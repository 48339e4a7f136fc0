"""What those who take part say of themselves in proof S17."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.security.lifecycle_base import COHORTS, PEOPLE, SEVERAL, Life
from tests.security.lifecycle_model import NOTHING
from upwell.pairs.services import add_block, remove_block
from upwell.programs.models.background import QUESTIONS
from upwell.programs.queries.pledge import current_pledge
from upwell.programs.services import save_answers, step_out, take_part
from upwell.programs.services.background import keep_answers, take_back

ABOUT = st.sets(st.sampled_from(["sentence", "off_limits"]))
RARELY = st.sampled_from([False] * 9 + [True])
ROWS = st.tuples(*(st.sampled_from(["-", *letters]) for letters in QUESTIONS.values()))
USE = st.sampled_from(["matching", "monitoring"])


class Saying(Life):
    """Yes and no, answers, backgrounds, and with whom they would rather not be paired."""

    @rule(cohort=COHORTS, person=PEOPLE, about=ABOUT)
    def answer(self, cohort, person, about):
        if not self.is_theirs(cohort, person):
            return self.nothing()
        given = {name: self.model.secret("It is ") for name in sorted(about)}
        row = self.enrollment(cohort, person)
        self.attempt(save_answers, row, given, by=row.person, is_refused=False)
        self.model.seats[cohort, person].texts |= given
        return None

    @rule(cohort=COHORTS, people=SEVERAL, has_old_pledge=RARELY)
    def say_yes(self, cohort, people, has_old_pledge):
        for person in sorted(people):
            if self.is_theirs(cohort, person):
                self.say_yes_of(cohort, person, has_old_pledge)
            else:
                self.nothing()

    def say_yes_of(self, cohort, person, has_old_pledge):
        row = self.enrollment(cohort, person)
        code = current_pledge(row.cohort.program, "en").code
        is_ahead = (cohort, f"{row.role}s") not in self.model.gates
        if self.attempt(
            take_part,
            row,
            pledge="shipped-0" if has_old_pledge else code,
            language="en",
            is_refused=is_ahead or has_old_pledge,
        ):
            self.model.say_yes(cohort, person)

    @rule(cohort=COHORTS, person=PEOPLE, asks_next=st.booleans())
    def say_no(self, cohort, person, asks_next):
        if not self.is_theirs(cohort, person):
            return self.nothing()
        row, is_in_pair = self.enrollment(cohort, person), self.model.held(cohort, person) > 0
        if self.attempt(step_out, row, asks_next=asks_next, by=row.person, is_refused=is_in_pair):
            self.model.say_no(cohort, person, asks_next=asks_next)
        return None

    @rule(cohort=COHORTS, person=PEOPLE, letters=ROWS, uses=st.sets(USE, min_size=1))
    def tell_background(self, cohort, person, letters, uses):
        if not self.is_theirs(cohort, person):
            return self.nothing()
        row = "".join(letters)
        given = dict(zip(QUESTIONS, letters, strict=True))
        given = {name: letter for name, letter in given.items() if letter != "-"}
        enrollment = self.enrollment(cohort, person)
        is_of_no_use = bool(given) and not uses
        if self.attempt(keep_answers, enrollment, given, uses, is_refused=is_of_no_use):
            told = dict.fromkeys(uses, row) if row != NOTHING else {}
            self.model.seats[cohort, person].told = told
        return None

    @rule(cohort=COHORTS, person=PEOPLE, uses=st.sets(USE))
    def take_background_back(self, cohort, person, uses):
        if not self.is_theirs(cohort, person):
            return self.nothing()
        row = self.enrollment(cohort, person)
        self.attempt(take_back, row, uses, is_refused=False)
        told = self.model.seats[cohort, person].told
        self.model.seats[cohort, person].told = {
            use: letters for use, letters in told.items() if use not in uses
        }
        return None

    @rule(person=PEOPLE, colleague=PEOPLE)
    def ask_apart(self, person, colleague):
        word = self.model.secret("Not with ")
        two = self.persons[person], self.persons[colleague]
        if self.attempt(add_block, *two, typed=word, is_refused=person == colleague):
            self.model.blocks.setdefault(person, {})[word] = colleague

    @rule(person=PEOPLE)
    def take_request_back(self, person):
        asked = self.model.blocks.get(person)
        if not asked:
            return self.nothing()
        word, _colleague = asked.popitem()
        assert self.attempt(remove_block, self.persons[person], word, is_refused=False) is True
        return None
