"""Certificate and table of a run, downloaded in the browser and checked in the terminal."""

import pytest
from django.urls import reverse

from tests.pairs.organizations import load_demo, manager_of
from tests.pairs.test_parity import run_through_directory, sides
from tests.pairs.test_runs import computed, make_sides
from upwell.cli.main import main
from upwell.cli.verify import WITHOUT_PROOF
from upwell.demo import generate, write_csv
from upwell.people.models import Person
from upwell.sheets import read_people
from upwell.sheets.table import table_rows
from upwell.sheets.write import write_table

pytestmark = pytest.mark.django_db


def download(client, run, folder):
    """Both files of a run, as its manager's browser saves them."""
    client.force_login(manager_of(run.cohort))
    paths = []
    for name in ("run_certificate", "run_table"):
        response = client.get(reverse(f"pairs:{name}", args=[run.pk]))
        path = folder / response.headers["Content-Disposition"].split('"')[1]
        path.write_bytes(response.content)
        paths.append(path)
    return paths


def verify(paths):
    return main(["verify", *map(str, paths)])


def change_one_value(path, header):
    """Take what the last person has under a header, and put something else in its place."""
    rows = [*table_rows(read_people(path).people)]
    column = rows[0].index(header)
    at = max(row for row, cells in enumerate(rows) if row and cells[column] not in {"", None})
    rows[at][column] = {"Max pairs": 7, "Languages": "klingon"}[header]
    write_table(path, {"People": rows})


def test_a_run_of_the_demo_is_checked_in_the_terminal(client, tmp_path, capsys):
    people, path = generate(400), tmp_path / "people.csv"
    write_csv(people, path)
    policy = sides(people.level_order[:2], people.level_order[-4:])
    run = run_through_directory(path, policy)

    files = download(client, run, tmp_path)
    Person.objects.update(languages=[], hours_from=None, hours_until=None)

    assert [file.name for file in files] == [
        "upwell-run-1-certificate.json",
        "upwell-run-1-people.xlsx",
    ]
    assert verify(files) == WITHOUT_PROOF
    assert "The pairs are right" in capsys.readouterr().out


def test_a_run_of_the_company_file_is_proven_in_the_terminal(company_file, client, tmp_path):
    policy = sides(["Associate", "Individual Contributor"], ["Director", "VP", "SVP", "CSuite"])
    run = run_through_directory(company_file, policy)

    assert verify(download(client, run, tmp_path)) == WITHOUT_PROOF


@pytest.mark.parametrize("header", ["Max pairs", "Languages"])
def test_one_changed_value_is_refused(header, client, tmp_path, capsys):
    cohort, _people = load_demo(120)
    files = download(client, computed(cohort), tmp_path)
    before = verify(files)

    change_one_value(files[1], header)

    assert (before, verify(files)) == (WITHOUT_PROOF, 1)
    assert "Rejected." in capsys.readouterr().out


def test_a_cohort_of_some_of_a_level_is_proven_though_others_have_the_level(client, tmp_path):
    order = generate(120).level_order
    cohort, _people = load_demo(120, policy=sides(order[:2], order[-4:]))
    for role in ("mentor", "mentee"):
        taking = cohort.enrollments.filter(role=role)
        taking.filter(pk__in=[*taking.values_list("pk", flat=True)[::3]]).delete()

    assert verify(download(client, computed(cohort), tmp_path)) == WITHOUT_PROOF


def test_people_of_whom_little_is_known_are_proven_all_the_same(client, tmp_path):
    cohort = make_sides(3, 3)
    Person.objects.filter(enrollments__role="mentor").update(employee_id=None)

    assert verify(download(client, computed(cohort), tmp_path)) == WITHOUT_PROOF


def test_the_table_names_nobody(client, tmp_path):
    cohort, people = load_demo(60)
    _certificate, table = download(client, computed(cohort), tmp_path)

    again = read_people(table).people

    assert {*again.ids} > {*people.ids}
    assert (again.names, again.emails, again.titles) == (again.ids, None, None)


def test_the_page_offers_both_and_says_what_to_do_with_them(client):
    cohort = make_sides()
    client.force_login(manager_of(cohort))
    run = computed(cohort)

    html = client.get(run.get_absolute_url()).content.decode()

    for name in ("run_certificate", "run_table"):
        assert reverse(f"pairs:{name}", args=[run.pk]) in html
    assert "upwell verify upwell-run-1-certificate.json upwell-run-1-people.xlsx" in html
