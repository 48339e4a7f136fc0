"""Ending pairs, the way out of conflicts, and repairs, as program managers see them."""

import pytest
from django.urls import reverse

from tests.factories import make_enrollment, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_ending import published
from tests.pairs.test_repairs import looked_for, reserve, use, with_a_leaver
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.models import Conflict, Couple, Pair, Repair
from upwell.pairs.services import end_pair, start_repair
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


def signed_in(client, cohort):
    client.force_login(manager_of(cohort))
    return client


def text_of(response):
    return response.content.decode()


def in_conflict(couple, rule="reporting_line"):
    Conflict.objects.create(couple=couple, rule=rule)
    return reverse("pairs:pair_conflict", args=[couple.pair_id])


def test_the_list_leads_to_the_end_of_each_pair(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)

    html = text_of(client.get(reverse("pairs:pair_list", args=[couple.pair.cohort_id])))

    assert reverse("pairs:pair_end", args=[couple.pair_id]) in html
    assert "no counterpart any more" not in html


def test_ending_asks_first_and_leads_on_to_new_counterparts(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)
    address = reverse("pairs:pair_end", args=[couple.pair_id])

    asked = text_of(client.get(address))
    response = client.post(address, follow=True)

    assert f"End the pair of {couple.mentor} and {couple.mentee}?" in asked
    assert Pair.objects.active().count() == 1
    assert "2 people have no counterpart any more" in text_of(response)


def test_a_pair_that_is_over_leads_to_the_pairs(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)
    address = reverse("pairs:pair_end", args=[couple.pair_id])
    client.post(address)

    again = client.post(address, follow=True)

    assert "This pair has ended already." in text_of(again)
    assert client.get(address).status_code == 302


def test_a_conflict_is_led_out_of_in_three_steps(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)
    make_person(
        name="Dora Kay", contact_email="dora@example.com", roles=["directory_administrator"]
    )

    html = text_of(client.get(in_conflict(couple)))

    assert [f"{step}. " in html for step in (1, 2, 3)] == [True] * 3
    assert "stands above the other now" in html
    assert "dora@example.com" in html
    assert "If the two want to go on" not in html


def test_two_close_in_level_may_go_on(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)

    html = text_of(client.get(in_conflict(couple, "level_gap")))

    assert "closer in level now than the policy allows" in html
    assert "If the two want to go on" in html


def test_the_way_out_ends_the_pair_and_looks_for_new_counterparts(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)

    response = client.post(in_conflict(couple))

    repair = Repair.objects.get()
    assert response.url == repair.get_absolute_url()
    assert not Conflict.objects.standing().exists()
    assert {one.person_id for one in OutboxMessage.objects.all()} == {
        couple.mentor_id,
        couple.mentee_id,
    }
    assert all(
        "The reporting lines have changed" in one.text for one in OutboxMessage.objects.all()
    )


def test_the_way_out_says_that_the_pair_has_ended_also_where_ways_are_computed_already(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)
    client.post(reverse("pairs:repair_start", args=[couple.pair.cohort_id]))

    html = text_of(client.post(in_conflict(couple), follow=True))

    assert "The pair has ended, and its people are being told by e-mail." in html
    assert "New counterparts are being looked for already." in html
    assert Pair.objects.active().count() == 1


def test_a_conflict_that_is_gone_leads_to_the_pairs(client):
    couple, _other = published()
    signed_in(client, couple.pair.cohort)
    address = in_conflict(couple)
    Conflict.objects.all().delete()

    response = client.post(address, follow=True)

    assert "This pair breaks no rule any more." in text_of(response)
    assert Pair.objects.active().count() == 2


def test_looking_for_new_counterparts_shows_how_far_it_is_then_the_ways(client, run_jobs):
    lost, _others, spare = with_a_leaver()
    signed_in(client, lost.pair.cohort)
    start = reverse("pairs:repair_start", args=[lost.pair.cohort_id])
    asked = text_of(client.get(start))

    address = client.post(start).url
    waiting = text_of(client.get(address))
    run_jobs()
    ways = text_of(client.get(address))

    assert "1 person has no counterpart any more" in asked
    assert "1 person is in reserve." in asked
    assert "Waiting for its turn" in waiting
    assert "Advised" in ways
    assert spare.name in ways
    assert "Proven: nothing that keeps every other pair is better." in ways


