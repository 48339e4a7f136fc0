"""The pages of choosing: of who chooses, and of who runs the cohort."""

import pytest
from django.urls import reverse

from tests.pairs.choosing import (
    choose,
    entry_of,
    in_days,
    make_choosing,
    rank,
    sheet_of,
    sides_of,
)
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import publish
from tests.pairs.test_runs import computed, make_sides
from upwell.delivery.models import Job
from upwell.pairs.models import ChoiceRound, Couple, ListEntry
from upwell.pairs.services import close_choosing, make_lists, open_choosing
from upwell.people.models import Person
from upwell.programs.models import Cohort, Enrollment

pytestmark = pytest.mark.django_db


@pytest.fixture
def manage(client):
    """The matching page of a cohort, as its manager sees it."""

    def page(cohort, **kwargs):
        client.force_login(manager_of(cohort))
        return client.get(reverse("pairs:run_list", args=[cohort.pk]), **kwargs)

    return page


@pytest.fixture
def look(client):
    """Somebody's own list."""

    def page(found, enrollment):
        client.force_login(enrollment.person)
        return client.get(sheet_of(found, enrollment).get_absolute_url())

    return page


@pytest.fixture
def act(client):
    """What somebody does on their list; the page that they see then."""

    def post(found, one, other, act, **more):
        client.force_login(one.person)
        url = reverse("pairs:choice_save", args=[sheet_of(found, one).pk])
        data = {"act": act, "entry": entry_of(found, one, other).pk, **more}
        return client.post(url, data, follow=True).content.decode()

    return post


def test_a_manager_asks_people_first_and_closes_it(client, manage):
    cohort = make_sides(choosing="chosen")
    assert "Two who choose each other are a pair at once" in manage(cohort).content.decode()

    url = reverse("pairs:choosing_open", args=[cohort.pk])
    page = client.post(url, {"closes_on": in_days(7)}, follow=True).content.decode()
    assert "The short lists are being made" in page and 'hx-trigger="every 2s"' in page
    found = ChoiceRound.objects.get()
    make_lists(found.pk, report=lambda progress: None)
    page = manage(cohort).content.decode()
    assert "People are choosing" in page and "See until when" not in page
    assert "People choose until" in page and "0 pairs have come about so far" in page
    assert "People of this cohort are still choosing." in page
    assert reverse("pairs:run_start", args=[cohort.pk]) not in page

    url = reverse("pairs:choosing_close", args=[found.pk])
    page = client.post(url, follow=True).content.decode()
    assert "Closed. Nobody can choose any more." in page and "People have chosen" in page
    assert reverse("pairs:run_start", args=[cohort.pk]) in page
    assert "Nobody is choosing any more." in client.post(url, follow=True).content.decode()


def test_what_cannot_be_opened_is_said(client):
    cohort = make_sides(choosing="assigned")
    client.force_login(manager_of(cohort))
    url = reverse("pairs:choosing_open", args=[cohort.pk])

    assert "Give the day" in client.post(url, {"closes_on": "x"}, follow=True).content.decode()
    page = client.post(url, {"closes_on": in_days(7)}, follow=True).content.decode()
    assert "a run finds the counterparts, and nobody is asked" in page
    assert 'id="choosing"' not in page


def test_a_round_that_failed_says_why_and_can_be_opened_again(manage):
    cohort = make_sides()
    open_choosing(cohort, closes_on=in_days(7), by=manager_of(cohort))
    Job.objects.update(state=Job.State.FAILED)

    page = manage(cohort).content.decode()

    assert "The short lists could not be made" in page
    assert "It was given up after an error. Try once more." in page
    assert "Let people choose again" in page


def test_nothing_of_choosing_is_left_once_the_pairs_are_published(manage):
    found = make_choosing()
    ChoiceRound.objects.filter(pk=found.pk).update(closes_on=in_days(-1))
    assert "People have chosen" in manage(found.cohort).content.decode()
    publish(computed(found.cohort))

    assert 'id="choosing"' not in manage(found.cohort).content.decode()


