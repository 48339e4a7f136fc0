"""Money that was approved, what was spent of it, and the calculator."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from tests.databases import at_once
from tests.factories import make_manager, make_person, make_program
from upwell.audit.models import AuditEntry
from upwell.programs import services
from upwell.programs.currencies import CODES, currency_choices
from upwell.programs.models import Expense, Funding
from upwell.programs.queries.money import money_of

pytestmark = pytest.mark.django_db


def make_funding(program, *, amount=1000, currency="EUR", **fields):
    given = {
        "amount": Decimal(amount),
        "currency": currency,
        "approved_by": make_person(name="Finn"),
        "approved_on": timezone.localdate(),
        "basis": "Last year.",
    }
    return services.save_funding(program, by=make_manager(), **given | fields)


def make_expense(funding, amount="250", what="Books"):
    day = timezone.localdate()
    by = make_manager()
    return services.add_expense(funding, spent_on=day, amount=Decimal(amount), what=what, by=by)


def url(name, row, query=""):
    return reverse(f"programs:{name}", args=[row.pk]) + query


def posted(**fields):
    given = {"amount": "1000.50", "currency": "CHF", "approved_by": "Finn Approver"}
    return given | {"approved_on": "2026-05-04", "basis": "Last year."} | fields


@pytest.fixture
def program(manager):
    return make_program(manager, name="Upstream")


def test_what_was_approved_is_kept_with_who_approved_it(client, program):
    finn = make_person(name="Finn Approver")

    client.post(url("funding_edit", program), posted())

    funding = Funding.objects.get()
    assert (funding.amount, funding.currency) == (Decimal("1000.50"), "CHF")
    assert (funding.approved_by, str(funding.approved_on)) == (finn, "2026-05-04")
    assert AuditEntry.objects.get().facts == {"approved_by": str(finn.pk)}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Nobody Here", "Nobody in the directory goes by this."),
        ("Finn", "Who of these is meant? Finn Approver (F1), Finn Approver (F2)"),
        ("Finn Approver", "Who of these is meant? Finn Approver (F1), Finn Approver (F2)"),
    ],
)
def test_who_approved_must_be_one_person(client, program, text, error):
    for key in ("F1", "F2"):
        make_person(name="Finn Approver", employee_id=key)

    page = client.post(url("funding_edit", program), posted(approved_by=text))

    assert page.context["form"].errors == {"approved_by": [error]}
    assert not Funding.objects.exists()


@pytest.mark.parametrize("text", ["F2", "Finn Approver (F2)"])
def test_who_approved_is_found_by_the_id_that_the_page_shows(client, program, text):
    people = [make_person(name="Finn Approver", employee_id=key) for key in ("F1", "F2")]

    client.post(url("funding_edit", program), posted(approved_by=text))

    assert Funding.objects.get().approved_by == people[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("amount", "-1"),
        ("amount", "NaN"),
        ("amount", "1e99"),
        ("currency", "XXX"),
        ("approved_on", "1999-12-31"),
        ("basis", ""),
    ],
)
def test_what_makes_no_sense_is_refused(client, program, name, value):
    make_person(name="Finn Approver")

    page = client.post(url("funding_edit", program), posted(**{name: value}))

    assert set(page.context["form"].errors) == {name}
    assert not Funding.objects.exists()


def test_the_currency_stays_once_money_was_spent(program):
    make_expense(make_funding(program))

    with pytest.raises(ValidationError, match="spent in EUR already"):
        make_funding(program, currency="USD")

    assert Funding.objects.get().currency == "EUR"


def test_what_was_approved_is_changed_in_place(program):
    make_funding(program)

    make_funding(program, amount=2000, currency="USD")

    assert (Funding.objects.get().amount, Funding.objects.get().currency) == (2000, "USD")


def test_expenses_are_added_up_and_removed(client, manager, program):
    make_funding(program)
    day = timezone.localdate().isoformat()

    for amount in ("250.25", "-50"):
        given = {"spent_on": day, "amount": amount, "what": "Books"}
        client.post(url("funding_detail", program), given)
    page = client.get(url("funding_detail", program)).content.decode()
    client.post(url("expense_remove", Expense.objects.get(amount=-50)))

    assert "799.75 of 1,000 EUR are left" in page
    assert (money_of(program).spent, money_of(program).bar) == (Decimal("250.25"),) * 2
    assert Expense.objects.get().recorded_by == manager


def test_more_spent_than_approved_is_said_first(client, program):
    make_expense(make_funding(program), "1200")

    page = client.get(url("funding_detail", program)).content.decode()

    assert "200 EUR more was spent than approved" in page
    assert 'value="1000.00" max="1000.00"' in page


def test_an_expense_of_tomorrow_is_refused(client, program):
    make_funding(program)
    day = (timezone.localdate() + timedelta(days=1)).isoformat()

    client.post(url("funding_detail", program), {"spent_on": day, "amount": "1", "what": "Books"})

    assert not Expense.objects.exists()


def test_nothing_is_spent_of_money_that_was_not_approved(client, program):
    day = timezone.localdate().isoformat()

    given = {"spent_on": day, "amount": "1", "what": "Books"}
    page = client.post(url("funding_detail", program), given).content.decode()

    assert "What may Upstream cost?" in page
    assert not Expense.objects.exists()


@pytest.mark.parametrize("name", ["funding_detail", "funding_edit", "calculator"])
def test_the_money_of_another_program_does_not_exist(client, manager, name):
    assert client.get(url(name, make_program(make_manager()))).status_code == 404


def test_an_expense_of_another_program_does_not_exist(client, manager):
    expense = make_expense(make_funding(make_program(make_manager())))

    assert client.post(url("expense_remove", expense)).status_code == 404
    assert Expense.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_makes_the_same_queries_for_any_number(
    client, program, count, django_assert_num_queries
):
    funding = make_funding(program)
    for _number in range(count):
        make_expense(funding)

    with django_assert_num_queries(10):
        response = client.get(url("funding_detail", program))

    assert len(response.context["money"].shown) == count


QUERY = "?pairs=12&meetings=6&meeting_minutes=60&mentor_minutes=45&mentee_minutes=15&months=6"
QUERY += "&lesson_minutes=60&manager_hours=1&tools=10&events=&travel=0&hourly_cost=50"


def test_the_calculator_shows_how_it_counts(client, program):
    page = client.get(url("calculator", program, QUERY)).content.decode()

    assert "12 pairs take about 266 hours and 13,420 in money" in page
    assert "Pairs (12) × meetings (6) × minutes (60) × 2" in page
    assert "Pairs (12) × 10" in page


def test_the_calculator_starts_with_what_is_usual_and_says_what_is_wrong(client, program):
    usual = client.get(url("calculator", program)).content.decode()
    wrong = client.get(url("calculator", program, QUERY + "&pairs=-1"))

    assert "20 pairs take about 426 hours" in usual
    assert set(wrong.context["form"].errors) == {"pairs"}
    assert "What would it cost?" in wrong.content.decode()


def test_an_estimate_is_taken_over_into_amount_and_basis(client, program):
    make_person(name="Finn Approver")
    form = client.get(url("funding_edit", program, QUERY)).context["form"]
    given = {name: form[name].value() for name in ("amount", "basis")}

    client.post(url("funding_edit", program, QUERY), posted(**given))

    funding = Funding.objects.get()
    assert funding.amount == Decimal(13420)
    assert funding.basis.splitlines()[-1] == "Together: 266 hours and 13,420."


def test_the_largest_estimate_can_be_taken_over(client, program):
    most = "?pairs=10000&meetings=100&meeting_minutes=480&mentor_minutes=480&mentee_minutes=480"
    most += "&lesson_minutes=6000&manager_hours=168&months=24&tools=1000000&events=1000000"
    make_person(name="Finn Approver")
    form = client.get(url("funding_edit", program, f"{most}&travel=1000000")).context["form"]

    given = {name: form[name].value() for name in ("amount", "basis")}
    client.post(url("funding_edit", program), posted(**given))

    assert Funding.objects.get().amount == Decimal(30_000_000_000)


def test_currencies_are_three_letters_each_once_with_the_common_ones_first():
    codes = [code for code, _label in currency_choices()]

    assert sorted(codes) == sorted(set(CODES))
    assert codes[0] == "EUR"
    assert len(codes) > 140


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_it_down_at_once_one_row_stays(own_database):
    program, finn = make_program(make_manager()), make_person()
    save = partial(make_funding, program, approved_by=finn)

    outcomes = at_once(partial(save, amount=1), partial(save, amount=2))

    assert [type(one) for one in outcomes] == [Funding, Funding]
    assert Funding.objects.count() == 1
