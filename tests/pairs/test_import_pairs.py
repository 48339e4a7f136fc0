"""Pairs of a file: those that continue, those that are kept apart, and rows that are left out."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_earlier_pair,
    make_enrollment,
    make_level,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import make_sides, set_policy, silent
from upwell.audit.models import AuditEntry
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.models import Conflict, Couple, EarlierPair, Member, Pair
from upwell.pairs.services import add_block, guard_pairs, import_pairs
from upwell.pairs.services import import_write as writing
from upwell.pairs.services.import_plan import plan_pairs
from upwell.people.models import Person, ReportingLine
from upwell.programs.models import Cohort, Enrollment
from upwell.sheets.pairs import read_pairs

pytestmark = pytest.mark.django_db
HEADER = "Mentor,Mentee,State,Since,Until"


@pytest.fixture
def cohort():
    return make_cohort(make_manager())


@pytest.fixture
def bring(cohort, tmp_path):
    """Import rows as the cohort's manager; returns the plan."""

    def bring_rows(*rows, by=None):
        return import_pairs(cohort, reading_of(tmp_path, *rows), by=by or manager_of(cohort))

    return bring_rows


def reading_of(folder, *rows):
    path = folder / "pairs.csv"
    path.write_text("\n".join([HEADER, *rows]))
    return read_pairs(path, today=date(2026, 6, 1))


def two(**fields):
    return make_person(**fields), make_person()


def row(mentor, mentee, state="current", until=""):
    mentor, mentee = (getattr(one, "employee_id", one) for one in (mentor, mentee))
    return f"{mentor},{mentee},{state},,{until}"


def why(plan):
    return [(one.row.number, one.why, one.who) for one in plan.left_out]


def test_a_current_pair_continues_and_both_take_part(bring, cohort):
    mentor, mentee = two()

    plan = bring(row(mentor, mentee))

    assert plan.counts["continuing"] == 1
    couple = Couple.objects.get()
    assert (couple.mentor, couple.mentee, couple.is_active) == (mentor, mentee, True)
    pair = Pair.objects.get()
    assert (pair.cohort, pair.run, pair.state) == (cohort, None, Pair.State.ACTIVE)
    roles = set(cohort.enrollments.values_list("person", "role"))
    assert roles == {(mentor.pk, "mentor"), (mentee.pk, "mentee")}
    held = Member.objects.filter(is_active=True).values_list("place__enrollment__person", flat=True)
    assert set(held) == {mentor.pk, mentee.pk}


def test_nobody_is_told_and_what_was_done_is_recorded(bring):
    bring(row(*two()), row(*two(), "former"))

    assert not OutboxMessage.objects.exists()
    events = AuditEntry.objects.filter(event__startswith="pairs.").order_by("event")
    assert [(one.event, one.facts) for one in events] == [
        ("pairs.earlier.imported", {"pairs": 1}),
        ("pairs.pairs.continued", {"pairs": 1}),
    ]


def test_people_are_found_by_id_address_and_name(bring):
    ada = make_person(name="Ada Fern", contact_email="ada@example.com", employee_id="A1")
    others = [make_person(name=name) for name in ("Ben Reed", "Cleo Park", "Dan Ortiz")]

    plan = bring(
        row("a1", "ben  reed", "former"),
        row("ADA@example.com", others[1], "former"),
        row("Ada Fern", "Dan Ortiz", "former"),
    )

    assert why(plan) == []
    assert {*EarlierPair.objects.values_list("mentor", "mentee")} == {
        (ada.pk, other.pk) for other in others
    }


def test_a_former_pair_is_kept_apart_with_its_end_and_nobody_is_enrolled(bring, cohort):
    mentor, mentee = two()

    bring(row(mentor, mentee, "former", "2025-07-11"))

    earlier = EarlierPair.objects.get()
    assert (earlier.program, earlier.mentor, earlier.mentee) == (cohort.program, mentor, mentee)
    assert earlier.ended_on == date(2025, 7, 11)
    assert not Pair.objects.exists()
    assert not cohort.enrollments.exists()


def test_the_same_file_twice_changes_nothing(bring):
    rows = [row(*two()), row(*two(), "former")]
    bring(*rows)
    models = (Pair, Couple, Member, EarlierPair, Enrollment, AuditEntry, Job)
    before = [list(model.objects.values_list()) for model in models]

    plan = bring(*rows)

    assert [list(model.objects.values_list()) for model in models] == before
    assert plan.counts == {
        "continuing": 0,
        "earlier": 0,
        "known": 1,
        "already": 1,
        "gone": 0,
        "left_out": 0,
    }


