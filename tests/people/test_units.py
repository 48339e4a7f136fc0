"""Units as a tree: out of files, and changed by hand."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import make_person
from tests.people.readings import bring_in, make_reading
from upwell.audit.models import AuditEntry
from upwell.people import services
from upwell.people.models import Directory, OrgUnit, Person

pytestmark = pytest.mark.django_db


def paths():
    return sorted(OrgUnit.objects.paths().values())


def unit(path):
    found = {one: pk for pk, one in OrgUnit.objects.paths().items()}
    return OrgUnit.objects.get(pk=found[path])


def make_tree(*wanted):
    bring_in(make_reading(" ".join(map(str, range(len(wanted)))), units=wanted))


def path_of(employee_id):
    return OrgUnit.objects.paths()[Person.objects.get(employee_id=employee_id).unit_id]


def change(at, by=None, **fields):
    found = unit(at)
    defaults = {"name": found.name, "parent": found.parent}
    services.change_unit(found, **defaults | fields, by=by or make_person())


def test_paths_of_a_file_become_a_tree():
    make_tree("Sales / EMEA / Key", "Sales", "Finance / EMEA")

    assert paths() == [
        "Finance", "Finance / EMEA", "Sales", "Sales / EMEA", "Sales / EMEA / Key",
    ]  # fmt: skip
    assert [path_of(one) for one in "012"] == ["Sales / EMEA / Key", "Sales", "Finance / EMEA"]


def test_the_same_paths_again_change_nothing():
    make_tree("Sales / EMEA", "Finance / EMEA")

    assert bring_in(make_reading("0 1", units=["Sales / EMEA", "Finance / EMEA"])).is_empty


def test_a_name_alone_is_the_one_unit_that_has_it():
    make_tree("Sales / EMEA", "Finance / Audit", "Sales / Audit")

    bring_in(make_reading("0 1", units=["EMEA", "Audit"]))

    assert [path_of("0"), path_of("1")] == ["Sales / EMEA", "Audit"]


def test_a_unit_renamed_is_still_known_by_files():
    make_tree("Sales / EMEA / Key")
    change("Sales / EMEA", name="Europe")

    done = bring_in(make_reading("0 9", units=["Sales / EMEA / Key", "Sales / EMEA / New"]))

    assert paths() == [
        "Sales", "Sales / Europe", "Sales / Europe / Key", "Sales / Europe / New",
    ]  # fmt: skip
    assert (done.counts["unchanged"], done.counts["added"]) == (1, 1)


def test_a_unit_moved_takes_everybody_along_and_is_still_known():
    make_tree("EMEA / Key", "Sales")
    change("EMEA", parent=unit("Sales"))

    done = bring_in(make_reading("0 1", units=["EMEA / Key", "Sales"]))

    assert path_of("0") == "Sales / EMEA / Key"
    assert done.is_empty


def test_a_change_is_counted_and_recorded():
    administrator = make_person()
    make_tree("Sales")
    before = Directory.current().revision

    change("Sales", name=" Sales  and more ", by=administrator)

    assert paths() == ["Sales and more"]
    assert Directory.current().revision == before + 1
    entry = AuditEntry.objects.get(event="people.unit.changed")
    assert (entry.by, entry.object_id) == (str(administrator.pk), str(unit("Sales and more").pk))


@pytest.mark.parametrize(
    ("at", "under", "name", "said"),
    [
        ("Sales", "Sales / EMEA", "Sales", "cannot stand below itself"),
        ("Sales", "Sales", "Sales", "cannot stand below itself"),
        ("Sales / EMEA", None, "Finance", "There is a unit “Finance” already"),
    ],
)
def test_what_would_be_no_tree_is_refused(at, under, name, said):
    make_tree("Sales / EMEA", "Finance")
    before = paths()

    with pytest.raises(ValidationError, match=said):
        change(at, name=name, parent=unit(under) if under else None)

    assert paths() == before


def test_the_page_shows_each_unit_with_those_below(client, manager):
    make_tree("Sales / EMEA", "Sales", "Finance")
    make_person(unit=unit("Sales"), is_active=False)

    page = client.get("/people/units/")

    told = [(one.unit.name, one.own, one.total) for one in page.context["rows"]]
    assert told == [("Finance", 1, 1), ("Sales", 1, 2)]
    assert "units/1/" not in page.content.decode()


def test_a_filter_by_a_unit_shows_those_below(client, manager):
    make_tree("Sales / EMEA", "Sales", "Finance")

    page = client.get("/people/", {"unit": unit("Sales").pk})

    assert {one.employee_id for one in page.context["page"]} == {"0", "1"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_tree(
    client, administrator, count, django_assert_num_queries
):
    make_tree(*(f"Sales / {number} / Key" for number in range(count)))

    with django_assert_num_queries(6):
        client.get("/people/units/")


def test_an_administrator_renames_a_unit(client, administrator):
    make_tree("Sales / EMEA")
    form = reverse("people:unit_change", args=[unit("Sales / EMEA").pk])

    refused = client.post(form, {"name": "Sales", "parent": ""})
    client.post(form, {"name": "Europe", "parent": ""})

    assert "There is a unit “Sales” already." in refused.content.decode()
    assert paths() == ["Europe", "Sales"]


def test_a_program_manager_changes_no_unit(client, manager):
    make_tree("Sales")

    answer = client.post(
        reverse("people:unit_change", args=[unit("Sales").pk]), {"name": "Mine", "parent": ""}
    )

    assert (answer.status_code, paths()) == (404, ["Sales"])


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("unit_list", "No units yet"),
        ("level_list", "No levels yet"),
        ("office_list", "No offices yet"),
    ],
)
def test_a_list_of_nothing_says_that_a_file_brings_it(client, administrator, route, words):
    html = client.get(reverse(f"people:{route}")).content.decode()

    assert words in html
    assert f'href="{reverse("people:import_start")}"' in html
