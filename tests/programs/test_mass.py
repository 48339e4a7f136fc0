"""Critical mass of a cohort: from the roster to a sentence."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_cohort,
    make_enrollment,
    make_level,
    make_person,
    make_program,
    make_run,
    make_willing,
)
from upwell.matching.turnout import Assumed, Counted, Rates
from upwell.pairs.services import add_block
from upwell.people.models import OrgUnit, Person
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.mass_words import sentence_of
from upwell.programs.models import (
    Assumption,
    Cohort,
    Enrollment,
    Estimate,
    Pledge,
    Program,
    Signature,
)
from upwell.programs.queries.mass import rates_of
from upwell.programs.queries.mass_inputs import outdated
from upwell.programs.services.answering import answer
from upwell.programs.services.mass import part_names

pytestmark = pytest.mark.django_db
POLICY = Policy.from_values(
    {
        "mentors": {"levels": ["Associate"]},
        "mentees": {"levels": ["Director"]},
        "rules": {"level_gap": 1},
    }
)


@pytest.fixture
def cohort(manager):
    program = make_program(manager, policy_json=POLICY.to_json())
    return make_cohort(
        program=program, name="Spring", starts_on=timezone.localdate() + timedelta(days=60)
    )


def people(level, count, unit=None):
    height = {"Associate": 1, "Director": 2}[level]
    return [make_person(level=make_level(level, height), unit=unit) for _ in range(count)]


def take_part(cohort, mentors, mentees):
    for role, level, count in (("mentor", "Associate", mentors), ("mentee", "Director", mentees)):
        for person in people(level, count):
            make_enrollment(cohort, role, person=person)


def shown(client, cohort):
    return client.get(reverse("programs:mass_detail", args=[cohort.pk]))


def test_enough_people_are_told_and_kept(client, cohort):
    take_part(cohort, 12, 4)

    response = shown(client, cohort)

    assert "Enough people: everyone can be paired with 99 % confidence." in (
        response.content.decode()
    )
    assert Estimate.objects.get().is_done


def test_how_many_more_and_where_is_told_with_a_range(client, cohort):
    for role, level in (("mentor", "Associate"), ("mentee", "Director")):
        for person in people(level, 30):
            make_willing(cohort.program, role, person=person)
    people("Associate", 40)

    text = shown(client, cohort).content.decode()

    found = Estimate.objects.get()
    assert 0 < found.least < found.most
    assert (
        f"Invite {found.least} to {found.most} more mentors to pair everyone with 95 % confidence."
        in text
    )


def test_they_come_from_the_parts_that_can_mentor_whom_nobody_can(cohort):
    cohort.program.policy_json = POLICY.model_copy(
        update={"rules": POLICY.rules.model_copy(update={"unit": "different"})}
    ).to_json()
    cohort.program.save()
    law, risk = OrgUnit.objects.create(name="Law"), OrgUnit.objects.create(name="Risk")
    for person in people("Director", 9, law):
        make_enrollment(cohort, "mentee", person=person)
    people("Associate", 40, law)
    people("Associate", 40, risk)

    found = services.work_out(cohort)

    assert found.best == ["Risk"]
    assert ", mostly in Risk, to pair everyone" in sentence_of(found)


def test_who_is_willing_counts_and_who_means_another_cohort_does_not(cohort):
    take_part(cohort, 0, 1)
    other = make_cohort(program=cohort.program)
    for person in people("Associate", 3):
        make_willing(cohort.program, person=person)
    make_willing(cohort.program, person=people("Associate", 1)[0], when="named", cohort=other)

    assert services.work_out(cohort).figures["mentors"] == [0, 3]


def test_private_requests_do_not_enter(cohort):
    take_part(cohort, 4, 2)
    before = services.work_out(cohort)
    mentee = cohort.enrollments.mentees().first().person
    for enrollment in cohort.enrollments.mentors():
        add_block(enrollment.person, mentee)

    after = services.work_out(cohort)

    assert (after.least, after.most, after.chance) == (before.least, before.most, before.chance)


def test_without_mentees_they_are_invited_first(client, cohort):
    take_part(cohort, 3, 0)

    assert "Invite mentees first." in shown(client, cohort).content.decode()


def test_after_the_match_nobody_more_is_to_be_invited(cohort):
    make_run(cohort, published_at=timezone.now())

    assert services.work_out(cohort).state == "published"


def test_nobody_else_at_the_level_is_told(cohort):
    take_part(cohort, 1, 4)

    assert "nobody else at their level" in sentence_of(services.work_out(cohort))


def say_no(enrollment, *, asks_next=False):
    services.step_out(enrollment, asks_next=asks_next, by=enrollment.person)


def end(cohort):
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=date(2020, 1, 1))


def test_what_was_counted_takes_the_place_of_what_is_assumed(cohort):
    earlier = make_cohort(program=cohort.program, starts_on=timezone.localdate())
    asked_at = timezone.now()
    for state in ["enrolled"] * 22 + ["asked"] * 4:
        make_enrollment(earlier, state=state, asked_at=asked_at)
    for enrollment in [*earlier.enrollments.enrolled()[:1], *earlier.enrollments.unanswered()[:1]]:
        say_no(enrollment)
    end(earlier)

    rates = rates_of(cohort.program).rates

    assert (rates.joins, rates.leaves) == (Counted(22, 26), Counted(1, 22))


def test_a_pledge_that_was_signed_for_another_cohort_says_nothing_of_this_one(cohort):
    earlier = make_cohort(program=cohort.program, starts_on=timezone.localdate())
    pledge = Pledge.objects.create(version=1, language="en", text="I promise.")
    asked_at = timezone.now() - timedelta(days=900)
    for state in ["asked"] * 10 + ["enrolled"] * 20:
        person = make_enrollment(earlier, state=state, asked_at=asked_at).person
        signed_at = timezone.now() if state == "asked" else asked_at - timedelta(days=400)
        Signature.objects.create(
            program=cohort.program, person=person, pledge=pledge, signed_at=signed_at
        )
    for enrollment in [
        *earlier.enrollments.filter(state="asked"),
        *earlier.enrollments.enrolled()[:5],
    ]:
        say_no(enrollment)
    end(earlier)

    rates = rates_of(cohort.program).rates

    assert (rates.joins, rates.leaves) == (Counted(20, 30), Counted(5, 20))


def test_whoever_says_yes_again_has_not_left(cohort):
    enrollment = make_enrollment(cohort)
    for asks_next in (False, True):
        say_no(enrollment, asks_next=asks_next)
    assert cohort.enrollments.get().has_left

    answer(cohort.enrollments.get(), Enrollment.State.ENROLLED, by=enrollment.person)

    assert not cohort.enrollments.get().has_left


def test_of_few_people_what_is_assumed_counts(cohort):
    earlier = make_cohort(program=cohort.program, starts_on=timezone.localdate())
    make_enrollment(earlier, asked_at=timezone.now())

    assert rates_of(cohort.program).rates == Rates(
        Assumed(0.5, 0.65, 0.8), Assumed(0.02, 0.05, 0.12)
    )


def test_who_was_asked_counts_as_asked_and_who_is_out_not_at_all(cohort):
    take_part(cohort, 3, 2)
    mentors = list(cohort.enrollments.mentors())
    for enrollment, state in zip(mentors, ("asked", "out", "enrolled"), strict=True):
        enrollment.state = state
        enrollment.save()

    assert services.work_out(cohort).figures["mentors"] == [1, 2]


def test_other_assumptions_are_kept_with_the_program(client, cohort):
    take_part(cohort, 12, 4)
    given = {"joins_low": 20, "joins_usual": 30, "joins_high": 40}
    given |= {"leaves_low": 1, "leaves_usual": 2, "leaves_high": 3}

    client.post(reverse("programs:mass_detail", args=[cohort.pk]), given)
    client.post(reverse("programs:mass_detail", args=[cohort.pk]), given | {"joins_low": 90})

    (kept,) = Assumption.objects.values_list("joins_low", "joins_usual", "leaves_high")
    assert kept == (20, 30, 3)


def test_assumptions_rise(cohort, manager):
    with pytest.raises(ValidationError, match="the numbers rise"):
        services.set_assumption(cohort.program, by=manager, joins_low=99)


def without_mentors(cohort, mentees):
    """Ten mentees, of whom so many are in the unit of all mentors, which the policy rules out."""
    rules = POLICY.rules.model_copy(update={"unit": "different"})
    cohort.program.policy_json = POLICY.model_copy(update={"rules": rules}).to_json()
    cohort.program.save()
    law, risk = OrgUnit.objects.create(name="Law"), OrgUnit.objects.create(name="Risk")
    for role, level, count, unit in (
        ("mentor", "Associate", 12, law),
        ("mentee", "Director", mentees, law),
        ("mentee", "Director", 10 - mentees, risk),
    ):
        for person in people(level, count, unit):
            make_enrollment(cohort, role, person=person)


def test_enough_for_everyone_else_is_not_enough(client, cohort):
    without_mentors(cohort, 9)

    text = shown(client, cohort).content.decode()

    assert (
        "By the rules of the policy, nobody may mentor 9 of the mentees."
        " Enough people: everyone else can be paired with 99 % confidence."
    ) in text
    assert "Look at the policy" in text
    assert not Estimate.objects.get().is_done


def test_more_for_everyone_else_are_told_so():
    said = sentence_of(Estimate(state="more", least=4, most=4, figures={"alone": 1}))

    assert said == (
        "By the rules of the policy, nobody may mentor 1 of the mentees."
        " Invite 4 more mentors to pair everyone else with 95 % confidence."
    )


def test_where_hardly_anybody_comes_that_is_said():
    def said(comes):
        return sentence_of(Estimate(state="too_few", most=27_000, figures={"comes": comes}))

    assert said(0.0095) == (
        "Fewer than 1 % of those invited would be there at the match, so that not even all 27,000"
        " others are enough."
    )
    assert said(0) == said(0.0095)
    assert said(0.6).startswith("Even with 27,000 more mentors, and there are no others,")


def test_where_hardly_anybody_comes_no_search_is_made(cohort, manager):
    take_part(cohort, 1, 4)
    people("Associate", 3)
    zero = dict.fromkeys(("joins_low", "joins_usual", "joins_high"), 0)
    services.set_assumption(cohort.program, by=manager, **zero)

    assert sentence_of(services.work_out(cohort)).startswith("Fewer than 1 %")


def is_outdated(cohort):
    return bool(
        outdated(Estimate.objects.filter(cohort=cohort), [Cohort.objects.get(pk=cohort.pk)])
    )


CHANGES = {
    "a mentor is taken out": lambda cohort: cohort.enrollments.mentors().first().delete(),
    "all mentors are": lambda cohort: cohort.enrollments.mentors().delete(),
    "somebody says no": lambda cohort: say_no(cohort.enrollments.mentees().first()),
    "somebody is willing": lambda cohort: make_willing(cohort.program),
    "somebody leaves": lambda cohort: Person.objects.filter(enrollments__cohort=cohort).update(
        is_active=False
    ),
    "others leave": lambda cohort: Person.objects.filter(enrollments=None, staffed=None).update(
        is_active=False
    ),
    "a capacity is changed": lambda cohort: cohort.enrollments.mentors().update(capacity=3),
    "the policy is changed": lambda cohort: Program.objects.update(policy_json=Policy().to_json()),
    "the assumptions are": lambda cohort: Assumption.objects.create(program=cohort.program),
    "it is matched": lambda cohort: make_run(cohort, published_at=timezone.now()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_worked_out_is_outdated_once_something_changes(cohort, change):
    take_part(cohort, 12, 4)
    people("Associate", 3)
    services.work_out(cohort)
    assert not is_outdated(cohort)

    change(cohort)

    assert is_outdated(cohort)
    services.work_out(Cohort.objects.get(pk=cohort.pk))
    assert not is_outdated(cohort)


def test_private_requests_and_other_cohorts_make_nothing_outdated(cohort):
    take_part(cohort, 12, 4)
    services.work_out(cohort)

    add_block(*[one.person for one in cohort.enrollments.all()[:2]])
    other = make_cohort(program=cohort.program)
    willing = Person.objects.exclude(enrollments=None).first()
    make_willing(cohort.program, person=willing, when="named", cohort=other)

    assert not is_outdated(cohort)


def test_the_sentence_names_at_most_three_parts():
    def said(best, parts):
        figures = {"parts": dict.fromkeys(parts, 9)}
        return sentence_of(Estimate(state="more", least=0, most=4, best=[*best], figures=figures))

    assert ", mostly in A and B, to" in said("AB", "ABC")
    assert ", mostly outside E, to" in said("ABCD", "ABCDE")
    assert said("ABCD", "ABCDEFG") == (
        "Invite up to 4 more mentors to pair everyone with 95 % confidence."
    )


def test_parts_are_the_units_below_the_one_at_the_top():
    top = OrgUnit.objects.create(name="Meridian")
    law = OrgUnit.objects.create(name="Law", parent=top)
    tax = OrgUnit.objects.create(name="Tax", parent=law)

    assert part_names() == {top.pk: "Meridian", law.pk: "Law", tax.pk: "Law"}


def test_the_manager_of_another_program_finds_nothing(client, manager):
    assert shown(client, make_cohort()).status_code == 404


@pytest.mark.parametrize("count", [2, 6])
def test_it_costs_the_same_queries_for_few_and_many(cohort, count, django_assert_num_queries):
    take_part(cohort, count, count)
    people("Associate", count)

    with django_assert_num_queries(29):
        services.work_out(cohort)
