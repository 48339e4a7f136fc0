"""Publishing from the page, and the list of the pairs afterwards."""

import pytest
from django.urls import reverse

from tests.factories import make_enrollment, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Couple, MatchRun, Pair, Proposal
from upwell.pairs.services import publish_run
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

HTMX = {"hx-request": "true"}
WHY = "Everybody was asked in person."


def done(client, mentors=2, mentees=2, *, unchecked=()):
    """A run that could check every rule but those named."""
    cohort = make_sides(mentors, mentees)
    people = Person.objects.filter(enrollments__cohort=cohort)
    for person in people:
        Person.objects.filter(pk=person.pk).update(contact_email=f"{person.pk}@example.com")
    client.force_login(manager_of(cohort))
    run = computed(cohort)
    run.figures |= {"not_checked": [*unchecked], "unknown": {}, "reporting_lines_unknown": 0}
    run.save()
    return run


def publish(client, run, **values):
    return client.post(reverse("pairs:run_publish", args=[run.pk]), values)


def published(client, count=2):
    run = done(client, count, count)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    return run


def pair_list(client, run, *, headers=None, **query):
    return client.get(reverse("pairs:pair_list", args=[run.cohort_id]), query, headers=headers)


def test_run_publish_says_what_will_happen(client):
    run = done(client)
    Person.objects.filter(pk=run.proposals.first().mentor.person_id).update(contact_email="")

    html = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    assert "Bring 2 pairs together?" in html
    assert "3 people get an e-mail" in html
    assert "1 person has no address in the directory" in html
    assert "4 of 4 people cannot sign in yet." in html
    assert reverse("programs:participant_list", args=[run.cohort_id]) in html
    assert "could not be checked" not in html
    assert not Pair.objects.exists()


def test_run_publish_is_silent_where_everybody_can_sign_in(client):
    run = done(client)
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(sign_in_email=f"{person.pk}@example.com")

    html = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    assert "cannot sign in yet" not in html


def test_run_publish_publishes_and_leads_to_the_pairs(client):
    run = done(client)

    response = publish(client, run)

    assert response.headers["Location"] == reverse("pairs:pair_list", args=[run.cohort_id])
    assert Pair.objects.count() == 2
    assert OutboxMessage.objects.count() == 4
    assert MatchRun.objects.published().get() == run


def test_run_publish_publishes_once(client):
    run = done(client)
    publish(client, run)

    response = publish(client, run)

    assert "The pairs of this cohort are already published." in response.content.decode()
    assert Pair.objects.count() == 2


def test_run_publish_names_each_rule_that_could_not_be_checked(client):
    run = done(client, unchecked=["reporting_line", "overlap_hours"])

    html = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    assert "Reporting lines: not checked for anybody" in html
    assert "Enough shared working hours: not checked for anybody" in html


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "This field is required."),
        ({"confirmed": ["reporting_line"], "reason": WHY}, "Not confirmed: enough shared"),
        ({"confirmed": ["reporting_line", "overlap_hours"], "reason": "ok"}, "Say in a sentence"),
    ],
)
def test_run_publish_wants_each_confirmed_and_a_reason(client, values, words):
    run = done(client, unchecked=["reporting_line", "overlap_hours"])

    response = publish(client, run, **values)

    assert words in response.content.decode()
    assert not Pair.objects.exists()


def test_run_publish_keeps_the_reason(client):
    run = done(client, unchecked=["reporting_line"])

    publish(client, run, confirmed=["reporting_line"], reason=WHY)

    assert MatchRun.objects.published().get().unchecked_reason == WHY


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("is_enrolled", [True, False])
def test_run_publish_hides_runs_of_others_and_of_ones_own_cohort(client, method, is_enrolled):
    run = done(client)
    if is_enrolled:
        make_enrollment(run.cohort, person=manager_of(run.cohort))
    else:
        client.force_login(make_manager())

    response = getattr(client, method)(reverse("pairs:run_publish", args=[run.pk]))

    assert response.status_code == 404
    assert not Pair.objects.exists()


def test_pair_list_shows_who_with_whom_and_how_well_they_fit(client):
    run = published(client)
    Proposal.objects.update(quality="strong")

    html = pair_list(client, run).content.decode()

    names = Person.objects.filter(enrollments__cohort=run.cohort).values_list("name", flat=True)
    assert [name for name in names if name not in html] == []
    assert html.count("badge--strong") == 2


def test_pair_list_finds_by_name_and_quality(client):
    run = published(client)
    couple = Couple.objects.first()
    Proposal.objects.update(quality="good")
    Proposal.objects.filter(mentor__person=couple.mentor).update(quality="strong")

    by_name = pair_list(client, run, q=couple.mentee.name)
    by_quality = pair_list(client, run, quality="strong")

    assert [row for row, _ in by_name.context["rows"]] == [couple]
    assert [row for row, _ in by_quality.context["rows"]] == [couple]
    assert "1 pair found" in by_quality.content.decode()


def test_pair_list_answers_htmx_with_the_pairs_only(client):
    run = published(client)

    html = pair_list(client, run, headers=HTMX, q="Nobody").content.decode()

    assert html.strip().startswith('<div id="pairs"')
    assert "No pair fits this." in html


def test_pair_list_says_which_pair_has_ended(client):
    run = published(client)
    pair = Pair.objects.first()
    Pair.objects.filter(pk=pair.pk).update(state=Pair.State.ENDED)
    pair.couples.update(is_active=False)

    assert ">ended</span>" in pair_list(client, run).content.decode()


def test_pair_list_leads_to_matching_where_there_is_none(client):
    run = done(client)

    html = pair_list(client, run).content.decode()

    assert "Nobody has been brought together yet" in html
    assert reverse("pairs:run_list", args=[run.cohort_id]) in html


@pytest.mark.parametrize("count", [1, 3])
def test_pair_list_makes_the_same_queries_for_any_number_of_pairs(
    client, count, django_assert_num_queries
):
    run = published(client, count)

    with django_assert_num_queries(8):
        response = pair_list(client, run)

    assert {row for row, _ in response.context["rows"]} == {*Couple.objects.all()}


@pytest.mark.parametrize("who", ["manager", "enrolled", "person"])
def test_pair_list_hides_cohorts_of_others_and_ones_own(client, who):
    run = published(client)
    if who == "enrolled":
        make_enrollment(run.cohort, person=manager_of(run.cohort))
    else:
        client.force_login(make_manager() if who == "manager" else make_person())

    assert pair_list(client, run).status_code == 404
