"""What is asked or told in private changes nothing that a program manager is shown, word for word.

The same cohort is matched and published twice, without a request and with one that does not change
the pairs; or with nobody who has told anything of their background and with two who have, which
makes their own pair better by a lot. In between everything is undone, so that no number and no name
can differ by chance. What remains but ids, times, salts and what is sealed must be equal: each
page, each download, each answer to "Why not these two?", each message and each entry of the audit
log.
"""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.urls import reverse

import upwell.pairs.queries.proof
from tests.backgrounds import tell_of, weigh
from tests.conftest import Client
from tests.pairs.choosing import opened
from tests.pairs.organizations import load_demo, manager_of
from tests.security.test_s2_canaries import text_of
from tests.security.walking import address, ask
from tests.security.world import World, routes
from upwell.audit.models import AuditEntry
from upwell.core.access import table
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import ChoiceSheet, Couple, RunShare
from upwell.pairs.models.choosing import seal_choices
from upwell.pairs.services import add_block, close_choosing, publish_run, start_run, why_not
from upwell.people.models import Person
from upwell.policy.compile import Compiled
from upwell.programs.models import Enrollment, Program
from upwell.programs.services.background import PURPOSES, take_back

pytestmark = pytest.mark.django_db

SHIFTING = (
    r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",  # ids
    r"\b[0-9a-f]{64}\b|\b[0-9a-f]{12}…",  # digests, whose salts differ
    r"nonce-[\w+/=-]+|nonce=\"[^\"]+\"",
    r"csrfmiddlewaretoken\" value=\"\w+\"|X-CSRFToken\": \"\w+\"",
    r"\d+(\.\d+)? seconds",
    r"(\w+\.? \d{1,2}, \d{4}, )?"  # a date before a time, since midnight may lie between
    r"(\d{1,2}:\d\d(:\d\d(\.\d+)?)?( [ap]\.m\.)?|\d{1,2} [ap]\.m\.|noon|midnight)",
    r"'Content-Length': '\d+'",
)
FEWEST_ANSWERS = 150
OTHERWISE = {"account_logout", "mfa_activate_totp"}
"""Routes that end the visit, or show another secret each time."""


@pytest.fixture
def cohort():
    cohort, _people = load_demo(60)
    Person.objects.filter(pk=manager_of(cohort).pk).update(sign_in_email="manager@example.com")
    return cohort


@pytest.fixture
def two(cohort, run_jobs):
    """A mentor and a mentee who may be paired, and are not."""
    with undone():
        run = matched(cohort, run_jobs)
        made = {*run.proposals.values_list("mentor", "mentee")}
        people = cohort.enrollments.select_related("person").order_by("pk")
        return next(
            (mentor, mentee)
            for mentor in people.mentors()
            for mentee in people.mentees()
            if (mentor.pk, mentee.pk) not in made and not why_not(run, mentor, mentee)
        )


def test_request_that_changes_no_pair_changes_nothing_that_is_shown(cohort, two, run_jobs, tell):
    plain, asked = seen_without_and_with(cohort, two, run_jobs)

    tell(
        f"Private requests: {len(plain)} answers, messages and entries of a run without and"
        f" of one with a request: {len(differences(plain, asked))} differ"
    )
    assert differences(plain, asked) == []
    assert len(plain) > FEWEST_ANSWERS


def test_the_proof_finds_a_page_that_counts_them(cohort, two, run_jobs, monkeypatch):
    quiet = upwell.pairs.queries.proof.weighed

    def telling(figures):
        return f"{quiet(figures)} Of {RunShare.objects.count()} people one is told nothing."

    monkeypatch.setattr("upwell.pairs.queries.proof.weighed", telling)

    plain, asked = seen_without_and_with(cohort, two, run_jobs)

    assert differences(plain, asked) == [
        "before pairs:run_detail",
        "checked again",
        "pairs:run_detail",
    ]


