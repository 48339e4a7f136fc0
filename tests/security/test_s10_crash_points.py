"""Proof S10: a step that is cut off anywhere has happened wholly or not at all.

Each step is killed before and after every single statement and commit; then every row of every
table is compared with what was there before, and with what a whole step leaves. What was cut off
before it happened is done again, and must end the same way.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from tests.pairs.choosing import choose, choose_each_other, in_days, make_choosing, sides_of
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import WHY, make_run
from tests.pairs.test_runs import make_sides, silent
from tests.security.crash_points import Attack, comparable, restore, snapshot, under_attack
from upwell.delivery.deliver import deliver
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import post
from upwell.demo import generate, write_csv
from upwell.pairs.models import (
    ChoiceRound,
    Couple,
    MatchRun,
    Pair,
    Preview,
    Repair,
    RunShare,
)
from upwell.pairs.services import (
    add_block,
    apply_repair,
    ask_for_another,
    close_choosing,
    close_preview,
    compute_repair,
    compute_run,
    end_pair,
    finish_choosing,
    import_pairs,
    make_lists,
    open_choosing,
    open_preview,
    publish_run,
    start_repair,
    start_run,
    stop_publication,
    take_preview_back,
)
from upwell.people.models import PeopleImport, Person
from upwell.people.services import bring_in, confirm_import, start_import
from upwell.people.services.imports import apply_import, read_import
from upwell.policy import Policy
from upwell.programs.models import Cohort, Program
from upwell.programs.services import (
    create_program,
    enroll,
    import_topics,
    read_topics_file,
    save_policy,
    withdraw,
)
from upwell.sheets import read_people
from upwell.sheets.pairs import read_pairs

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_database"),
    # A process that is gone closes no cursor.
    pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning"),
]

LEAST = 300


@dataclass
class Counts:
    """What the attacks on one step left behind."""

    before: int = 0
    after: int = 0
    torn: list[int] = field(default_factory=list)
    not_repeated: list[int] = field(default_factory=list)

    @property
    def points(self):
        return self.before + self.after + len(self.torn)

    def __str__(self):
        torn, failed = len(self.torn), len(self.not_repeated)
        return (
            f"points {self.points}, before {self.before}, after {self.after},"
            f" torn {torn}, not done again {failed}"
        )


@pytest.fixture
def tell(tell):
    return lambda text: tell(f"S10 {connection.vendor}, {text}")


def attack_everywhere(step):
    """Kill the step at each of its moments in turn, until one attack comes too late."""
    start = snapshot()
    step()
    whole = comparable(snapshot(), start)
    restore(start)
    counts, moment, is_over = Counts(), 0, False
    while not is_over:
        attack = Attack(moment)
        with under_attack(attack):
            step()
        is_over = not attack.is_dead
        if not is_over:
            judge(counts, moment, step, start, whole)
        moment += 1
    restore(start)
    return counts


def judge(counts, moment, step, start, whole):
    """Count one attack, and bring the database back to where it was."""
    found = snapshot()
    if found == start:
        counts.before += 1
        step()
        if comparable(snapshot(), start) != whole:
            counts.not_repeated.append(moment)
    elif comparable(found, start) == whole:
        counts.after += 1
    else:
        counts.torn.append(moment)
    restore(start)


def importing(folder):
    """A confirmed import that adds, changes and ends people."""
    bring_in(read_people(organization(folder, 40, seed=1)), is_whole=True)
    by = make_manager(employee_id=None, roles=["directory_administrator"])
    content = organization(folder, 30, seed=2).read_bytes()
    found = start_import(SimpleUploadedFile("people.csv", content), kind="whole", by=by)
    read_import(str(found.pk), report=silent)
    found.refresh_from_db()
    confirm_import(found, leaving=40, by=found.created_by)
    kept = [path for path in folder.glob("imports/**/*") if path.is_file()]
    files = {path: path.read_bytes() for path in kept}

    def step():
        for path, data in files.items():
            path.write_bytes(data)
        apply_import(str(found.pk), report=silent)
        assert PeopleImport.objects.get().state == "done"

    return step


def organization(folder, size, seed):
    path = folder / f"people{seed}.csv"
    write_csv(generate(size, seed=seed), path)
    return path


def enrolling(folder):
    bring_in(read_people(organization(folder, 40, seed=1)), is_whole=True)
    cohort = make_cohort(make_manager(employee_id=None))

    def step():
        people = Person.objects.filter(level__height__in=[1, 2])
        enroll(cohort, people, role="mentor", by=manager_of(cohort))

    return step


def telling_topics(folder):
    path = organization(folder, 40, seed=1)
    bring_in(read_people(path), is_whole=True)
    cohort = make_cohort(make_manager(employee_id=None))
    people = Person.objects.filter(level__height__in=[1, 2])
    enroll(cohort, people, role="mentor", by=manager_of(cohort))
    file = read_topics_file(path)

    def step():
        import_topics(cohort, file, by=manager_of(cohort))

    return step


def bringing_pairs_in(folder):
    """A pair that continues and one that is kept apart."""
    cohort = make_sides(3, 3)
    mentors, mentees = cohort.enrollments.mentors(), cohort.enrollments.mentees()
    ids = [
        (a.person.employee_id, b.person.employee_id) for a, b in zip(mentors, mentees, strict=True)
    ]
    path = folder / "pairs.csv"
    rows = [f"{ids[0][0]},{ids[0][1]},current", f"{ids[1][0]},{ids[2][1]},former"]
    path.write_text("\n".join(["Mentor,Mentee,State", *rows]))
    reading = read_pairs(path)

    def step():
        assert import_pairs(cohort, reading, by=manager_of(cohort)).counts["left_out"] == 0

    return step


def withdrawing(folder):
    cohort = make_sides()

    def step():
        withdraw(cohort.enrollments.mentors().first(), by=manager_of(cohort))

    return step


def changing_the_policy(folder):
    cohort = make_sides(4, 3)
    policy = Policy.from_values({"capacity": {"mentor": 3, "mentee": 2}})

    def step():
        save_policy(Program.objects.get(), policy, by=manager_of(cohort))

    return step


def founding(folder):
    by = make_manager()

    def step():
        create_program(name="Upwards", by=by)

    return step


def starting(folder):
    cohort = make_sides()

    def step():
        start_run(Cohort.objects.get(pk=cohort.pk), by=manager_of(cohort))

    return step


def computing(folder):
    """With a private request, so that there are shares of a key to write."""
    cohort = make_sides(4, 3)
    one, other = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]
    add_block(one.person, other.person)
    run = start_run(cohort, by=manager_of(cohort))

    def step():
        compute_run(str(run.pk), report=silent)
        assert MatchRun.objects.get().state == "done"
        assert RunShare.objects.count() == 1

    return step


def opening_lists(folder):
    """Short lists are made and everybody is told. Alike on a list would be in any order."""
    cohort = make_sides(1, 1, choosing="chosen")
    Person.objects.filter(enrollments__cohort=cohort).update(contact_email="a@example.com")
    found = open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))

    def step():
        make_lists(str(found.pk), report=silent)
        assert ChoiceRound.objects.get().state == "open"

    return step


def accepting(folder):
    """The second of two says yes, which makes them a pair."""
    found = make_choosing(2, 2)
    (mentor, *_), (mentee, *_) = sides_of(found)
    Person.objects.filter(enrollments__cohort=found.cohort).update(contact_email="a@example.com")
    choose(found, mentor, mentee)

    def step():
        assert choose(found, mentee, mentor)

    return step


def pair_among(mentors, mentees):
    """A round in which two have become a pair."""
    found = make_choosing(mentors, mentees)
    (mentor, *_), (mentee, *_) = sides_of(found)
    Person.objects.filter(enrollments__cohort=found.cohort).update(contact_email="a@example.com")
    choose_each_other(found, mentor, mentee)
    return found


def closing_a_round(folder):
    found = pair_among(2, 2)

    def step():
        close_choosing(ChoiceRound.objects.get(), by=manager_of(found.cohort))

    return step


def ending_a_round(folder):
    """Whoever has found nobody is told, and the short lists go."""
    found = pair_among(2, 1)
    close_choosing(found, by=manager_of(found.cohort))

    def step():
        finish_choosing(ChoiceRound.objects.get(), by=manager_of(found.cohort))

    return step


def publishing(folder):
    run = make_run(3, 3)

    def step():
        publish_run(MatchRun.objects.get(), reason=WHY, by=manager_of(run.cohort))

    return step


def previewed(mentors=3, mentees=3):
    run = make_run(mentors, mentees)
    return open_preview(run, by=manager_of(run.cohort))


def asking_both_sides(folder):
    run = make_run(3, 3)

    def step():
        open_preview(MatchRun.objects.get(), by=manager_of(run.cohort))

    return step


def objecting(folder):
    preview = previewed()
    proposal = preview.run.proposals.select_related("mentor__person", "mentee__person")[0]

    def step():
        ask_for_another(preview, proposal, by=proposal.mentee.person)

    return step


def closing_a_preview(folder):
    """With a word against a pair, so that another run follows."""
    preview = previewed()
    proposal = preview.run.proposals.select_related("mentor__person", "mentee__person")[0]
    ask_for_another(preview, proposal, by=proposal.mentee.person)
    Preview.objects.update(closes_at=timezone.now())

    def step():
        close_preview(preview.pk, report=silent)

    return step


def following(folder):
    closing_a_preview(folder)()
    run = MatchRun.objects.get(follows__isnull=False)

    def step():
        compute_run(str(run.pk), report=silent)
        assert MatchRun.objects.get(pk=run.pk).state == "done"

    return step


def taking_a_preview_back(folder):
    preview = previewed()
    sent = OutboxMessage.objects.order_by("pk")[:2]
    OutboxMessage.objects.filter(pk__in=[one.pk for one in sent]).update(state="sent")

    def step():
        if Preview.objects.open().exists():
            take_preview_back(preview, by=preview.opened_by)

    return step


def stopping(folder):
    run = make_run(3, 3)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    told_from = timezone.now() + timedelta(hours=1)
    MatchRun.objects.update(told_from=told_from)
    OutboxMessage.objects.update(next_attempt_at=told_from)

    def step():
        stop_publication(MatchRun.objects.get(), by=manager_of(run.cohort))

    return step


def ending(folder):
    run = make_run(3, 3)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    pair = Pair.objects.order_by("pk").first()

    def step():
        end_pair(Pair.objects.get(pk=pair.pk), by=manager_of(run.cohort))

    return step


def looking_for_counterparts(folder):
    cohort = left_alone()
    repair = start_repair(cohort, by=manager_of(cohort))

    def step():
        compute_repair(str(repair.pk), report=silent)
        assert Repair.objects.get().state == "done"

    return step


def repairing(folder):
    cohort = left_alone()
    repair = start_repair(cohort, by=manager_of(cohort))
    compute_repair(str(repair.pk), report=silent)

    def step():
        apply_repair(Repair.objects.get(), 0, by=manager_of(cohort))

    return step


def left_alone():
    """A cohort with a mentee whose mentor has left, and a mentor in the reserve."""
    run = make_run(3, 3)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    make_enrollment(run.cohort, person=make_person(contact_email="new@example.com"))
    mentor = Couple.objects.order_by("pk").first().mentor_id
    Person.objects.filter(pk=mentor).update(is_active=False)
    return run.cohort


STEPS = [
    importing,
    enrolling,
    telling_topics,
    bringing_pairs_in,
    withdrawing,
    changing_the_policy,
    founding,
    starting,
    computing,
    asking_both_sides,
    objecting,
    closing_a_preview,
    following,
    taking_a_preview_back,
    opening_lists,
    accepting,
    closing_a_round,
    ending_a_round,
    publishing,
    stopping,
    ending,
    looking_for_counterparts,
    repairing,
]


@pytest.fixture
def folder(tmp_path, settings):
    settings.IMPORTS_DIR = tmp_path / "imports"
    return tmp_path


def test_a_step_cut_off_anywhere_has_happened_wholly_or_not_at_all(folder, tell):
    found = {}
    empty = snapshot()
    for make in STEPS:
        found[make.__name__] = attack_everywhere(make(folder))
        restore(empty)

    for name, counts in found.items():
        tell(f"{name}: {counts}")
    tell(f"{sum(counts.points for counts in found.values())} points in all")
    for name, counts in found.items():
        assert (name, counts.torn, counts.not_repeated) == (name, [], [])
        assert counts.before and counts.after
    assert sum(counts.points for counts in found.values()) >= LEAST


def in_an_hour(person, at, *, latest):
    return at + timedelta(hours=1)


def at_once(person, at, *, latest):
    return at


def send_what_is_due(settings, when):
    """By readers who are there at such a time; leases of the dead have run out by then."""
    settings.NEXT_GOOD_MOMENT = f"{__name__}.{when.__name__}"
    now = timezone.now()
    waiting = OutboxMessage.objects.exclude(state="sent")
    waiting.update(next_attempt_at=now)
    waiting.exclude(leased_until=None).update(leased_until=now - timedelta(seconds=1))
    deliver("", report=silent)


def test_mail_that_waits_for_its_reader_goes_once_wherever_it_was_cut_off(
    settings, mailoutbox, tell
):
    """Sending is no single step: what counts is that nothing is lost, held or doubled after it."""
    reader = make_person(contact_email="ana@example.com")
    post("people/mail/second_factor_reset", to=reader)
    settings.NEXT_GOOD_MOMENT = f"{__name__}.in_an_hour"
    start, states, moment, is_over = snapshot(), Counter(), 0, False
    while not is_over:
        attack = Attack(moment)
        with under_attack(attack):
            deliver("", report=silent)
        is_over = not attack.is_dead
        states[OutboxMessage.objects.get().state] += 1
        send_what_is_due(settings, in_an_hour)
        message = OutboxMessage.objects.get()
        assert (message.state, message.error, len(mailoutbox)) == ("waiting", "quiet", 0), moment
        assert message.leased_until is None
        send_what_is_due(settings, at_once)
        assert (OutboxMessage.objects.get().state, len(mailoutbox)) == ("sent", 1), moment
        mailoutbox.clear()
        restore(start)
        settings.NEXT_GOOD_MOMENT = f"{__name__}.in_an_hour"
        moment += 1

    tell(f"waiting mail: {moment} points, cut off {dict(states)}, 0 lost, 0 doubled")
    assert states["waiting"] and states["sending"]


@pytest.mark.parametrize("make", [importing, computing, accepting, publishing, ending, repairing])
def test_without_transactions_the_proof_fails(make, folder, tell, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("rows cannot be locked there without a transaction")
    step, counts, moment, is_over = make(folder), Counts(), 0, False
    start = snapshot()
    step()
    whole = comparable(snapshot(), start)
    restore(start)

    while not is_over:
        attack = Attack(moment)
        with monkeypatch.context() as patch:
            patch.setattr(transaction.Atomic, "__enter__", lambda self: None)
            patch.setattr(transaction.Atomic, "__exit__", lambda self, *error: None)
            patch.setattr("upwell.audit.services.connection", Mock(in_atomic_block=True))
            with under_attack(attack):
                step()
        is_over = not attack.is_dead
        if snapshot() != start and comparable(snapshot(), start) != whole:
            counts.torn.append(moment)
        restore(start)
        moment += 5

    tell(f"without transactions, {make.__name__}: torn {len(counts.torn)}")
    assert counts.torn
