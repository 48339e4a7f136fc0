"""Days on which people are away, and public holidays."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from tests.factories import make_person
from tests.people.readings import bring_in, make_reading
from upwell.people import services
from upwell.people.models import Away, Office
from upwell.people.services.free_days import FreeDay, countries, guess_place
from upwell.sheets import Mapping, Place

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 23), date(2026, 12, 27)


def spans(person):
    return list(person.away.values_list("starts_on", "ends_on", "from_file"))


def make_office(country="DE", subdivision="BY"):
    return Office.objects.create(
        name=f"{country} {subdivision}", country=country, subdivision=subdivision
    )


def with_away(*away):
    return replace(make_reading("1"), away=away)


def test_somebody_enters_and_removes_their_own_days(client):
    person = make_person(sign_in_email="a@example.com")
    client.force_login(person)

    client.post("/people/away/", {"starts_on": "2099-01-04", "ends_on": "2099-01-08"})
    entered = spans(person)
    client.post(reverse("people:away_remove", args=[person.away.get().pk]))

    assert entered == [(date(2099, 1, 4), date(2099, 1, 8), False)]
    assert spans(person) == []


@pytest.mark.parametrize(("country", "part"), [("</", ""), ("", "BY"), ("ZZ", "BY")])
def test_a_country_that_is_not_known_has_no_holidays(country, part):
    assert services.free_days(make_office(country, part), FIRST, LAST) == []


def test_a_part_that_is_not_known_has_the_holidays_of_its_country():
    found = services.free_days(make_office("DE", "</"), FIRST, LAST)

    assert [day.on.day for day in found] == [25, 26]


def test_days_of_others_are_out_of_reach(client):
    other = Away.objects.create(person=make_person(), starts_on=FIRST, ends_on=LAST)
    client.force_login(make_person(sign_in_email="a@example.com"))

    answer = client.post(reverse("people:away_remove", args=[other.pk]))

    assert (answer.status_code, Away.objects.count()) == (404, 1)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (LAST, FIRST, "The last day comes before the first."),
        (FIRST, date(2028, 1, 1), "more than a year"),
        (date(2026, 1, 1), date(2026, 1, 1), "entered already"),
    ],
)
def test_days_that_make_no_sense_are_refused(first, last, said):
    person = make_person()
    services.enter_away(person, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 1))

    with pytest.raises(ValidationError, match=said):
        services.enter_away(person, starts_on=first, ends_on=last)

    assert person.away.count() == 1


def test_a_file_brings_days_and_takes_back_its_own_alone():
    bring_in(with_away(((FIRST, LAST),)))
    person = Away.objects.get().person
    services.enter_away(person, starts_on=FIRST, ends_on=LAST)

    again = bring_in(with_away(((FIRST, LAST),)))
    without = bring_in(make_reading("1"))
    changed = bring_in(with_away(((LAST, LAST),)))

    assert (again.is_empty, without.is_empty, changed.counts["changed"]) == (True, True, 1)
    assert set(spans(person)) == {(FIRST, LAST, False), (LAST, LAST, True)}


def test_holidays_of_an_office_are_those_of_its_part_of_the_country():
    with translation.override("en"):
        bavaria = services.free_days(make_office(), date(2026, 1, 1), date(2026, 1, 31))
        berlin = services.free_days(make_office("DE", "BE"), date(2026, 1, 1), date(2026, 1, 31))

    assert [(day.on, day.name) for day in bavaria] == [
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 1, 6), "Epiphany"),
    ]
    assert [day.on for day in berlin] == [date(2026, 1, 1)]


def test_holidays_are_named_in_the_readers_language():
    with translation.override("de"):
        (day,) = services.free_days(make_office(), date(2026, 1, 6), date(2026, 1, 6))

    assert day.name == "Heilige Drei Könige"


def test_somebody_is_free_on_holidays_and_when_they_are_away():
    person = make_person(office=make_office())
    services.enter_away(person, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 23))

    with translation.override("en"):
        days = services.free_days(person, FIRST, LAST)

    assert days == [
        FreeDay(date(2026, 12, 23), "away", is_holiday=False),
        FreeDay(date(2026, 12, 25), "Christmas Day", is_holiday=True),
        FreeDay(date(2026, 12, 26), "Second Day of Christmas", is_holiday=True),
    ]


def test_an_office_whose_country_is_not_known_has_no_holidays():
    assert services.free_days(make_office("", ""), FIRST, LAST) == []


def test_too_many_years_at_once_are_refused():
    with pytest.raises(ValueError, match="three years"):
        services.free_days(make_office(), date(1, 1, 1), LAST)


@pytest.mark.parametrize(
    ("name", "zone", "place"),
    [
        ("Berlin", "Europe/Berlin", ("DE", "BE")),
        ("Office Munich", "Europe/Berlin", ("DE", "")),
        ("München, Bayern", "Europe/Berlin", ("DE", "BY")),
        ("HQ", "America/New_York", ("US", "")),
        ("Nowhere", "", ("", "")),
        ("Moon", "Etc/UTC", ("", "")),
    ],
)
def test_a_place_is_guessed_where_it_is_certain(name, zone, place):
    assert guess_place(name, zone) == place


def test_a_new_office_of_a_file_is_placed_and_a_known_one_left_alone():
    mapping = Mapping(offices={"Berlin": Place("Europe/Berlin", "Europe")})
    bring_in(make_reading("1", offices="Berlin", mapping=mapping))
    office = Office.objects.get()
    placed = (office.country, office.subdivision)
    Office.objects.update(country="AT", subdivision="")

    other = Mapping(offices={"Berlin": Place("Europe/Berlin", "EMEA")})
    bring_in(make_reading("1", offices="Berlin", mapping=other))

    office.refresh_from_db()
    assert (placed, office.country, office.region) == (("DE", "BE"), "AT", "EMEA")


def test_every_country_offered_has_a_calendar():
    assert len(countries()) > 200
    assert countries()["DE"] == "Germany"


def test_countries_are_named_and_sorted_in_the_language_of_the_reader():
    with translation.override("de"):
        found = countries()

    names = list(found.values())
    assert (found["DE"], found["EG"], found["AT"]) == ("Deutschland", "Ägypten", "Österreich")
    assert names.index("Afghanistan") < names.index("Ägypten") < names.index("Albanien")
    assert set(found) == set(countries())


def test_the_list_of_offices_names_their_countries(client, administrator):
    Office.objects.create(name="Oslo", country="NO")
    Office.objects.create(name="Elsewhere", country="XX")

    html = client.get(reverse("people:office_list")).content.decode()

    assert ">Norway</td>" in html
    assert ">XX</td>" in html


def test_an_administrator_says_where_an_office_lies(client, administrator):
    office = make_office("", "")
    page = reverse("people:office_change", args=[office.pk])

    refused = client.post(page, {"country": "DE", "subdivision": "Mars"}).content.decode()
    client.post(page, {"country": "DE", "subdivision": "by"})

    office.refresh_from_db()
    assert "That part is not known. Known are: BB, BE" in refused
    assert (office.country, office.subdivision) == ("DE", "BY")
    assert "Epiphany" in client.get(page).content.decode()
