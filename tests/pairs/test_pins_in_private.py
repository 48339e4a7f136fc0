"""A pin that meets a private request is told by nothing from one that would harm somebody else."""

import json
import re

import pytest
from django.urls import reverse

from tests.conftest import Client
from tests.pairs.organizations import manager_of
from tests.pairs.test_rules import decide, made, sides_of
from tests.pairs.test_runs import computed, make_sides
from tests.pairs.test_views_runs import page
from upwell.pairs.models import CoupleRule
from upwell.pairs.queries import names_not_kept
from upwell.pairs.services import add_block, recheck_run, why_not
from upwell.programs.models import Enrollment

pytestmark = pytest.mark.django_db

UNKEPT = "1 couple could not be kept together"


def pinned(cohort, mentor, mentee):
    """A run that was to keep these two together, of whom the first run knew nothing private."""
    decide(computed(cohort), mentor, mentee)
    return computed(cohort)


def asked_apart():
    cohort = make_sides(3, 3)
    mentors, mentees = sides_of(cohort)
    add_block(mentees[0].person, mentors[0].person)
    return cohort, mentors[0], mentees[0]


def somebody_elses_only_one():
    """The first mentor is the only one who speaks the language of the second mentee."""
    cohort = make_sides(3, 3)
    cohort.program.refresh_from_db()
    policy = json.loads(cohort.program.policy_json)
    policy["rules"]["shared_language"] = True
    cohort.program.policy_json = json.dumps(policy)
    cohort.program.save()
    mentors, mentees = sides_of(cohort)
    for one in (*mentors, *mentees):
        languages = ["english"]
        if one == mentors[0]:
            languages = ["english", "german"]
        if one == mentees[1]:
            languages = ["german"]
        one.person.languages = languages
        one.person.save()
    return cohort, mentors[0], mentees[0]


@pytest.mark.parametrize("make", [asked_apart, somebody_elses_only_one])
def test_a_pin_that_cannot_be_kept_says_the_same_whatever_it_was(client, make):
    cohort, mentor, mentee = make()
    client.force_login(manager_of(cohort))

    run = pinned(cohort, mentor, mentee)

    assert (run.state, run.figures["pairs"], run.pins_added) == ("done", 3, 0)
    assert (mentor.pk, mentee.pk) not in made(run)
    assert names_not_kept(run) == [f"{mentor.person.name} – {mentee.person.name}"]
    html = page(client, "run_detail", run.pk)
    assert UNKEPT in html and "nobody is told" in html
    assert json.loads(run.certificate)["policy"]["pairs"]["pin"] == []
    assert recheck_run(run) == []
    assert why_not(run, mentor, mentee) == []


def test_setting_a_pin_answers_the_same_with_and_without_a_request():
    answers = set()
    for make in (asked_apart, somebody_elses_only_one):
        cohort, mentor, mentee = make()
        run, client = computed(cohort), Client()
        client.force_login(manager_of(cohort))
        posted = {"kind": "pin", "mentor": mentor.pk, "mentee": mentee.pk, "from": "why"}
        response = client.post(
            reverse("pairs:run_rule_set", args=[run.pk]), posted, headers={"hx-request": "true"}
        )
        text = re.sub(r"[0-9a-f-]{36}|Person \d+|value=\"\w+\"", "…", response.content.decode())
        for one in (mentor, mentee):
            text = text.replace(one.person.name, "…")
        answers.add(text)

    assert len(answers) == 1
    assert CoupleRule.objects.count() == 2


def test_a_fault_that_everybody_may_know_is_the_same_with_a_request():
    said = set()
    for is_asked in (False, True):
        cohort = make_sides(2, 2)
        (mentor, _), mentees = sides_of(cohort)
        run = computed(cohort)
        Enrollment.objects.filter(pk=mentor.pk).update(capacity=2)
        mentor.refresh_from_db()
        for mentee in mentees:
            decide(run, mentor, mentee)
        Enrollment.objects.filter(pk=mentor.pk).update(capacity=1)
        if is_asked:
            add_block(mentees[0].person, mentor.person)
        said.add(computed(cohort).faults[0]["code"])

    assert said == {"pin_places"}


def test_of_several_pins_those_that_harm_nobody_are_kept():
    cohort, mentor, mentee = somebody_elses_only_one()
    mentors, mentees = sides_of(cohort)
    run = computed(cohort)
    decide(run, mentor, mentee)
    decide(run, mentors[1], mentees[2])

    again = computed(cohort)

    assert again.pins_added == 1
    assert (mentors[1].pk, mentees[2].pk) in made(again)
    assert names_not_kept(again) == [f"{mentor.person.name} – {mentee.person.name}"]
