"""Publishing from the page."""

import html

import pytest
from django.urls import reverse

from tests.factories import make_enrollment, make_manager, make_run
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.core.access import audiences_of
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import MatchRun, Pair
from upwell.people.models import Person
from upwell.vault.services import seal, unseal

pytestmark = pytest.mark.django_db

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


def test_run_publish_shows_each_message_as_somebody_whom_it_goes_to(client):
    run = done(client, 2, 1)
    left_over = run.unplaced.get().enrollment
    url = reverse("programs:message_detail", args=[run.cohort.program_id, "not-placed"])

    html = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    assert f'href="{url}?reader={left_over.pk}"' in html
    assert f"?reader={run.proposals.get().mentor_id}" in html
    assert client.get(f"{url}?reader={left_over.pk}").context["reader"] == left_over


def test_run_publish_offers_another_run_where_somebody_has_joined(client):
    run = done(client)
    make_enrollment(run.cohort, "mentee")

    html = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    assert "This run cannot be published any more" in html
    assert "1 person has joined since" in html
    assert reverse("pairs:run_list", args=[run.cohort_id]) in html
    assert "Publish and tell everybody" not in html


def test_a_run_says_first_that_somebody_has_joined(client):
    run = done(client)
    make_enrollment(run.cohort, "mentee")

    html = client.get(run.get_absolute_url()).content.decode()

    assert "1 person has joined since" in html
    assert reverse("pairs:run_publish", args=[run.pk]) not in html


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

    assert response.headers["Location"] == reverse("pairs:pair_list", args=[run.cohort_id])
    assert Pair.objects.count() == 2


@pytest.mark.parametrize("is_another", [True, False])
def test_run_publish_leads_to_the_pairs_once_the_cohort_is_published(client, is_another):
    run = done(client)
    publish(client, run)
    asked = make_run(run.cohort) if is_another else run

    response = client.get(reverse("pairs:run_publish", args=[asked.pk]), follow=True)

    assert response.redirect_chain == [(reverse("pairs:pair_list", args=[run.cohort_id]), 302)]
    assert "The pairs of this cohort are already published." in response.content.decode()


def test_a_published_run_asks_for_nothing_before_it_is_published(client):
    run = done(client, unchecked=["reporting_line"])
    before = client.get(run.get_absolute_url()).content.decode()
    publish(client, run, confirmed=["reporting_line"], reason=WHY)

    after = client.get(run.get_absolute_url()).content.decode()

    assert ("before you publish" in before, "before you publish" in after) == (True, False)
    assert "It was confirmed when the pairs were published." in after


def test_run_publish_names_each_rule_that_could_not_be_checked(client):
    run = done(client, unchecked=["reporting_line", "overlap_hours"])

    html = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    assert "Reporting lines: not checked for anybody" in html
    assert "Enough shared working hours: not checked for anybody" in html


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Please fill this in."),
        ({"confirmed": ["reporting_line"], "reason": WHY}, "Not confirmed: enough shared"),
        ({"confirmed": ["reporting_line", "overlap_hours"], "reason": "ok"}, "Say in a sentence"),
    ],
)
def test_run_publish_wants_each_confirmed_and_a_reason(client, values, words):
    run = done(client, unchecked=["reporting_line", "overlap_hours"])

    response = publish(client, run, **values)

    assert words in response.content.decode()
    assert not Pair.objects.exists()


def test_run_publish_says_who_will_read_the_reason_as_the_table_does(client):
    run = done(client, unchecked=["reporting_line"])

    page = client.get(reverse("pairs:run_publish", args=[run.pk])).content.decode()

    (audience,) = audiences_of("pairs.override")
    assert f"Who sees this: {audience.words}." in page


def test_run_publish_seals_the_reason_and_shows_it_to_who_manages(client):
    run = done(client, unchecked=["reporting_line"])

    publish(client, run, confirmed=["reporting_line"], reason=WHY)

    published = MatchRun.objects.published().get()
    assert unseal(published, "unchecked_reason") == WHY
    assert WHY.encode() not in published.unchecked_reason.content
    assert WHY in html.unescape(client.get(run.get_absolute_url()).content.decode())


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


def test_run_publish_says_so_where_no_reason_can_be_sealed(client, settings):
    run = done(client, unchecked=["reporting_line"])
    seal(run, unchecked_reason="with the key that is lost")
    settings.MASTER_KEYS = settings.MASTER_KEYS.replace("tests:", "other:")

    answer = publish(client, run, confirmed=["reporting_line"], reason=WHY)

    said = "Nothing confidential can be kept now. Tell your IT."
    assert answer.context["form"].non_field_errors() == [said]
    assert not Pair.objects.exists()
    assert answer.wsgi_request.sensitive_post_parameters == ("reason",)