@pytest.mark.parametrize("way", ["chosen", "ranked"])
def test_the_managers_page_is_the_same_whoever_has_chosen(manage, way):
    found = make_choosing(way=way)
    (mentor, *_), (mentee, *_) = sides_of(found)
    before = manage(found.cohort).content.decode().partition("<main")[2]

    if way == "chosen":
        choose(found, mentor, mentee)
    else:
        rank(found, mentor, mentee)

    after = manage(found.cohort).content.decode().partition("<main")[2]
    assert without_tokens(before) == without_tokens(after)


def without_tokens(html):
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_list_shows_reasons_and_no_names(look):
    found = make_choosing()
    (mentor, *_), mentees = sides_of(found)
    reasons = [{"code": "languages", "params": {"names": ["German"]}}]
    ListEntry.objects.update(reasons=reasons)

    html = look(found, mentor).content.decode()

    assert "Colleague 1" in html and "Colleague 3" in html
    assert html.count("Both speak German.") == 3
    assert not any(one.person.name in html for one in mentees)


def test_a_list_shows_names_where_the_policy_says_so(look):
    found = make_choosing(choosing_names=True)
    (mentor, *_), mentees = sides_of(found)

    html = look(found, mentor).content.decode()

    assert all(one.person.name in html for one in mentees)


@pytest.mark.parametrize("mentees", [1, 3])
def test_a_list_costs_as_many_queries_for_one_as_for_three(
    look, client, mentees, django_assert_num_queries
):
    found = make_choosing(1, mentees)
    (mentor,), _mentees = sides_of(found)
    look(found, mentor)

    with django_assert_num_queries(10):
        client.get(sheet_of(found, mentor).get_absolute_url())


def test_only_its_owner_opens_a_list(look, client):
    found = make_choosing()
    (mentor, other, *_), _mentees = sides_of(found)
    assert look(found, mentor).status_code == 200

    client.force_login(other.person)

    assert client.get(sheet_of(found, mentor).get_absolute_url()).status_code == 404


def test_two_choose_each_other_on_their_pages(act):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)

    first = act(found, mentor, mentee, "yes")
    second = act(found, mentee, mentor, "yes")

    assert "Kept. Should they choose you, too" in first and "you would like this one" in first
    assert "You have chosen each other: you are a pair." in second
    assert "You have found each other" in second and "Open your pair" in second
    assert Couple.objects.count() == 1


def test_a_yes_is_taken_back(act):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    act(found, mentor, mentee, "yes")

    page = act(found, mentor, mentee, "back")

    assert "Taken back." in page and "you would like this one" not in page


def test_a_choice_that_harms_somebody_is_asked_about_once(act):
    found = make_choosing()
    mentors, mentees = sides_of(found)
    ListEntry.objects.filter(mentee=mentees[1]).exclude(mentor=mentors[0]).delete()

    asked = act(found, mentors[0], mentees[0], "yes")
    assert "This would leave somebody without a choice" in asked
    assert mentees[1].person.name not in asked
    assert "Kept." in act(found, mentors[0], mentees[0], "yes", sure="on")


def test_an_order_is_made_on_the_page(act):
    found = make_choosing(way="ranked")
    (mentor, *_), (one, two, *_) = sides_of(found)

    act(found, mentor, one, "up")
    page = act(found, mentor, two, "up")
    assert "Saved." in page and "choice 1" in page and "choice 2" in page
    assert "choice 2" not in act(found, mentor, one, "off")


def test_what_is_no_step_changes_nothing(act, client):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)

    assert "Nothing was changed." in act(found, mentor, mentee, "buy")
    assert "Nothing was changed." in act(found, mentor, mentee, "yes", entry="x")
    assert "Choosing is over." in act(found, mentor, mentee, "up")