@pytest.fixture(params=["total", "fair", "stable"])
def weighing(cohort, request):
    """The cohort under a policy in which backgrounds count, by each way of choosing."""
    policy = cohort.program.policy.model_copy(update={"objective": request.param})
    Program.objects.filter(pk=cohort.program_id).update(policy_json=policy.to_json())
    weigh(cohort, 40)
    return cohort


@pytest.fixture
def pair(weighing, run_jobs):
    """A mentor and a mentee who are paired where nobody has told anything."""
    with undone():
        made = matched(weighing, run_jobs).proposals.order_by("score", "mentor__person__name")
        return made[2].mentor, made[2].mentee


def tell_backgrounds(pair):
    """The two differ in everything, others agree to figures alone, and one takes it all back."""
    rows = ("yhywyy", "nanmnn")
    others = Enrollment.objects.filter(cohort=pair[0].cohort).exclude(pk__in=[e.pk for e in pair])
    for enrollment, row in zip(pair, rows, strict=True):
        tell_of(enrollment, row, PURPOSES.values)
    for enrollment in others[:3]:
        tell_of(enrollment, "yhywyy", ["monitoring"])
    tell_of(others[4], "nanmnn")
    take_back(others[4], PURPOSES.values)


def test_backgrounds_that_change_no_pair_change_nothing_that_is_shown(
    weighing, pair, run_jobs, tell
):
    plain, told = seen_without_and_with(weighing, pair, run_jobs, lambda: tell_backgrounds(pair))

    tell(
        f"Backgrounds: {len(plain)} answers, messages and entries of a run without and of one with"
        f" answers: {len(differences(plain, told))} differ"
    )
    assert differences(plain, told) == []
    assert len(plain) > FEWEST_ANSWERS


@pytest.fixture(params=["total", "fair", "stable"])
def ranked(cohort, request):
    """The cohort after a round in which everybody could put a short list in order."""
    policy = cohort.program.policy.model_copy(update={"objective": request.param})
    Program.objects.filter(pk=cohort.program_id).update(policy_json=policy.to_json())
    cohort.refresh_from_db()
    close_choosing(opened(cohort), by=manager_of(cohort))
    return cohort


@pytest.fixture
def alike(ranked, run_jobs):
    """A mentor and a mentee who are paired where nobody has put anything in order."""
    with undone():
        made = matched(ranked, run_jobs).proposals.order_by("score", "mentor__person__name")
        return made[2].mentor, made[2].mentee


def put_in_order(pair):
    """The two want nobody more than each other."""
    for one, other in (pair, pair[::-1]):
        sheet = ChoiceSheet.objects.get(enrollment=one)
        seal_choices([sheet], [[other.pk]])
        sheet.save()


def test_orders_that_change_no_pair_change_nothing_that_is_shown(ranked, alike, run_jobs, tell):
    plain, told = seen_without_and_with(ranked, alike, run_jobs, lambda: put_in_order(alike))

    tell(
        f"Orders: {len(plain)} answers, messages and entries of a run without and of one with an"
        f" order: {len(differences(plain, told))} differ"
    )
    assert differences(plain, told) == []
    assert len(plain) > FEWEST_ANSWERS


@pytest.mark.parametrize("ranked", ["total"], indirect=True)
def test_the_proof_finds_points_of_orders_that_are_shown(ranked, alike, run_jobs, monkeypatch):
    monkeypatch.setattr(Compiled, "open_scores", lambda self, pairs, scores: scores)

    plain, told = seen_without_and_with(ranked, alike, run_jobs, lambda: put_in_order(alike))

    assert {"pairs:run_detail", "pairs:run_certificate"} <= {*differences(plain, told)}


@pytest.mark.parametrize("weighing", ["total"], indirect=True)
@pytest.mark.parametrize("guard", ["scores", "bound"])
def test_the_proof_finds_points_that_are_shown(weighing, pair, run_jobs, monkeypatch, guard):
    if guard == "scores":
        monkeypatch.setattr(Compiled, "open_scores", lambda self, pairs, scores: scores)
    else:
        monkeypatch.setattr(Compiled, "is_partly_told", False)
        monkeypatch.setattr("upwell.pairs.services.private.with_open_value", lambda body, _: body)

    plain, told = seen_without_and_with(weighing, pair, run_jobs, lambda: tell_backgrounds(pair))

    assert {"pairs:run_detail", "pairs:run_certificate"} <= {*differences(plain, told)}