def test_names_that_nobody_or_several_have_are_left_out(bring):
    mentee = make_person()
    for _ in range(2):
        make_person(name="Kim Park")

    plan = bring(row("Kim Park", mentee), row("Nobody Here", mentee, "former"))

    assert why(plan) == [(2, "ambiguous", "Kim Park"), (3, "unknown", "Nobody Here")]


@pytest.mark.parametrize("state", ["current", "former"])
def test_a_name_may_mean_somebody_who_left_and_so_is_nobody_s(bring, state):
    make_person(name="Kim Park", is_active=False)
    make_person(name="Kim Park")

    plan = bring(row("Kim Park", make_person(), state))

    assert why(plan) == [(2, "ambiguous", "Kim Park")]
    assert not (Couple.objects.exists() or EarlierPair.objects.exists())


def test_a_pair_of_a_cohort_that_the_manager_does_not_run_is_named_no_more_than_a_line(
    bring, cohort
):
    mentor, mentee = two()
    other = make_cohort(manager_of(cohort))
    make_pair(mentor, mentee, run=make_run(other))
    seen = bring(row(mentor, mentee))
    make_enrollment(other, person=manager_of(cohort))
    hidden = bring(row(mentor, mentee))

    assert ([one.why for one in seen.left_out], [one.why for one in hidden.left_out]) == (
        ["elsewhere"],
        ["apart"],
    )


def test_of_somebody_who_left_a_former_pair_is_counted_and_a_current_one_left_out(bring):
    gone, mentee = two(is_active=False, name="Ada Fern")

    plan = bring(row(gone, mentee, "former"), row(gone, mentee))

    assert plan.gone == 1
    assert why(plan) == [(3, "left", "Ada Fern")]
    assert not EarlierPair.objects.exists()


def test_one_person_under_two_names_is_no_pair(bring):
    ada = make_person(name="Ada Fern")

    assert why(bring(row(ada, "Ada Fern"))) == [(2, "one", "Ada Fern")]


def test_rows_about_the_same_two_count_once(bring):
    mentor, mentee = make_person(name="Ada Fern"), make_person()

    plan = bring(
        row(mentor, mentee),
        row("Ada Fern", mentee),
        row(mentor, mentee, "former"),
        row("Ada Fern", mentee, "former"),
    )

    assert why(plan) == [(3, "twice", "")]
    assert (len(plan.continuing), len(plan.earlier)) == (1, 1)


@pytest.mark.parametrize("is_turned", [False, True])
def test_who_is_a_pair_elsewhere_is_left_out(bring, is_turned):
    mentor, mentee = two(name="Ada Fern")
    make_pair(*((mentee, mentor) if is_turned else (mentor, mentee)))

    assert why(bring(row(mentor, mentee))) == [(2, "apart", "Ada Fern")]


def test_who_takes_part_in_the_other_role_is_left_out(bring, cohort):
    mentor, mentee = two(name="Ada Fern")
    make_enrollment(cohort, "mentee", person=mentor)

    assert why(bring(row(mentor, mentee))) == [(2, "role", "Ada Fern")]


def test_who_has_the_other_role_in_an_earlier_row_is_left_out(bring):
    mentor, mentee = two()
    mentee.name = "Ada Fern"
    mentee.save()

    assert why(bring(row(mentor, mentee), row(mentee, make_person()))) == [(3, "role", "Ada Fern")]


@pytest.mark.parametrize("is_mentor_above", [True, False])
def test_two_of_one_line_are_left_out_at_any_depth_whatever_the_policy(
    bring, cohort, is_mentor_above
):
    set_policy(cohort, {"rules": {"reporting_lines": "distance", "reporting_distance": 2}})
    mentor, mentee = two(name="Ada Fern")
    below, above = (mentee, mentor) if is_mentor_above else (mentor, mentee)
    chain = [below, make_person(), make_person(), above]
    for person, manager in pairwise(chain):
        ReportingLine.objects.create(person=person, manager=manager, kind="dotted")

    plan = bring(row(mentor, mentee), row(*two()))

    assert why(plan) == [(2, "apart", "Ada Fern")]
    assert Couple.objects.count() == 1


def test_without_a_free_place_a_pair_is_left_out(bring):
    mentor, mentee = two(name="Ada Fern")

    plan = bring(row(mentor, mentee), row(mentor, make_person()))

    assert why(plan) == [(3, "place", "Ada Fern")]


