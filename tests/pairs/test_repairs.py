"""Repairs: ways computed from today's people, and one of them made real."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import make_enrollment, make_level, make_manager, make_person
from tests.factories import make_run as make_waiting_run
from tests.pairs.choosing import choose_each_other, make_choosing, sides_of
from tests.pairs.organizations import manager_of
from tests.pairs.test_ending import published
from tests.pairs.test_publication import WHY, make_run
from tests.pairs.test_runs import computed, make_sides, set_policy, silent
from upwell.delivery.models import Job, OutboxMessage
from upwell.desk.queries.participant import parts_of
from upwell.pairs.models import Couple, CoupleRule, Member, Pair, Repair
from upwell.pairs.queries import adrift_counts, adrift_in
from upwell.pairs.services import (
    add_block,
    apply_repair,
    close_choosing,
    compute_repair,
    end_pair,
    fail_given_up,
    open_preview,
    publish_run,
    start_repair,
)
from upwell.pairs.services.mending import case_of
from upwell.pairs.services.repairs import policy_of_repair
from upwell.pairs.services.ways import ways_of
from upwell.people.models import Person, ReportingLine
from upwell.people.services import raise_revision
from upwell.policy import Policy
from upwell.programs.models import Cohort, Enrollment

pytestmark = pytest.mark.django_db


def leave(person):
    Person.objects.filter(pk=person.pk).update(is_active=False)
    raise_revision()


def looked_for(cohort, by=None):
    """A repair whose ways are there."""
    repair = start_repair(cohort, by=by or manager_of(cohort))
    compute_repair(repair.pk, report=silent)
    repair.refresh_from_db()
    return repair


def use(repair, number=0, by=None):
    apply_repair(repair, number, by=by or manager_of(repair.cohort))


def names(couples):
    return {(one.mentor_id, one.mentee_id) for one in couples}


def reserve(cohort, role="mentor"):
    """Somebody who came later and has nobody."""
    enrollment = make_enrollment(cohort, role)
    Person.objects.filter(pk=enrollment.person_id).update(
        contact_email=f"{enrollment.person_id}@example.com"
    )
    return enrollment.person


def with_a_leaver(mentors=2, mentees=2, **policy):
    """A couple whose mentor has left, the others, and a mentor in the reserve."""
    lost, *others = published(mentors, mentees, **policy)
    spare = reserve(lost.pair.cohort)
    leave(lost.mentor)
    return lost, others, spare


def test_the_reserve_takes_the_place_of_whoever_left_and_all_others_stay():
    lost, others, spare = with_a_leaver(3, 3)

    repair = looked_for(lost.pair.cohort)
    use(repair)

    now = names(Couple.objects.active())
    assert now == {(spare.pk, lost.mentee_id), *names(others)}
    assert [option["moved"] for option in repair.options] == [0]
    pair = Pair.objects.get(origin="repair")
    assert (pair.run, pair.state) == (lost.pair.run, "active")
    assert Member.objects.filter(is_active=True).count() == 6


def test_only_those_affected_are_told():
    lost, _others, spare = with_a_leaver(3, 3)

    use(looked_for(lost.pair.cohort))

    told = {one.person_id: one for one in OutboxMessage.objects.all()}
    assert set(told) == {lost.mentee_id, spare.pk}
    assert f"{spare.name} is your mentor" in told[lost.mentee_id].text
    assert told[lost.mentee_id].template == "pairs/mail/ended"
    assert told[spare.pk].template == "pairs/mail/published"


def test_kind_words_that_still_wait_do_not_go_to_whom_a_repair_places():
    run = make_run(3, 2)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    late = OutboxMessage.objects.filter(template__contains="not_placed", useful_until=None)
    assert late.count() == 1
    leave(Couple.objects.of_cohort(run.cohort).first().mentor)

    use(looked_for(run.cohort))

    assert not late.exists()


def test_the_first_way_changes_the_fewest_pairs_with_which_all_are_paired():
    """Only the mentor of another pair may be with the mentee who has none."""
    lost, others, spare = with_a_leaver()
    (other,) = others
    ReportingLine.objects.create(person=spare, manager=lost.mentee)

    repair = looked_for(lost.pair.cohort)

    first = repair.options[0]
    assert (first["moved"], first["ends"]) == (1, sorted([lost.pk, other.pk]))
    assert [way["moved"] for way in repair.options] == [1, 0]
    assert first["people"] == 4
    use(repair)
    assert names(Couple.objects.active()) == {
        (other.mentor_id, lost.mentee_id),
        (spare.pk, other.mentee_id),
    }


def test_a_private_request_that_came_since_keeps_its_two_apart():
    lost, _others, spare = with_a_leaver()
    add_block(lost.mentee, spare)

    repair = looked_for(lost.pair.cohort)

    pairs = {(one["mentor"], one["mentee"]) for way in repair.options for one in way["begins"]}
    enrollments = dict(Enrollment.objects.values_list("person", "pk"))
    two = str(enrollments[spare.pk]), str(enrollments[lost.mentee_id])
    assert two not in pairs


def test_a_private_request_between_two_who_are_a_pair_does_not_show():
    _lost, others, _spare = with_a_leaver(3, 3)
    before = looked_for(others[0].pair.cohort)
    add_block(others[0].mentee, others[0].mentor)

    after = looked_for(others[0].pair.cohort)

    assert after.options == before.options


def test_a_private_request_between_then_and_now_refuses_without_saying_so():
    lost, _others, spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    add_block(spare, lost.mentee)

    with pytest.raises(ValidationError, match="reporting line, earlier pair or private request"):
        use(repair)

    assert Pair.objects.active().count() == 2
    assert not OutboxMessage.objects.exists()


def test_a_pair_that_no_run_would_make_any_more_is_left_alone():
    lost, (other,), spare = with_a_leaver()
    ReportingLine.objects.create(person=other.mentor, manager=other.mentee)

    repair = looked_for(lost.pair.cohort)
    use(repair)

    assert names(Couple.objects.active()) == {*names([other]), (spare.pk, lost.mentee_id)}


def test_a_pinned_pair_stays():
    lost, (other,), spare = with_a_leaver()
    ReportingLine.objects.create(person=spare, manager=lost.mentee)
    run = lost.pair.run
    pairs = {"pin": [[other.mentor.employee_id, other.mentee.employee_id]]}
    policy = Policy.from_json(run.policy_json)
    values = policy.model_dump(mode="json") | {"pairs": pairs}
    run.policy_json = Policy.from_values(values).to_json()
    run.save()

    repair = looked_for(lost.pair.cohort)

    assert [way["ends"] for way in repair.options] == [[lost.pk]]


def test_whoever_was_a_pair_is_not_brought_together_again():
    couple, _other = published()
    end_pair(couple.pair, by=manager_of(couple.pair.cohort))

    repair = looked_for(couple.pair.cohort)

    assert all(
        {one["mentor"], one["mentee"]} != {str(pk) for pk in places_of(couple)}
        for way in repair.options
        for one in way["begins"]
    )


def places_of(couple):
    people = (couple.mentor_id, couple.mentee_id)
    return Enrollment.objects.filter(person__in=people).values_list("pk", flat=True)


def test_where_nobody_is_free_the_pair_of_whoever_left_can_end_all_the_same():
    lost, other = published()
    leave(lost.mentor)

    repair = looked_for(lost.pair.cohort)
    quiet = next(at for at, way in enumerate(repair.options) if not way["begins"])
    use(repair, quiet)

    assert names(Couple.objects.active()) == names([other])
    assert OutboxMessage.objects.get().person_id == lost.mentee_id


def test_whoever_a_repair_has_left_over_waits_for_no_other():
    lost, other = published()
    cohort = lost.pair.cohort
    leave(lost.mentor)
    before = adrift_counts([cohort])[cohort.pk]
    repair = looked_for(cohort)
    use(repair, next(at for at, way in enumerate(repair.options) if not way["begins"]))
    after = adrift_counts([cohort])[cohort.pk]

    end_pair(other.pair, by=manager_of(cohort))

    assert (before, after, adrift_counts([cohort])[cohort.pk]) == (1, 0, 2)
    assert adrift_in(cohort).count() == 3


def test_a_way_is_used_once():
    lost, _others, _spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    use(repair)

    with pytest.raises(ValidationError, match="has been used already"):
        use(repair)

    assert Pair.objects.filter(origin="repair").count() == 1


def test_who_used_which_way_is_kept():
    lost, _others, _spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)

    use(repair)

    kept = Repair.objects.get()
    assert (kept.state, kept.applied_option) == ("applied", 0)
    assert kept.applied_by == manager_of(kept.cohort)


def change_the_pairs(lost, spare, other):
    end_pair(other.pair, by=manager_of(other.pair.cohort))


def let_the_reserve_go(lost, spare, other):
    leave(spare)


def step_out(lost, spare, other):
    Enrollment.objects.filter(person=spare).update(state="out")


def take_fewer(lost, spare, other):
    Enrollment.objects.filter(person=spare).update(capacity=0)


def change_the_rules(lost, spare, other):
    run = lost.pair.run
    policy = Policy.from_json(run.policy_json)
    rules = policy.rules.model_copy(update={"level_gap": 1})
    run.policy_json = policy.model_copy(update={"rules": rules}).to_json()
    run.save()


@pytest.mark.parametrize(
    "change", [change_the_pairs, let_the_reserve_go, step_out, take_fewer, change_the_rules]
)
def test_what_has_changed_meanwhile_refuses_it_whole(change):
    lost, (other,), spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    change(lost, spare, other)
    mails = OutboxMessage.objects.count()

    with pytest.raises(ValidationError, match="have changed since"):
        use(repair)

    repair.refresh_from_db()
    assert (repair.state, OutboxMessage.objects.count()) == ("done", mails)
    assert not Pair.objects.filter(origin="repair").exists()


def test_a_line_or_a_level_that_changed_refuses_it_by_name():
    low = make_level("Associate", 1)
    lost, _others, spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    line = ReportingLine.objects.create(person=spare, manager=lost.mentee)
    with pytest.raises(ValidationError, match=f"{spare} – {lost.mentee}"):
        use(repair)
    line.delete()

    policy = Policy.from_json(repair.policy_json)
    rules = policy.rules.model_copy(update={"level_gap": 1})
    repair.policy_json = policy.model_copy(update={"rules": rules}).to_json()
    Person.objects.filter(pk__in=[spare.pk, lost.mentee_id]).update(level=low)

    with pytest.raises(ValidationError, match="too close in level"):
        use(repair)


@pytest.mark.parametrize("number", [-1, 9])
def test_a_way_that_there_is_not_is_refused(number):
    lost, _others, _spare = with_a_leaver()

    with pytest.raises(ValidationError, match="not one of the ways"):
        use(looked_for(lost.pair.cohort), number)


def test_start_repair_asks_the_worker():
    lost, _others, _spare = with_a_leaver()

    repair = start_repair(lost.pair.cohort, by=manager_of(lost.pair.cohort))

    job = Job.objects.get(target=str(repair.pk))
    assert (job.service, job.cluster) == ("upwell.pairs.services.compute_repair", "long")
    with pytest.raises(ValidationError, match="being looked for already"):
        start_repair(lost.pair.cohort, by=manager_of(lost.pair.cohort))


def test_one_that_was_given_up_does_not_stand_in_the_way():
    lost, _others, _spare = with_a_leaver()
    first = start_repair(lost.pair.cohort, by=manager_of(lost.pair.cohort))
    Job.objects.filter(target=str(first.pk)).update(state="failed")

    looked_for(lost.pair.cohort)

    first.refresh_from_db()
    assert (first.state, first.faults) == ("failed", [{"code": "given_up"}])


@pytest.mark.parametrize("is_ticked", [True, False])
def test_a_run_that_was_given_up_does_not_stand_in_the_way(is_ticked):
    couple, _other = published()
    job = Job.objects.create(service="compute", target="", state=Job.State.FAILED)
    run = make_waiting_run(couple.pair.cohort, state="waiting", job=job)
    if is_ticked:
        fail_given_up()
        run.refresh_from_db()
        assert (run.state, run.faults) == ("failed", [{"code": "given_up"}])

    assert looked_for(run.cohort).state == "done"


def test_a_way_names_who_has_nobody_then():
    couple, _other = published()
    end_pair(couple.pair, by=manager_of(couple.pair.cohort))
    spare = reserve(couple.pair.cohort)

    [way] = ways_of(looked_for(couple.pair.cohort))

    assert [(one.mentor, one.mentee) for one in way.begins] == [(spare, couple.mentee)]
    assert way.without == [couple.mentor.name]


def test_there_must_be_pairs():
    cohort = make_sides()

    with pytest.raises(ValidationError, match="nothing to repair"):
        start_repair(cohort, by=manager_of(cohort))


def test_nobody_else_repairs():
    lost, _others, _spare = with_a_leaver()
    cohort = lost.pair.cohort
    repair = looked_for(cohort)
    make_enrollment(cohort, person=manager_of(cohort))

    for by in (make_manager(), manager_of(cohort), make_person()):
        with pytest.raises(ValidationError):
            start_repair(cohort, by=by)
        with pytest.raises(ValidationError):
            use(repair, by=by)

    assert Pair.objects.active().count() == 2


def test_computing_twice_changes_nothing():
    lost, _others, _spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    since = repair.finished_at

    compute_repair(repair.pk, report=silent)

    repair.refresh_from_db()
    assert repair.finished_at == since


def test_a_policy_that_does_not_fit_any_more_fails_it():
    lost, _others, _spare = with_a_leaver()
    lost.pair.run.policy_json = Policy.from_values({"mentors": {"levels": ["Nobody"]}}).to_json()
    lost.pair.run.save()

    repair = looked_for(lost.pair.cohort)

    assert repair.state == "failed"
    assert repair.faults


def test_pairs_that_continue_are_repaired_under_the_policy_of_the_program():
    lost, _others, spare = with_a_leaver()
    Pair.objects.update(run=None, origin="before")
    run = lost.pair.run
    run.published_at = None
    run.save()
    set_policy(lost.pair.cohort, Policy.from_json(run.policy_json).model_dump(mode="json"))

    use(looked_for(lost.pair.cohort))

    assert Pair.objects.get(origin="repair").run is None
    assert (spare.pk, lost.mentee_id) in names(Couple.objects.active())
    assert timezone.now() >= Repair.objects.get().applied_at


def chosen():
    """A closed round in which two have become a pair, and two others who have nobody."""
    found = make_choosing(2, 2)
    mentors, mentees = sides_of(found)
    choose_each_other(found, mentors[0], mentees[0])
    return found


def test_nobody_is_placed_past_people_who_choose_or_are_asked():
    found = chosen()
    manager = manager_of(found.cohort)

    with pytest.raises(ValidationError, match="still choosing"):
        start_repair(found.cohort, by=manager)

    close_choosing(found, by=manager)
    repair = looked_for(found.cohort)
    open_preview(computed(found.cohort), by=manager)
    for act in (lambda: start_repair(found.cohort, by=manager), lambda: use(repair)):
        with pytest.raises(ValidationError, match="Both sides are being asked"):
            act()
    assert Pair.objects.count() == 1


def test_who_is_kept_apart_by_hand_is_so_where_no_run_is_published():
    found = chosen()
    cohort, manager = found.cohort, manager_of(found.cohort)
    close_choosing(found, by=manager)
    mentors, mentees = sides_of(found)
    CoupleRule.objects.create(
        cohort=cohort, mentor=mentors[1], mentee=mentees[1], kind="ban", set_by=manager
    )

    repair = looked_for(cohort)

    begun = {(one["mentor"], one["mentee"]) for way in repair.options for one in way["begins"]}
    assert (str(mentors[1].pk), str(mentees[1].pk)) not in begun


def test_what_stays_and_what_may_change_have_no_couple_in_common():
    """Each time one more finds no place beside those that stay, as often as it takes."""
    couples = published(1, 5, capacity={"mentor": 5, "mentee": 1})
    cohort = couples[0].pair.cohort
    Enrollment.objects.mentors().update(capacity=4)
    for role in ("mentor", "mentee"):
        reserve(cohort, role)

    case = case_of(cohort, policy_of_repair(cohort))

    assert len(case.fixed) == 5
    assert not case.free


def test_whom_a_repair_has_not_placed_is_its_reserve_and_not_looked_for_any_more():
    couple, _other = published()
    cohort = couple.pair.cohort
    Cohort.objects.update(starts_on=timezone.localdate())
    reserve(cohort)
    end_pair(couple.pair, by=manager_of(cohort))
    before = parts_of(couple.mentor, timezone.localdate())

    use(looked_for(cohort))

    after = parts_of(couple.mentor, timezone.localdate())
    assert [part.had_one for part in before] == [True]
    assert [(part.had_one, part.is_published) for part in after] == [(False, True)]
    assert adrift_counts([cohort]) == {}