def test_one_asked_for_twice_is_refused(client):
    lost, _others, _spare = with_a_leaver()
    signed_in(client, lost.pair.cohort)
    start = reverse("pairs:repair_start", args=[lost.pair.cohort_id])
    client.post(start)

    response = client.post(start, follow=True)

    assert "New counterparts are being looked for already." in text_of(response)
    assert "See how far it is" in text_of(response)


def test_a_way_is_used_with_one_click_and_says_so(client):
    lost, _others, spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    signed_in(client, lost.pair.cohort)

    response = client.post(reverse("pairs:repair_use", args=[repair.pk]), {"way": 0}, follow=True)

    assert "New counterparts were found" in text_of(response)
    assert Couple.objects.active().filter(mentor=spare, mentee=lost.mentee).exists()


@pytest.mark.parametrize("way", ["", "x", "-1", "7"])
def test_a_way_that_there_is_not_is_refused(client, way):
    lost, _others, _spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    signed_in(client, lost.pair.cohort)

    response = client.post(reverse("pairs:repair_use", args=[repair.pk]), {"way": way}, follow=True)

    assert "This is not one of the ways that were found." in text_of(response)
    assert not Pair.objects.filter(origin="repair").exists()


def test_one_that_was_given_up_says_so(client):
    lost, _others, _spare = with_a_leaver()
    repair = start_repair(lost.pair.cohort, by=manager_of(lost.pair.cohort))
    Job.objects.filter(target=str(repair.pk)).update(state="failed")
    signed_in(client, lost.pair.cohort)

    assert "It broke off after an error" in text_of(client.get(repair.get_absolute_url()))


def test_htmx_is_told_to_load_the_page_once_it_is_done(client):
    lost, _others, _spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    signed_in(client, lost.pair.cohort)

    response = client.get(repair.get_absolute_url(), headers={"hx-request": "true"})

    assert response.headers["HX-Refresh"] == "true"


def test_several_ways_are_weighed_in_a_picture(client):
    lost, _others, _spare = with_a_leaver()
    repair = looked_for(lost.pair.cohort)
    repair.options = [
        *repair.options,
        repair.options[0] | {"moved": 2, "gap": "little", "is_exact": False},
    ]
    repair.save()
    signed_in(client, lost.pair.cohort)

    html = text_of(client.get(repair.get_absolute_url()))

    assert "What changing more pairs would gain" in html
    assert "may be a little better" in html


def test_a_pair_found_since_says_so_in_the_list(client):
    lost, _others, _spare = with_a_leaver()
    use(looked_for(lost.pair.cohort))
    signed_in(client, lost.pair.cohort)

    html = text_of(client.get(reverse("pairs:pair_list", args=[lost.pair.cohort_id])))

    assert "found since" in html


@pytest.mark.parametrize("count", [1, 3])
def test_start_page_makes_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    couples = published(count + 1, count + 1)
    cohort = couples[0].pair.cohort
    for couple in couples[:count]:
        end_pair(couple.pair, by=manager_of(cohort))
    signed_in(client, cohort)

    with django_assert_num_queries(10):
        response = client.get(reverse("pairs:repair_start", args=[cohort.pk]))

    assert len(response.context["page"].object_list) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_the_ways_make_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    couples = published(count + 1, count + 1)
    cohort = couples[0].pair.cohort
    for couple in couples[:count]:
        reserve(cohort)
        Person.objects.filter(pk=couple.mentor_id).update(is_active=False)
    repair = looked_for(cohort)
    signed_in(client, cohort)

    with django_assert_num_queries(10):
        response = client.get(repair.get_absolute_url())

    assert len(response.context["ways"][0].ends) == count


@pytest.mark.parametrize("name", ["pair_end", "pair_conflict", "repair_start", "repair_detail"])
def test_nobody_else_sees_any_of_it(client, name):
    lost, (other,), _spare = with_a_leaver()
    cohort = lost.pair.cohort
    in_conflict(other)
    repair = looked_for(cohort)
    key = {"repair_start": cohort.pk, "repair_detail": repair.pk}.get(name, other.pair_id)
    enrolled = manager_of(cohort)
    make_enrollment(cohort, person=enrolled)

    for person in (enrolled, make_manager(), other.mentee):
        client.force_login(person)
        assert client.get(reverse(f"pairs:{name}", args=[key])).status_code in {403, 404}
