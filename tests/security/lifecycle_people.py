"""The people of proof S17, as a nightly file of the directory has them, and their program."""

from collections import Counter

from django.utils import timezone

from tests.factories import make_cohort, make_manager, make_program
from tests.pairs.test_runs import NO_RULES
from tests.people.readings import make_reading
from tests.security.lifecycle_model import CAPACITY, GAP, Someone
from upwell.people.models import Person
from upwell.people.services import bring_in
from upwell.policy import Policy

LEVELS = ("Analyst", "Associate", "Manager", "Director", "Partner", "Chief")
MENTORS = 5
POLICY = {
    "rules": NO_RULES["rules"] | {"level_gap": GAP},
    "capacity": CAPACITY,
    "preferences": {"background": 30},
}


class Organization:
    """Nine people and the one above them all, with two cohorts of one program."""

    def __init__(self):
        self.counts = Counter()
        self.manager = make_manager(employee_id=None)
        policy = Policy.from_values(POLICY).to_json()
        program = make_program(self.manager, policy_json=policy)
        today = timezone.localdate()
        self.cohorts = [
            make_cohort(program=program, starts_on=today, gates=()) for _number in range(2)
        ]
        low = [Someone(at % 3, MENTORS + at % 3) for at in range(MENTORS)]
        high = [Someone(3 + at % 2, 9) for at in range(4)]
        self.people = [*low, *high, Someone(5, None)]
        bring_in(reading_of(self.people), is_whole=True)
        rows = Person.objects.filter(employee_id__isnull=False).order_by("employee_id")
        for row in rows:
            row.sign_in_email = f"{row.employee_id.lower()}@example.com"
            row.save(update_fields=["sign_in_email"])
        self.persons = list(rows)


def reading_of(people):
    """What a file says of everybody who is here."""
    here = [at for at, one in enumerate(people) if one.is_here]
    return make_reading(
        tuple(f"E{at}" for at in here),
        level_order=LEVELS,
        levels=tuple(LEVELS[people[at].height] for at in here),
        emails=tuple(f"e{at}@example.com" for at in here),
        managers=tuple(named(people[at].manager) for at in here),
        dotted=tuple(tuple(map(named, people[at].dotted)) for at in here),
    )


def named(manager):
    return "" if manager is None else f"E{manager}"
