"""When somebody is likely to be at work: by their own clock, calendar and days away."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.factories import make_person
from upwell.people.models import Away, Office, Person
from upwell.people.quiet import LONGEST, good_moment, is_quiet, next_good_moment

QUARTER = timedelta(minutes=15)
HOURS = (time(20), time(7, 30))
ZONES = sorted(available_timezones())
DAYS = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(7 * 365)]


@pytest.fixture(autouse=True)
def quiet_hours(settings):
    settings.QUIET_HOURS = HOURS
    settings.TIME_ZONE = "Europe/Berlin"


def make_reader(zone="Europe/Berlin", country="DE", **fields):
    name = f"{zone} {country}"
    office = Office.objects.create(name=name, zone=zone, country=country)
    return make_person(office=office, **fields)


def moment(text, zone="Europe/Berlin"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-30 07:30", "2026-11-30 07:30"),
        ("2026-11-30 19:59", "2026-11-30 19:59"),
        ("2026-11-30 20:00", "2026-12-01 07:30"),
        ("2026-11-30 03:00", "2026-11-30 07:30"),
        ("2026-11-27 21:00", "2026-11-30 07:30"),  # Friday night
        ("2026-11-28 12:00", "2026-11-30 07:30"),  # Saturday
        ("2026-12-24 21:00", "2026-12-28 07:30"),  # Christmas, then a weekend
        ("2026-10-24 22:00", "2026-10-26 07:30"),  # the clocks go back on that Sunday
    ],
)
def test_mail_comes_on_working_days_by_the_clock_of_its_reader(at, expected):
    assert next_good_moment(make_reader(), moment(at)) == moment(expected)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "zone", "at", "expected"),
    [
        ("SA", "Asia/Riyadh", "2026-11-27 12:00", "2026-11-29 07:30"),  # Friday and Saturday
        ("US", "America/New_York", "2026-11-26 12:00", "2026-11-27 07:30"),  # Thanksgiving
        ("CN", "Asia/Shanghai", "2026-10-10 12:00", "2026-10-10 12:00"),  # a Saturday to work on
        ("", "Europe/Berlin", "2026-12-25 12:00", "2026-12-25 12:00"),  # nothing is known
        ("ZZ", "Europe/Berlin", "2026-12-26 12:00", "2026-12-28 07:30"),
    ],
)
def test_weekends_and_holidays_are_those_of_the_office(country, zone, at, expected):
    reader = make_reader(zone, country)

    assert next_good_moment(reader, moment(at, zone)) == moment(expected, zone)


@pytest.mark.django_db
def test_the_own_zone_of_a_reader_comes_before_that_of_their_office():
    reader = make_reader(own_zone="Asia/Tokyo")

    found = next_good_moment(reader, moment("2026-11-30 15:00"))

    assert found == moment("2026-12-01 07:30", "Asia/Tokyo")


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["", "Mars/Base", "../../etc/passwd"])
def test_a_zone_that_is_not_known_is_that_of_the_installation(zone):
    reader = make_person(own_zone=zone)

    found = next_good_moment(reader, moment("2026-11-30 20:00"))

    assert found == moment("2026-12-01 07:30")


@pytest.mark.django_db
def test_nothing_comes_while_somebody_is_away_nor_on_days_of_others():
    reader = make_reader()
    monday, tuesday = date(2026, 11, 30), date(2026, 12, 1)
    Away.objects.create(person=reader, starts_on=date(2026, 11, 1), ends_on=monday)
    Away.objects.create(person=reader, starts_on=tuesday, ends_on=tuesday)
    Away.objects.create(person=make_person(), starts_on=monday, ends_on=date(2027, 1, 1))

    found = next_good_moment(reader, moment("2026-11-30 12:00"))

    assert found == moment("2026-12-02 07:30")


@pytest.mark.django_db
def test_nobody_is_left_without_mail_for_more_than_two_weeks():
    reader, at = make_reader(), moment("2026-11-30 12:00")
    Away.objects.create(person=reader, starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31))

    assert next_good_moment(reader, at) == at + LONGEST
    assert next_good_moment(reader, at, latest=at) == at


@pytest.mark.django_db
def test_what_cannot_wait_for_a_working_day_still_waits_for_the_morning():
    reader, at = make_reader(), moment("2026-12-05 03:00")
    Away.objects.create(person=reader, starts_on=date(2026, 11, 1), ends_on=date(2027, 1, 31))

    assert next_good_moment(reader, at, latest=at) == moment("2026-12-05 07:30")


@pytest.mark.django_db
def test_it_takes_two_queries(django_assert_num_queries):
    reader = Person.objects.get(pk=make_reader().pk)

    with django_assert_num_queries(2):
        next_good_moment(reader, moment("2026-11-30 20:00"))


def test_without_quiet_hours_every_moment_is_good(settings):
    settings.QUIET_HOURS = None
    at = moment("2026-12-25 03:00")

    assert next_good_moment(Person(), at) == at


@pytest.mark.parametrize(
    ("quiet", "clocks"),
    [
        (HOURS, {"19:59": False, "20:00": True, "00:00": True, "07:29": True, "07:30": False}),
        ((time(12), time(13)), {"11:59": False, "12:00": True, "12:59": True, "13:00": False}),
    ],
)
def test_the_end_of_the_quiet_is_not_quiet(quiet, clocks):
    assert {text: is_quiet(time.fromisoformat(text), quiet) for text in clocks} == clocks


@st.composite
def around_changes(draw):
    """A zone, and a moment within three days of a change of its clocks; else any moment."""
    zone = draw(st.sampled_from(ZONES))
    start = draw(st.sampled_from(changes(zone) or DAYS))
    return ZoneInfo(zone), start + timedelta(minutes=draw(st.integers(-4320, 4320)))


@cache
def changes(name):
    """Days on which the clocks of a zone change."""
    zone, day = ZoneInfo(name), timedelta(days=1)
    return [at for at in DAYS if offset_of(at, zone) != offset_of(at + day, zone)]


def offset_of(at, zone):
    return at.astimezone(zone).utcoffset()


@how(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    around_changes(),
    st.lists(st.integers(0, 95), min_size=2, max_size=2, unique=True),
    st.sets(st.integers(0, 6), max_size=4),
)
def test_the_moment_found_is_good_and_none_before_it_is(start, quarters, weekend):
    """In every zone, also where its clocks change: then as much later as they change, at most."""
    zone, at = start
    quiet = tuple(time(number // 4, number % 4 * 15) for number in quarters)

    def is_good(when):
        local = when.astimezone(zone)
        return not is_quiet(local.time(), quiet) and local.weekday() not in weekend

    found = good_moment(at, zone, quiet, lambda day: day.weekday() in weekend)

    assert at <= found
    assert is_good(found)
    steps = (at + number * QUARTER for number in range((found - at) // QUARTER + 1))
    early = next(filter(is_good, steps), found)
    assert found - early <= longest_change(zone, early, found)


def longest_change(zone, first, last):
    """By how much the clocks change around then."""
    day = timedelta(days=1)
    offsets = [offset_of(at, zone) for at in (first - day, first, last, last + day)]
    return max(offsets) - min(offsets)
