"""A small program that anything may happen to, in any order: the machine of proof S17.

No step looks at what is there before it is chosen, so that a life can be repeated; many are
refused, as they would be in life. Where the model can tell, it says beforehand which.
"""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tests.security.lifecycle_base import COHORTS, GATES, PEOPLE, SIDES
from tests.security.lifecycle_links import Linked
from tests.security.lifecycle_managers import Managing
from tests.security.lifecycle_model import ASKED, ENROLLED
from tests.security.lifecycle_people import reading_of
from tests.security.lifecycle_runs import check_published, check_run
from upwell.delivery import jobs
from upwell.delivery.models import Job
from upwell.pairs.models import MatchRun
from upwell.pairs.services import publish_run, start_run
from upwell.people.services import bring_in

WHY = "Everybody was asked in person."
BETWEEN = st.sampled_from(["nothing", "line", "no"])
PAIRS = st.integers(0, 4)
DELIVER = "upwell.delivery.deliver.deliver"


class Lifecycle(Managing, Linked):
    """Beside what people do, the directory changes, the worker works, and runs are published."""

    @initialize(
        closed=st.sets(st.tuples(COHORTS, st.sampled_from(GATES)), max_size=2),
        late=st.sets(st.tuples(COHORTS, PEOPLE), max_size=6),
        ending=st.tuples(BETWEEN, PAIRS),
    )
    def begin(self, closed, late, ending):
        """Most have agreed, the rest have been asked, and most gates are open."""
        self.ending = ending
        for cohort in range(2):
            for gate in GATES:
                if (cohort, gate) not in closed:
                    self.open_gate(cohort, gate)
            for role, side in SIDES.items():
                agreed = {one for one in side if (cohort, one) not in late}
                self.enroll(cohort, role, agreed, ENROLLED)
                self.enroll(cohort, role, set(side), ASKED)

    @rule(
        person=PEOPLE,
        manager=st.none() | st.integers(0, 9),
        dotted=st.sets(st.integers(0, 9), max_size=1),
    )
    def change_line(self, person, manager, dotted):
        one = self.model.people[person]
        if not one.is_here:
            return self.nothing()  # no file tells of them
        one.manager = None if manager == person else manager
        one.dotted = tuple(sorted(dotted - {person, one.manager}))
        return self.bring_in()

    @rule(person=PEOPLE, height=st.integers(0, 5))
    def change_level(self, person, height):
        if not self.model.people[person].is_here:
            return self.nothing()
        self.model.people[person].height = height
        return self.bring_in()

    @rule(person=PEOPLE)
    def leave_or_return(self, person):
        self.model.people[person].is_here ^= True
        self.bring_in()

    def bring_in(self):
        """The whole directory as a nightly file has it."""
        bring_in(reading_of(self.model.people), is_whole=True, leaving_agreed=9)

    @rule()
    def work(self):
        """A worker does what waits, but for the delivery of mail."""
        waiting = Job.objects.filter(state=Job.State.WAITING).exclude(service=DELIVER)
        for job in waiting.order_by("created_at"):
            before = self.invited()
            jobs.perform(jobs.claim(job.pk))
            self.check_invited(before)
        for cohort in sorted(self.model.running):
            self.check_done(self.runs_of(cohort).first())
        self.model.running.clear()

    def check_done(self, run):
        assert run.state != MatchRun.State.WAITING
        if run.state == MatchRun.State.DONE:
            self.counts["matches"] += 1
            check_run(self, run)
        else:
            self.counts["matches that failed"] += 1

    @rule(cohort=COHORTS, back=st.sampled_from([0, 0, 0, 1]))
    def publish(self, cohort, back):
        runs = list(self.runs_of(cohort)[back : back + 1])
        if not runs:
            return self.nothing()
        run = MatchRun.objects.select_related("cohort__program").get(pk=runs[0].pk)
        if self.attempt(self.published, run):
            self.counts["publications"] += 1
            check_published(self, run)
            self.model.published.add(cohort)
        return None

    def published(self, run):
        publish_run(run, reason=WHY, by=self.by)
        return True

    @rule(
        cohort=COHORTS,
        then=st.sampled_from(["publish", "work", "wait"]),
        between=BETWEEN,
        which=PAIRS,
    )
    def match(self, cohort, then, between="nothing", which=0):
        """Anything can come between the steps: most of all, something about one of the pairs."""
        is_refused = not self.model.may_start(cohort)
        if self.attempt(start_run, self.cohort(cohort), by=self.by, is_refused=is_refused):
            self.model.running.add(cohort)
        if then == "wait":
            return
        self.work()
        self.come_between(cohort, between, which)
        if then == "publish":
            self.publish(cohort, back=0)

    def come_between(self, cohort, what, which):
        """The mentor of one of the pairs found comes to report to the mentee, or says no."""
        last = self.runs_of(cohort).first()
        rows = last.proposals.order_by("mentor__person__employee_id") if last else []
        couples = [(row.mentor.person_id, row.mentee.person_id) for row in rows]
        if not couples or what == "nothing":
            return
        mentor, mentee = (self.person_at[one] for one in couples[which % len(couples)])
        if what == "line":
            self.change_line(mentor, mentee, dotted=set())
        else:
            self.say_no(cohort, mentor, asks_next=False)

    def runs_of(self, cohort):
        """The last one first."""
        return MatchRun.objects.filter(cohort=self.cohorts[cohort]).order_by("-number")