def test_times_are_set_aside_on_the_full_hour_too():
    times = ("Nov. 29, 2026, 11:59 p.m.", "Nov. 30, 2026, midnight", "Nov. 30, 2026, 8 p.m.")

    assert {steady(time) for time in times} == {"…"}


def seen_without_and_with(cohort, two, run_jobs, change=None):
    """All that the manager is shown, once without a request of the two, or what else changes, and
    once with it.
    """
    mentor, mentee = (side.person for side in two)
    with undone():
        plain = seen(cohort, two, run_jobs)
    with undone():
        if change is None:
            add_block(mentor, mentee)
        else:
            change()
        asked = seen(cohort, two, run_jobs)
    return plain, asked


class undone:  # noqa: N801 -- used as a function, as context managers are
    """Takes back everything that is written in it."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error):
        connection.set_rollback(True)
        self.atomic.__exit__(*error)


def matched(cohort, run_jobs):
    run = start_run(cohort, by=manager_of(cohort))
    run_jobs()
    run.refresh_from_db()
    return run


def seen(cohort, two, run_jobs):
    """Everything that the manager gets of a run, before and after it is published."""
    run, manager = matched(cohort, run_jobs), manager_of(cohort)
    client = Client()
    client.force_login(manager)
    found = {f"before {route}": text for route, text in crawl(client, cohort, run)}
    found |= dict(answers(client, run, two))
    checked = client.post(reverse("pairs:run_check", args=[run.pk]), follow=True)
    found["checked again"] = text_of(checked)
    publish_run(run, reason="Looked at by hand.", by=manager)
    found |= dict(crawl(client, cohort, run))
    messages = OutboxMessage.objects.order_by("address", "subject")
    found["messages"] = str([*messages.values_list("address", "subject", "text")])
    entries = AuditEntry.objects.order_by("at")
    found["audit"] = str([*entries.values_list("by", "event", "object_kind", "facts")])
    found["pairs"] = str(sorted(run.proposals.values_list("mentor", "mentee")))
    return {what: steady(text) for what, text in found.items()}


def crawl(client, cohort, run):
    """Every route with the rows at hand, but for those that want rows of other kinds."""
    couple = Couple.objects.order_by("mentor__name").first()
    person = cohort.enrollments.order_by("person__name").first()
    rows = (cohort.program, cohort, person, run, person.person, run.job, couple and couple.pair)
    world = World([], {type(row): row.pk for row in rows if row}, {})
    for route, names in routes():
        wanted = {model for entry in table().get(route, ()) for model in entry.ids.values()}
        if wanted <= world.ids.keys() and route not in OTHERWISE:
            yield route, text_of(ask(client, "GET", address(world, route, names)))


def answers(client, run, two):
    """Why not these two: of the two, and of everybody whom one of them might have had."""
    mentors, mentees = (run.cohort.enrollments.filter(role=role) for role in ("mentor", "mentee"))
    couples = [(two[0], one) for one in mentees] + [(one, two[1]) for one in mentors]
    for couple in couples:
        names = [f"{one.person.name} ({one.person.employee_id})" for one in couple]
        query = urlencode(dict(zip(("mentor", "mentee"), names, strict=True)))
        url = f"{reverse('pairs:run_why_not', args=[run.pk])}?{query}"
        yield f"why not {names}", text_of(ask(client, "GET", url))


def steady(text):
    """The text without what differs between any two runs."""
    for pattern in SHIFTING:
        text = re.sub(pattern, "…", text)
    return text


def differences(plain, asked):
    assert plain.keys() == asked.keys()
    return [what for what in plain if plain[what] != asked[what]]
