"""Goals, measures and their readings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.factories import make_manager, make_program
from upwell.audit.models import AuditEntry
from upwell.programs import services
from upwell.programs.models import Measure, Reading
from upwell.programs.progress import Progress

pytestmark = pytest.mark.django_db
DUE = date(2031, 5, 1)


def make_measure(program, **fields):
    """As the database has it, with numbers of its own kind."""
    return Measure.objects.get(
        pk=factories.make_measure(program, **{"name": "New customers under 30"} | fields).pk
    )


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


def events():
    return list(AuditEntry.objects.order_by("at").values_list("event", flat=True))


def test_set_goal_keeps_each_function_once(manager):
    program = make_program(manager)
    names = ["Marketing", " marketing ", "", "Key  Accounts"]

    services.set_goal(program, initiative="Youth", goal="Sell.", functions=names, by=manager)

    program.refresh_from_db()
    assert (program.initiative, program.goal) == ("Youth", "Sell.")
    assert program.functions == ["marketing", "Key Accounts"]
    assert events() == ["programs.goal.changed"]


def test_the_goal_is_written_on_its_page(client, manager):
    program = make_program(manager)
    given = {"initiative": "Youth", "goal": "Sell.", "functions": "Marketing\r\nSales"}

    answer = client.post(url("goal_edit", program), given)

    program.refresh_from_db()
    assert answer.headers["Location"] == url("goal_detail", program)
    assert (program.goal, program.functions) == ("Sell.", ["Marketing", "Sales"])
    assert "Marketing\nSales" in client.get(url("goal_edit", program)).content.decode()


def test_too_many_functions_are_refused_and_nothing_is_written(client, manager):
    program = make_program(manager)
    names = "\n".join(f"Unit {number}" for number in range(31))

    answer = client.post(
        url("goal_edit", program), {"initiative": "Youth", "goal": "Sell.", "functions": names}
    )

    program.refresh_from_db()
    assert "Please name at most 30 functions." in answer.content.decode()
    assert (program.goal, program.functions) == ("", [])


def test_a_measure_is_added_from_an_idea_of_the_template(client, manager):
    program = make_program(manager, goal="Sell.", goal_kind="younger_customers")
    page = client.get(url("goal_detail", program)).content.decode()
    form = client.get(url("measure_create", program), {"name": "Stay", "unit": "%"})

    client.post(
        url("measure_create", program),
        {"name": "Stay", "unit": "%", "baseline": "9", "target": "15.5", "due_on": "2031-05-01"},
    )

    assert "Customers under 30 who stay a year" in page
    assert form.context["form"].initial == {"name": "Stay", "unit": "%"}
    measure = Measure.objects.get()
    assert (measure.name, measure.baseline, measure.target) == ("Stay", 9, Decimal("15.5"))
    assert events() == ["programs.measure.added"]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"due_on": timezone.localdate()}, "still to come"),
        ({"target": Decimal(9)}, "another number than the baseline"),
        ({"name": "Taken"}, "already has a measure of that name"),
        ({"due_on": date(2100, 1, 1)}, "of this century"),
    ],
)
def test_add_measure_refuses_what_measures_nothing(manager, values, why):
    program = make_program(manager)
    make_measure(program, name="Taken")
    right = {"name": "New", "unit": "%", "baseline": Decimal(9), "target": Decimal(15)}

    with pytest.raises(ValidationError, match=why):
        services.add_measure(program, **right | {"due_on": DUE} | values, by=manager)

    assert Measure.objects.count() == 1


def test_change_measure_keeps_its_readings_and_a_day_that_has_passed(client, manager):
    measure = make_measure(make_program(manager), due_on=date(2024, 1, 1))
    services.add_reading(measure, taken_on=date(2024, 1, 1), value=Decimal(10), by=manager)

    client.post(
        url("measure_edit", measure),
        {"name": "Other", "unit": "%", "baseline": 9, "target": 20, "due_on": "2024-01-01"},
    )

    measure.refresh_from_db()
    assert (measure.name, measure.target, measure.readings.count()) == ("Other", 20, 1)


def test_a_measure_is_removed_once_it_is_sure(client, manager):
    measure = make_measure(make_program(manager))
    client.post(url("measure_delete", measure))
    was_there = Measure.objects.exists()

    client.post(url("measure_delete", measure), {"is_sure": "True"})

    assert (was_there, Measure.objects.exists()) == (True, False)


def test_readings_are_noted_once_a_day_and_never_ahead(client, manager):
    measure = make_measure(make_program(manager))
    today = timezone.localdate()

    for day, value in ((today, "12"), (today, "13"), (today + timedelta(days=1), "14")):
        answer = client.post(
            url("reading_create", measure), {"taken_on": day, "value": value}, follow=True
        )

    assert "Please choose a day that has come." in answer.content.decode()
    assert list(Reading.objects.values_list("taken_on", "value")) == [(today, 12)]
    assert Reading.objects.get().recorded_by == manager


def test_a_reading_is_removed(client, manager):
    measure = make_measure(make_program(manager))
    reading = services.add_reading(
        measure, taken_on=date(2026, 1, 1), value=Decimal(10), by=manager
    )

    client.post(url("reading_delete", reading))

    assert not Reading.objects.exists()
    assert events() == ["programs.reading.added", "programs.reading.removed"]


@pytest.mark.parametrize(
    ("baseline", "target", "value", "percent"),
    [(9, 15, 12, 50), (9, 15, 20, 100), (9, 15, 3, 0), (40, 20, 35, 25), (-10, 10, 0, 50)],
)
def test_progress_is_the_share_of_the_way(manager, baseline, target, value, percent):
    measure = make_measure(make_program(manager), baseline=baseline, target=target)
    services.add_reading(measure, taken_on=date(2026, 1, 1), value=Decimal(value), by=manager)

    progress = Progress.of(Measure.objects.get())

    assert (progress.percent, progress.is_reached) == (percent, percent == 100)
    assert not progress.is_overdue(date(2031, 5, 1))
    assert progress.is_overdue(date(2031, 5, 2)) != progress.is_reached


def test_progress_says_where_a_measure_stands(manager):
    measure = make_measure(make_program(manager), target=Decimal("1200.50"))
    before = Progress.of(measure).sentence
    services.add_reading(measure, taken_on=date(2026, 1, 1), value=Decimal(12), by=manager)

    after = Progress.of(measure).sentence

    assert before == "From 9 to 1,200.5 % by May 1, 2031. Not read yet."
    assert after == ("12 % on Jan. 1, 2026. It began at 9 and is to be 1,200.5 by May 1, 2031.")


def test_two_readings_make_a_chart(manager):
    measure = make_measure(make_program(manager))
    for month, value in ((1, 10), (2, 12)):
        day = date(2026, month, 1)
        services.add_reading(measure, taken_on=day, value=Decimal(value), by=manager)

    chart = Progress.of(measure).chart

    assert [row[1:] for row in chart.table.rows] == [(10.0, 15.0), (12.0, 15.0)]
    assert "<svg" in chart.wide


@pytest.mark.parametrize("count", [1, 3])
def test_goal_detail_makes_the_same_queries_for_any_number_of_measures(
    client, manager, count, django_assert_num_queries
):
    program = make_program(manager, goal="Sell.")
    for number in range(count):
        measure = make_measure(program, name=f"Measure {number}")
        for month in range(1, 1 + count):
            day = date(2026, month, 1)
            services.add_reading(measure, taken_on=day, value=Decimal(9), by=manager)

    with django_assert_num_queries(8):
        response = client.get(url("goal_detail", program))

    assert [len(one.readings) for one in response.context["measures"]] == [count] * count


@pytest.mark.parametrize(
    ("values", "measures", "news"),
    [
        ({}, 0, "has no goal yet"),
        ({"goal": "Sell."}, 0, "has a goal, and no measure yet"),
        ({"goal": "Sell."}, 1, "1 measure shows whether"),
        ({"goal": "Sell."}, 2, "2 measures show whether"),
    ],
)
def test_goal_detail_says_what_is_missing(client, manager, values, measures, news):
    program = make_program(manager, **values)
    for number in range(measures):
        make_measure(program, name=f"Measure {number}")

    assert news in client.get(url("goal_detail", program)).content.decode()


@pytest.mark.parametrize(
    "name", ["goal_detail", "goal_edit", "measure_create", "measure_edit", "measure_delete"]
)
def test_what_others_manage_does_not_exist(client, manager, name):
    program = make_program(make_manager())
    row = make_measure(program) if name in {"measure_edit", "measure_delete"} else program

    answers = [client.get(url(name, row)), client.post(url(name, row), {"is_sure": "True"})]

    assert {answer.status_code for answer in answers} <= {404, 405}
    assert program.measures.count() == (row != program)
