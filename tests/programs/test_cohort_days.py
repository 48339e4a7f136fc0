"""The days of a cohort, its picture, and the next one as a draft."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.factories import make_cohort, make_enrollment, make_manager, make_program, make_run
from upwell.audit.models import AuditEntry
from upwell.programs import services
from upwell.programs.dates import calendar_of, proposed_dates, proposed_supervisions
from upwell.programs.models import Cohort

pytestmark = pytest.mark.django_db
START = date(2027, 3, 1)


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


def open_cohort(manager, **fields):
    program = make_program(manager)
    values = {"name": "Spring", "starts_on": START} | fields
    return services.open_cohort(program, **values, by=manager)


def events():
    return list(AuditEntry.objects.order_by("at").values_list("event", flat=True))


def days_of(cohort):
    names = ("mentees_from", "mentors_from", "enrolls_until", "matches_on", "midpoint_on")
    return [getattr(cohort, name) for name in names]


def supervised(cohort):
    return list(cohort.supervisions.values_list("held_on", flat=True))


def posted(cohort, **changes):
    """What the form of days sends as it stands, with changes."""
    names = ("mentees_from", "mentors_from", "enrolls_until", "matches_on", "midpoint_on")
    fields = {name: getattr(cohort, name).isoformat() for name in ("starts_on", *names)}
    for number, day in enumerate(supervised(cohort)):
        fields[f"supervision_{number}"] = day.isoformat()
    return fields | {"months": cohort.months} | changes


def test_dates_are_proposed_mentees_first():
    days = proposed_dates(START, 6, today=date(2026, 11, 1))

    assert days == {
        "mentees_from": date(2026, 12, 21),
        "mentors_from": date(2027, 1, 11),
        "enrolls_until": date(2027, 2, 8),
        "matches_on": date(2027, 2, 15),
        "midpoint_on": date(2027, 6, 1),
    }


@pytest.mark.parametrize("weeks", range(-5, 12))
def test_proposed_dates_are_in_order_however_soon_the_start_is(weeks):
    today = date(2026, 12, 31)
    start = today + timedelta(weeks=weeks)

    days = list(proposed_dates(start, 6, today).values())

    assert days == sorted(days)
    assert all(min(today, start) <= day for day in days)
    assert days[-2] <= start < days[-1]


@pytest.mark.parametrize(("months", "count"), [(6, 3), (12, 6)])
def test_mentors_meet_among_themselves_every_other_month(months, count):
    days = proposed_supervisions(START, months)

    assert len(days) == count
    assert days[:3] == [date(2027, 3, 21), date(2027, 5, 21), date(2027, 7, 21)]


def test_a_new_cohort_has_its_days(manager):
    cohort = open_cohort(manager)

    assert cohort.is_dated
    assert list(Cohort.objects.dated()) == [cohort]
    assert supervised(cohort) == proposed_supervisions(START, 6)


def test_days_are_settled_on_their_page(client, manager):
    cohort = open_cohort(manager)
    given = posted(cohort, matches_on="2027-02-20", supervision_0="", supervision_3="2027-04-01")

    answer = client.post(url("cohort_days", cohort), given)

    cohort.refresh_from_db()
    assert answer.headers["Location"] == cohort.get_absolute_url()
    assert cohort.matches_on == date(2027, 2, 20)
    assert supervised(cohort) == [date(2027, 4, 1), date(2027, 5, 21), date(2027, 7, 21)]
    assert events() == ["programs.cohort.opened", "programs.cohort.dated"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"mentees_from": "2027-01-20"}, "Mentees are asked first"),
        ({"enrolls_until": "2027-01-10"}, "Enrollment ends after it is open to mentors"),
        ({"matches_on": "2027-02-01"}, "Matching comes after enrollment"),
        ({"starts_on": "2027-02-01"}, "Matching comes before the start"),
        ({"midpoint_on": "2027-02-28"}, "The midpoint comes after the start"),
        ({"midpoint_on": "2027-09-01"}, "The midpoint comes before the close"),
        ({"supervision_0": "2027-09-01"}, "is not in the time of the cohort"),
        ({"mentees_from": ""}, "Please choose a day"),
        ({"starts_on": "1999-01-01"}, "Please choose a day from"),
    ],
)
def test_days_out_of_order_are_refused_and_nothing_is_written(client, manager, change, why):
    cohort = open_cohort(manager)
    before = (days_of(cohort), supervised(cohort))

    answer = client.post(url("cohort_days", cohort), posted(cohort, **change))

    cohort.refresh_from_db()
    assert why in answer.content.decode()
    assert (days_of(cohort), supervised(cohort)) == before


def test_start_and_length_stay_once_pairs_were_told(manager):
    cohort = open_cohort(manager)
    make_run(cohort, by=manager, published_at=timezone.now())
    days = {name: getattr(cohort, name) for name in ("matches_on", "starts_on", "months")}

    with pytest.raises(ValidationError, match="were told when it starts"):
        services.set_days(cohort, **days | {"months": 12}, supervisions=[], by=manager)
    cohort.refresh_from_db()
    services.set_days(cohort, **days, supervisions=[], by=manager)

    assert (cohort.months, supervised(cohort)) == (6, [])


def test_the_picture_has_everything_in_its_place(manager):
    cohort = open_cohort(manager)

    found = calendar_of(cohort, supervised(cohort), today=START)

    assert [span.kind for span in found.spans] == ["mentees", "mentors", "pairs"]
    assert [mark.kind for mark in found.marks] == [
        *("match", "supervision", "supervision", "midpoint", "supervision", "close")
    ]
    assert found.spans[0].x == 0
    assert found.spans[2].x == found.today
    assert found.spans[2].x + found.spans[2].width == 1_000
    places = [*found.months, *(mark.x for mark in found.marks)]
    assert all(0 <= x <= 1_000 for x in places)
    assert len(found.months) == 8


def test_the_picture_of_a_cohort_without_days_has_its_months(manager):
    cohort = make_cohort(manager, starts_on=date(2026, 1, 31))

    found = calendar_of(cohort, [], today=date(2030, 1, 1))

    assert [span.kind for span in found.spans] == ["pairs"]
    assert ([mark.kind for mark in found.marks], found.today) == (["close"], None)


def test_the_next_cohort_is_prepared_as_a_draft(client, manager):
    cohort = open_cohort(manager, months=12)
    make_run(cohort, by=manager, published_at=timezone.now())
    page = client.get(cohort.get_absolute_url()).content.decode()

    answer = client.post(url("cohort_next", cohort))

    following = Cohort.objects.get(previous=cohort)
    assert "Prepare the next cohort" in page
    assert answer.headers["Location"] == following.get_absolute_url()
    assert (following.name, following.is_draft) == ("After Spring", True)
    assert (following.starts_on, following.months) == (date(2028, 3, 1), 12)
    assert following.is_dated
    assert "is a draft" in client.get(following.get_absolute_url()).content.decode()


def test_nobody_is_invited_before_a_draft_is_confirmed(client, manager):
    following = services.prepare_next(open_cohort(manager), by=manager)
    person = make_enrollment(following, state="asked").person
    type(person).objects.filter(pk=person.pk).update(sign_in_email="ann@example.com")

    with pytest.raises(ValidationError, match="Confirm it before anybody is invited"):
        services.invite_participants(following, by=manager)
    client.post(url("cohort_confirm", following))
    following.refresh_from_db()
    following.openings.create(gate="mentors")

    assert services.invite_participants(following, by=manager) == 1


def test_a_draft_is_confirmed_once(manager):
    following = services.prepare_next(open_cohort(manager), by=manager)

    for _ in range(2):
        services.confirm_cohort(following, by=manager)

    assert events() == [
        *("programs.cohort.opened", "programs.cohort.prepared", "programs.cohort.opened")
    ]


def test_there_is_one_next_cohort_and_none_after_a_draft(manager):
    cohort = open_cohort(manager)
    following = services.prepare_next(cohort, by=manager)

    with pytest.raises(ValidationError, match="is prepared already"):
        services.prepare_next(cohort, by=manager)
    with pytest.raises(ValidationError, match="Confirm this cohort"):
        services.prepare_next(following, by=manager)

    assert Cohort.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_database")
def test_of_two_who_prepare_the_next_cohort_one_does():
    manager = make_manager()
    cohort = open_cohort(manager)

    outcomes = at_once(*[partial(services.prepare_next, cohort, by=manager)] * 2)

    assert Cohort.objects.filter(previous=cohort).count() == 1
    assert sorted(isinstance(one, ValidationError) for one in outcomes) == [False, True]


@pytest.mark.parametrize("name", ["cohort_days", "cohort_next", "cohort_confirm"])
def test_what_others_manage_does_not_exist(client, manager, name):
    cohort = open_cohort(make_manager())

    assert client.post(url(name, cohort), posted(cohort)).status_code == 404
    assert Cohort.objects.count() == 1


def test_the_other_days_are_worked_out_again_and_not_yet_saved(client, manager):
    cohort = open_cohort(manager)
    given = posted(cohort) | {"starts_on": "2031-01-06", "months": "12", "propose": "on"}

    form = client.post(url("cohort_days", cohort), given).context["form"]

    days = {name: form[name].value() for name in ("starts_on", "midpoint_on", "supervision_0")}
    assert days == {
        "starts_on": date(2031, 1, 6),
        "midpoint_on": date(2031, 7, 6),
        "supervision_0": date(2031, 1, 26),
    }
    assert not form.is_bound
    assert Cohort.objects.get(pk=cohort.pk).starts_on == cohort.starts_on