def test_places_of_their_own_count(bring, cohort):
    mentor = make_person()
    make_enrollment(cohort, person=mentor, capacity=2)

    plan = bring(*(row(mentor, make_person()) for _ in range(2)))

    assert why(plan) == []
    assert Couple.objects.filter(mentor=mentor).count() == 2


def test_a_level_that_the_policy_does_not_take_is_left_out(bring, cohort):
    set_policy(cohort, {"mentors": {"levels": ["Analyst"]}, "levels": {"order": ["Analyst", "VP"]}})
    make_level("Analyst")
    mentor, mentee = two(name="Ada Fern", level=make_level("VP"))

    assert why(bring(row(mentor, mentee))) == [(2, "level", "Ada Fern")]


def test_a_no_stands_whatever_a_file_says(bring, cohort):
    mentor, mentee = two(name="Ada Fern")
    make_enrollment(cohort, person=mentor, state="out", asks_next=True)

    assert why(bring(row(mentor, mentee))) == [(2, "out", "Ada Fern")]

    here = cohort.enrollments.get()
    assert (here.state, here.asks_next) == ("out", True)


def test_whoever_acts_does_not_bring_in_their_own_pair(bring, cohort):
    by = manager_of(cohort)

    plan = bring(row(by, make_person()), row(make_person(), by))

    assert why(plan) == [(2, "oneself", by.name), (3, "oneself", by.name)]
    assert not cohort.enrollments.exists()


def test_a_private_request_is_not_told_by_a_row_that_is_left_out(bring):
    mentor, mentee = two()
    add_block(mentee, mentor)

    assert bring(row(mentor, mentee)).counts["continuing"] == 1


def test_a_pair_too_close_in_level_continues_and_is_shown(bring, cohort):
    set_policy(cohort, {"rules": {"level_gap": 3}})
    Cohort.objects.update(starts_on=timezone.localdate())
    mentor, mentee = two(level=make_level("Analyst"))
    Person.objects.filter(pk=mentee.pk).update(level=make_level("Manager"))

    bring(row(mentor, mentee))
    guard_pairs("", report=silent)

    assert [one.rule for one in Conflict.objects.all()] == ["level_gap"]


def test_the_guard_is_asked_to_look_where_a_pair_continues(bring):
    bring(row(*two(), "former"))
    assert not Job.objects.filter(service="upwell.pairs.services.guard_pairs").exists()

    bring(row(*two()))

    assert Job.objects.filter(service="upwell.pairs.services.guard_pairs").exists()


def test_an_earlier_pair_of_another_program_is_one_of_this_as_well(bring, cohort):
    earlier = make_earlier_pair()

    bring(row(earlier.mentor, earlier.mentee, "former"))

    assert EarlierPair.objects.filter(program=cohort.program).count() == 1


def test_who_may_not_run_the_cohort_brings_nothing_in(bring, cohort):
    enrolled = manager_of(cohort)
    make_enrollment(cohort, person=enrolled)

    for by, said in ((enrolled, "You take part"), (make_manager(), "Only the program's managers")):
        with pytest.raises(ValidationError, match=said):
            bring(row(*two()), by=by)
    assert not Pair.objects.exists()


def test_what_fails_on_the_way_leaves_nothing(bring, cohort, monkeypatch):
    def fail(*_args):
        raise DatabaseError("planted")

    monkeypatch.setattr(writing, "couple", fail)

    with pytest.raises(DatabaseError, match="planted"):
        bring(row(*two(), "former"), row(*two()))
    for model in (Pair, EarlierPair, Enrollment):
        assert not model.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_any_number_of_rows(
    cohort, tmp_path, count, django_assert_num_queries
):
    rows = [row(*two(), state) for state in ("current", "former") for _ in range(count)]
    reading = reading_of(tmp_path, *rows)
    by = manager_of(cohort)

    with django_assert_num_queries(8):
        plan_pairs(cohort, reading, cohort.program.policy, by=by)


def test_pairs_join_a_cohort_whose_pairs_are_published(cohort, bring):
    make_run(cohort, published_at=timezone.now(), published_by=manager_of(cohort))

    assert bring(row(*two())).counts["continuing"] == 1


def test_sides_of_a_cohort_keep_their_other_places(tmp_path):
    cohort = make_sides(2, 2)
    mentor = cohort.enrollments.mentors()[0]
    mentee = cohort.enrollments.mentees()[0]
    reading = reading_of(tmp_path, row(mentor.person, mentee.person))

    import_pairs(cohort, reading, by=manager_of(cohort))

    assert cohort.enrollments.count() == 4
    assert Member.objects.filter(place__enrollment__in=[mentor, mentee]).count() == 2