@pytest.mark.parametrize(
    ("way", "said"), [("ranked", "the match weighs it"), ("chosen", "If you have found each other")]
)
def test_a_list_that_is_over_says_what_comes(look, way, said):
    found = make_choosing(way=way)
    ChoiceRound.objects.update(closes_on=in_days(-1))
    (mentor, *_), _mentees = sides_of(found)

    html = look(found, mentor).content.decode()

    assert "Choosing is over" in html and said in html


def test_a_list_that_cannot_be_read_says_so(look, act, settings):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    settings.MASTER_KEYS = settings.MASTER_KEYS.replace("tests:", "other:")

    assert "cannot be read at the moment" in look(found, mentor).content.decode()
    assert "cannot be read at the moment" in act(found, mentor, mentee, "yes")


def test_whoever_has_stepped_out_reads_so_on_their_list(look):
    found = make_choosing()
    (mentor, *_), _mentees = sides_of(found)
    Enrollment.objects.filter(pk=mentor.pk).update(state="out")

    html = look(found, mentor).content.decode()

    assert "You do not take part at present" in html and "Colleague" not in html


def test_where_all_have_found_somebody_the_manager_sees_the_pairs(manage):
    found = make_choosing(1, 2)
    (mentor,), (mentee, *_) = sides_of(found)
    choose(found, mentor, mentee)
    choose(found, mentee, mentor)
    ChoiceRound.objects.update(closes_on=in_days(-1))

    page = manage(found.cohort).content.decode()

    assert "Everybody on one side has found somebody" in page
    assert reverse("pairs:pair_list", args=[found.cohort.pk]) in page


def test_an_empty_list_says_that_a_run_looks_for_them(look):
    found = make_choosing()
    ListEntry.objects.all().delete()
    (mentor, *_), _mentees = sides_of(found)

    assert "There is nobody on your list this time." in look(found, mentor).content.decode()


def test_home_asks_once_and_keeps_the_list_at_hand(client):
    found = make_choosing(way="ranked")
    Cohort.objects.update(starts_on=in_days(30))
    (mentor, *_), (mentee, *_) = sides_of(found)
    client.force_login(mentor.person)
    home = reverse("desk:home")

    asked = client.get(home).content.decode()
    rank(found, mentor, mentee)
    done = client.get(home).content.decode()

    href = sheet_of(found, mentor).get_absolute_url()
    assert "<h1>Choose whom you would like to learn with</h1>" in asked and href in asked
    assert "You choose whom you would like to learn with in" in done and href in done


def test_home_of_the_manager_says_that_people_choose(client):
    found = make_choosing()
    Cohort.objects.update(starts_on=in_days(30))
    client.force_login(manager_of(found.cohort))

    html = client.get(reverse("desk:home")).content.decode()

    assert f"{found.cohort}: people choose until" in html


def home_of(client):
    return client.get(reverse("desk:home")).content.decode()


def test_where_one_side_is_full_the_page_leads_to_the_end_and_home_says_so(manage, client):
    found = make_choosing(2, 1)
    Cohort.objects.update(starts_on=in_days(30))
    (mentor, _other), (mentee,) = sides_of(found)
    for one, chosen in ((mentor, mentee), (mentee, mentor)):
        choose(found, one, chosen)
    assert "Tell the others" not in manage(found.cohort).content.decode()
    close_choosing(found, by=manager_of(found.cohort))
    url = reverse("pairs:choosing_finish", args=[found.pk])
    assert f'action="{url}"' in manage(found.cohort).content.decode()

    html = client.post(url, follow=True).content.decode()

    assert "There is nothing more to do here." in html and url not in html
    assert "2 people in a pair cannot sign in" in home_of(client)
    for one in (mentor.person, mentee.person):
        Person.objects.filter(pk=one.pk).update(sign_in_email=f"{one.pk}@example.com")
    home = home_of(client)
    assert "people have chosen each other" in home and "ready to match" not in home
    assert "Everybody has been told already." in client.post(url, follow=True).content.decode()
