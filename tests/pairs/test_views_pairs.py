"""The pairs of a cohort: on the page, and as a table to keep."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import make_enrollment, make_manager, make_person
from tests.pairs.organizations import manager_of
from tests.pairs.test_views_publishing import WHY, done
from upwell.pairs.models import Conflict, Couple, Pair, Proposal
from upwell.pairs.services import publish_run
from upwell.people.models import Person

pytestmark = pytest.mark.django_db

HTMX = {"hx-request": "true"}
REASONS = [
    {"code": "topics", "params": {"names": ["Generative AI"], "more": 0}},
    {"code": "perspective", "params": {"step": 1}},
]


def published(client, count=2):
    run = done(client, count, count)
    publish_run(run, reason=WHY, by=manager_of(run.cohort))
    return run


def pair_list(client, run, *, headers=None, **query):
    return client.get(reverse("pairs:pair_list", args=[run.cohort_id]), query, headers=headers)


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

    assert [row.couple for row in by_name.context["rows"]] == [couple]
    assert [row.couple for row in by_quality.context["rows"]] == [couple]
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

    html = pair_list(client, run).content.decode()

    assert ">ended</span>" in html
    assert f"1 pair in {run.cohort}" in html
    assert "1 pair that is over stands in the list as well." in html


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

    with django_assert_num_queries(13):
        response = pair_list(client, run)

    assert {row.couple for row in response.context["rows"]} == {*Couple.objects.all()}


@pytest.mark.parametrize("who", ["manager", "enrolled", "person"])
def test_pair_list_hides_cohorts_of_others_and_ones_own(client, who):
    run = published(client)
    if who == "enrolled":
        make_enrollment(run.cohort, person=manager_of(run.cohort))
    else:
        client.force_login(make_manager() if who == "manager" else make_person())

    assert pair_list(client, run).status_code == 404
    assert pair_table(client, run).status_code == 404


def test_pair_list_says_why_these_two_as_the_run_page_does(client):
    run = published(client, 1)
    Proposal.objects.update(reasons=REASONS)
    mentee = Couple.objects.get().mentee

    [row] = pair_list(client, run).context["rows"]

    assert row.why == (
        f"Offers “Generative AI”, which {mentee.name} wants. A different perspective."
    )
    assert row.why in pair_list(client, run).content.decode()


def test_pair_list_says_what_the_two_know_where_the_proposal_is_gone(client):
    run = published(client, 1)
    Pair.objects.update(reasons=REASONS[:1])
    Proposal.objects.all().delete()

    [row] = pair_list(client, run).context["rows"]

    assert "Offers “Generative AI”" in row.why
    assert row.label == ""


def pair_table(client, run, **query):
    return client.get(reverse("pairs:pair_table", args=[run.cohort_id]), query)


def test_pair_table_holds_each_pair_with_its_reasons(client):
    run = published(client)
    Proposal.objects.update(reasons=REASONS, quality="good")
    couple = Couple.objects.order_by("mentor__name").first()

    response = pair_table(client, run, **{"as": "csv"})
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))

    assert len(rows) == 2
    row = dict(zip(header, rows[0], strict=True))
    assert (row["Mentor"], row["Mentee"]) == (couple.mentor.name, couple.mentee.name)
    assert row["Mentee ID"] == couple.mentee.employee_id
    assert (row["How good"], row["State"]) == ("good", "active")
    assert row["Why these two"].endswith("A different perspective.")
    assert not {"Score", "Points"} & {*header}


def test_pair_table_is_a_workbook_in_which_no_name_is_a_formula(client):
    run = published(client, 1)
    Person.objects.filter(enrollments__role="mentor").update(name="=1+1")

    response = pair_table(client, run)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)

    assert response.headers["Content-Disposition"].endswith('-pairs.xlsx"')
    assert sheet.to_python()[1][0] == "=1+1"
    text = pair_table(client, run, **{"as": "csv"}).content.decode("utf-8-sig")
    assert '"\'=1+1"' in text


def test_pair_list_offers_the_table(client):
    run = published(client)

    html = pair_list(client, run).content.decode()

    assert html.count(reverse("pairs:pair_table", args=[run.cohort_id])) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_pair_table_makes_the_same_queries_for_any_number_of_pairs(
    client, count, django_assert_num_queries
):
    run = published(client, count)

    with django_assert_num_queries(8):  # three of them record that it was downloaded
        pair_table(client, run)


def test_pair_list_says_which_pairs_break_a_rule_now_and_what_to_do(client):
    run = published(client, 3)
    first, second, _third = Couple.objects.of_cohort(run.cohort)
    for couple in (first, second):
        Conflict.objects.create(couple=couple, rule="reporting_line")
    Conflict.objects.create(couple=second, rule="level_gap")

    html = pair_list(client, run).content.decode()

    assert "2 pairs now stand in one reporting line." in html
    assert "1 pair is now closer in level than the policy allows." in html
    assert f"{first.mentor} – {first.mentee}:" in html
    assert "Upwell ends no pair by itself." in html


def test_pair_list_forgets_conflicts_of_pairs_that_are_over(client):
    run = published(client, 1)
    Conflict.objects.create(couple=Couple.objects.get(), rule="reporting_line")
    Pair.objects.update(state=Pair.State.ENDED)

    assert pair_list(client, run).context["conflicts"] is None
