"""A run checked again, its certificate, and why two people were kept apart."""

import json

import pytest
from django.urls import reverse

from tests.factories import make_enrollment, make_manager, make_run
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.pairs.models import MatchRun
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

HTMX = {"hx-request": "true"}
PAGES = [("run_check", "post"), ("run_certificate", "get")]
PAGES += [("run_table", "get"), ("run_why_not", "get")]


def done(client, **policy):
    cohort = make_sides(**policy)
    client.force_login(manager_of(cohort))
    return computed(cohort)


def changed(run):
    """Say more in the certificate than is so."""
    body = json.loads(run.certificate)
    run.certificate = json.dumps({**body, "value": body["value"] + 1})
    run.save()


def ask(client, run, mentor, mentee, **options):
    url = reverse("pairs:run_why_not", args=[run.pk])
    return client.get(url, {"mentor": mentor, "mentee": mentee}, **options).content.decode()


def both(run):
    proposal = run.proposals.first()
    return proposal.mentor.person, proposal.mentee.person


def test_run_check_says_that_the_proof_holds(client):
    run = done(client)

    response = client.post(reverse("pairs:run_check", args=[run.pk]), follow=True)

    assert "The proof was checked again just now, and it holds." in response.content.decode()


def test_run_check_answers_htmx_with_the_proof_only(client):
    run = done(client)

    html = client.post(reverse("pairs:run_check", args=[run.pk]), headers=HTMX).content.decode()

    assert html.strip().startswith('<section class="notice notice--proof"')
    assert "over every pair: it holds." in html


def test_a_run_shows_when_it_was_last_checked_and_what_came_of_it(client):
    run = done(client)
    before = client.get(run.get_absolute_url()).content.decode()
    client.post(reverse("pairs:run_check", args=[run.pk]))
    held = client.get(run.get_absolute_url()).content.decode()
    changed(run)
    client.post(reverse("pairs:run_check", args=[run.pk]))
    broken = client.get(run.get_absolute_url()).content.decode()

    assert "Checked again on" not in before
    assert "over every pair: it holds." in held
    assert "The proof does not hold:" in broken and "its digest does not fit" in broken


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_run_check_says_what_is_wrong(client, headers):
    run = done(client)
    changed(run)

    url = reverse("pairs:run_check", args=[run.pk])
    html = client.post(url, headers=headers, follow=True).content.decode()

    assert "The proof does not hold" in html
    assert "its digest does not fit" in html
    assert "it holds." not in html


def test_run_check_says_that_nothing_can_be_read(client):
    run = done(client)
    run.certificate = "["
    run.save()

    html = client.post(reverse("pairs:run_check", args=[run.pk]), headers=HTMX).content.decode()

    assert "the certificate that is handed out cannot be read" in html


def test_run_certificate_is_the_document_to_keep(client):
    run = done(client)

    response = client.get(reverse("pairs:run_certificate", args=[run.pk]))

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="upwell-run-1-certificate.json"'
    )
    assert json.loads(response.content) == json.loads(run.certificate)


def test_run_why_not_says_that_two_are_a_pair(client):
    run = done(client)
    mentor, mentee = both(run)

    html = ask(client, run, f"{mentor.name} ({mentor.employee_id})", mentee.name)

    assert f"{mentor.name} and {mentee.name} are a pair in this run" in html


def test_run_why_not_says_that_nothing_is_in_the_way_and_whom_they_have(client):
    run = done(client)
    first, second = run.proposals.all()

    html = ask(client, run, first.mentor.person.name, second.mentee.person.name)

    assert "Nothing that can be told stands in the way: others suit the two of them" in html
    assert first.mentee.person.name in html and second.mentor.person.name in html


def test_run_why_not_names_the_rules_in_the_way_and_no_private_one_singly(client):
    cohort = make_sides()
    client.force_login(manager_of(cohort))
    mentor = cohort.enrollments.mentors().first().person
    mentee = cohort.enrollments.mentees().first().person
    mentor.lines.create(manager=mentee)
    run = computed(cohort)

    html = ask(client, run, mentor.name, mentee.name, headers=HTMX)

    assert f"{mentor.name} cannot mentor {mentee.name}" in html
    assert "kept apart (reporting line, earlier pair or private request)" in html
    assert html.strip().startswith("<div")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nobody at all", "Nobody of that name takes part here on this side."),
        ("Person", "Which one? For example: Person"),
        ("", "Please fill this in."),
    ],
)
def test_run_why_not_asks_again(client, text, words):
    run = done(client)

    assert words in ask(client, run, text, "Person")


def test_run_why_not_tells_people_of_one_name_apart(client):
    run = done(client)
    Person.objects.update(name="Ama Owusu")
    mentor, mentee = both(run)

    html = ask(
        client, run, f"Ama Owusu ({mentor.employee_id})", f"Ama Owusu ({mentee.employee_id})"
    )

    assert "are a pair in this run" in html


def test_run_why_not_says_who_was_not_in_the_run(client):
    run = done(client)
    late = make_enrollment(run.cohort, "mentor")
    _mentor, mentee = both(run)

    html = ask(client, run, late.person.name, mentee.name)

    assert f"{late.person.name} was not among the people of this run." in html


def test_run_why_not_offers_names_before_anything_is_asked(client):
    run = done(client)
    mentor, _mentee = both(run)

    html = client.get(reverse("pairs:run_why_not", args=[run.pk])).content.decode()

    assert f'<option value="{mentor.name} ({mentor.employee_id})">' in html
    assert "Please fill this in." not in html


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_runs_of_others_are_hidden(client, name, method):
    run = computed(make_sides())
    client.force_login(make_manager())

    response = getattr(client, method)(reverse(f"pairs:{name}", args=[run.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_runs_of_ones_own_cohort_are_hidden(client, name, method):
    run = done(client)
    make_enrollment(run.cohort, person=manager_of(run.cohort))

    response = getattr(client, method)(reverse(f"pairs:{name}", args=[run.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_a_run_without_a_result_has_no_proof(client, name, method):
    cohort = make_sides()
    client.force_login(manager_of(cohort))
    run = make_run(cohort, state=MatchRun.State.WAITING)

    response = getattr(client, method)(reverse(f"pairs:{name}", args=[run.pk]))

    assert response.status_code == 404
