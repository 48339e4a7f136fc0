"""What must be true of a small program after every step, read from the rows themselves.

Each check takes a machine of ``tests.security.lifecycle`` and raises AssertionError.
"""

import zlib
from collections import Counter
from uuid import UUID

from django.db import connection

from upwell.audit.models import AuditEntry
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.models import Conflict, Couple, Member
from upwell.programs.models import Enrollment
from upwell.programs.queries.enrolling import stored_answers

SAID = "programs.participant.said"
GUARD = "upwell.pairs.services.guard_pairs"


def check_seats(machine):
    """Everybody stands where the model says, and nobody else is there."""
    names = ("cohort", "person", "role", "state", "capacity", "asks_next", "answered_at")
    found = {
        (machine.cohort_at[cohort], machine.person_at[person]): (*said, answered is not None)
        for cohort, person, *said, answered in Enrollment.objects.values_list(*names)
    }
    expected = {
        key: (seat.role, seat.state, seat.capacity, seat.asks_next, seat.has_answered)
        for key, seat in machine.model.seats.items()
    }
    assert found == expected, "somebody stands where they should not"


def check_pairs(machine):
    """Nobody has more counterparts than places, and no two people are a pair twice."""
    names = ("place", "place__enrollment__cohort", "place__enrollment__person")
    rows = list(Member.objects.filter(is_active=True).order_by("pk").values_list(*names))
    places = Counter(place for place, _cohort, _person in rows)
    assert max(places.values(), default=0) <= 1, "a place is taken twice"
    held = Counter(
        (machine.cohort_at[cohort], machine.person_at[person]) for _, cohort, person in rows
    )
    for key, many in held.items():
        assert many <= machine.model.seats[key].most, "somebody has too many counterparts"
    couples = Couple.objects.filter(is_active=True).order_by("pk")
    known = [
        (machine.cohort_at[cohort], machine.person_at[mentor], machine.person_at[mentee])
        for cohort, mentor, mentee in couples.values_list("pair__cohort", "mentor", "mentee")
    ]
    assert sorted(known) == sorted(machine.model.couples), "a pair that nobody published"
    assert sum(held.values()) == 2 * len(known), "a member of no couple"
    twice = Counter(frozenset(couple) for _cohort, *couple in known)
    assert max(twice.values(), default=0) <= 1, "a couple is a pair twice"


def check_conflicts(machine):
    """Once the guard has looked, the pairs that break a rule are just those that it names."""
    if Job.objects.filter(service=GUARD, state=Job.State.WAITING).exists():
        return
    model = machine.model
    found = {
        (rule, machine.person_at[mentor], machine.person_at[mentee])
        for rule, mentor, mentee in Conflict.objects.order_by("pk").values_list(
            "rule", "couple__mentor", "couple__mentee"
        )
    }
    here = [
        (mentor, mentee)
        for _cohort, mentor, mentee in model.couples
        if model.people[mentor].is_here and model.people[mentee].is_here
    ]
    lines = {("reporting_line", *two) for two in here if model.in_line(*two)}
    close = {("level_gap", *two) for two in here if model.too_close(*two)}
    assert found == lines | close, "the guard sees something else"


def check_messages(machine):
    """Each answer is told and recorded once; both of each pair are told once."""
    rows = OutboxMessage.objects.order_by("created_at")
    told, keys = Counter(), Counter()
    for template, person, subject, key in rows.values_list(
        "template", "person", "subject", "once_key"
    ):
        if template == "programs/mail/enrolled":
            kind = "waiting" if "waiting list" in subject else "enrolled"
            told[kind, machine.person_at[person]] += 1
        elif template == "pairs/mail/published":
            keys[key] += 1
    expected = Counter((kind, person) for kind, _cohort, person in machine.model.mails)
    places = Counter(("enrolled", person) for _cohort, person in machine.model.promised)
    assert told == expected + places, "somebody is told what they have not said, or not told"
    said = Counter(
        (facts["state"], machine.person_at[UUID(by)])
        for by, facts in AuditEntry.objects.filter(event=SAID).values_list("by", "facts")
        if facts["state"] != "out"
    )
    assert said == expected, "an answer is recorded that nobody gave, or not recorded"
    couples = Couple.objects.order_by("pk").values_list("pair__run", "pair", "mentor", "mentee")
    due = Counter(
        f"pair-published:{run}:{pair}:{person}"
        for run, pair, *couple in couples
        for person in couple
    )
    assert keys == due, "one of a pair is told twice, or not at all"


def check_line_managers(machine):
    """Nobody's line manager hears of them unless they let them know at that moment, as a mentor."""
    rows = OutboxMessage.objects.filter(template="programs/mail/line_manager")
    for pk, subject in rows.exclude(pk__in=machine.model.heard).values_list("pk", "subject"):
        mentor = int(subject.removeprefix("Person E").split()[0])
        assert any(
            machine.model.takes_part(cohort, mentor) and seat.role == "mentor" and seat.lets_know
            for (cohort, person), seat in machine.model.seats.items()
            if person == mentor
        ), "a line manager hears what they should not"
        machine.model.heard.add(pk)
        machine.counts["line managers told"] += 1


EACH_STEP = (check_seats, check_pairs, check_conflicts, check_messages, check_line_managers)


def check_sealed(machine):
    """No word that was sealed stands anywhere in the database; its owner still reads it."""
    text = everything()
    for word in machine.model.secrets:
        assert word not in text, "a sealed word lies in the open"
    for key, seat in machine.model.seats.items():
        found = stored_answers(machine.enrollment(*key))
        for name, word in seat.texts.items():
            assert found[name] == word, "an answer is lost"
            machine.counts["sealed words read by their owners"] += 1


def everything():
    """All that the database holds, as one text; what is packed in it unpacked."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            parts += [readable(value) for row in cursor.fetchall() for value in row]
    return "\n".join(parts)


def readable(value):
    if not isinstance(value, bytes | memoryview):
        return str(value)
    packed = bytes(value)
    try:
        return zlib.decompress(packed).decode()
    except (zlib.error, UnicodeDecodeError):
        return packed.decode("latin-1")
