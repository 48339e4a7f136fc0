"""The pages of a file of topics: upload, preview, confirmation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_cohort, make_manager, make_person, make_topic
from upwell.delivery.models import Job
from upwell.people.services.files import path_of
from upwell.programs import services
from upwell.programs.models import EnrollmentTopic, TopicsImport
from upwell.sheets import limits

pytestmark = pytest.mark.django_db
State = TopicsImport.State
HEADER = "Employee ID,Name,Role,Topics offered,Topics wanted\n"


@pytest.fixture
def cohort(manager):
    return make_cohort(manager, name="Spring")


def enrolled(cohort, **fields):
    services.enroll(cohort, [make_person(**fields)], role="mentor", by=make_manager())
    return cohort.enrollments.latest("created_at")


def url(name, row):
    return reverse(f"programs:topics_{name}", args=[row.pk])


def send(client, cohort, text, **more):
    file = SimpleUploadedFile("topics.csv", text.encode())
    return client.post(url("import", cohort), {"file": file} | more)


@pytest.fixture
def read(client, cohort, run_jobs):
    """The import of a text that was sent and read."""

    def read_text(text, **more):
        send(client, cohort, text, **more)
        run_jobs()
        return TopicsImport.objects.latest("created_at")

    return read_text


def html(client, found):
    return client.get(found.get_absolute_url()).content.decode()


def test_nothing_is_written_before_the_preview_is_confirmed(client, cohort, read, run_jobs):
    row = enrolled(cohort)
    found = read(f"{HEADER}{row.person.employee_id},Ann,mentor,Games,\n")
    preview, before = html(client, found), EnrollmentTopic.objects.count()

    client.post(url("confirm", found))
    run_jobs()

    assert "The file would change 1 person in Spring" in preview
    assert before == 0
    assert list(row.topics.values_list("topic__name", flat=True)) == ["Games"]
    assert "topics.csv is written" in html(client, found)


def test_preview_names_every_row_and_cell_that_is_not_used(client, cohort, read):
    row = enrolled(cohort)
    known = row.person.employee_id

    found = read(f"{HEADER}X1,Nobody Known,mentee,,Games\n{known},Ann,mentor,Law: 9,Games\n")
    response = client.get(found.get_absolute_url())

    preview = response.context["preview"]
    assert [(one["row"], one["name"], one["why"]) for one in preview["left_out"]] == [
        (2, "Nobody Known", "Nobody in the directory has this ID or address.")
    ]
    assert [(one["row"], one["column"], one["value"]) for one in preview["problems"]] == [
        (3, "Topics offered", "Law: 9")
    ]
    assert "strength is 1, 2 or 3" in response.content.decode()
    assert found.counts == {"added": 0, "updated": 1, "unchanged": 0, "left_out": 1}


def test_preview_shows_how_each_column_is_read(client, cohort, read):
    row = enrolled(cohort)

    found = read(f"ID,Topics,Grade,Salary\n{row.person.employee_id},Games,A,100\n")

    read_as = [(one["header"], one["field"], one["state"]) for one in found.preview["columns"]]
    assert read_as == [
        ("ID", "id", "mapped"),
        ("Topics", "wanted", "mapped"),
        ("Grade", "", "not stored"),
        ("Salary", "", "refused"),
    ]
    assert "Pay and bank details are never stored." in html(client, found)


def test_preview_says_under_which_topic_a_name_is_filed(client, cohort, read, run_jobs):
    row = enrolled(cohort)
    make_topic("Generative AI at work", also=["ChatGPT"])
    text = f"{HEADER}{row.person.employee_id},Ann,mentor,chatGPT; Games,\n"

    found = read(text)
    client.post(url("confirm", found))
    run_jobs()

    assert found.preview["filed"] == [{"name": "ChatGPT", "topic": "Generative AI at work"}]
    assert set(row.topics.values_list("topic__name", flat=True)) == {
        "Games",
        "Generative AI at work",
    }
    assert read(text).counts == {"added": 0, "updated": 0, "unchanged": 1, "left_out": 0}


def test_preview_shows_the_names_that_are_filed(client, cohort, read):
    make_topic("Generative AI at work", also=["ChatGPT"])

    page = html(client, read(f"{HEADER}{enrolled(cohort).person.employee_id},A,,ChatGPT,\n"))

    assert "1 name is filed under another" in page
    assert "<dt>ChatGPT</dt>" in page


def test_columns_can_be_read_otherwise(client, cohort, read, run_jobs):
    row = enrolled(cohort)
    found = read(f"ID,Topics,Notes\n{row.person.employee_id},Games,Law\n")

    client.post(found.get_absolute_url(), {"column_0": "id", "column_1": "offered"})
    run_jobs()
    client.post(url("confirm", found))
    run_jobs()

    assert list(row.topics.values_list("topic__name", "kind")) == [("Games", "offered")]


def test_a_file_that_tells_nothing_can_be_mapped_by_hand(client, cohort, read, run_jobs):
    row = enrolled(cohort)
    found = read(f"ID,Passions\n{row.person.employee_id},Games\n")
    page = html(client, found)

    client.post(found.get_absolute_url(), {"column_0": "id", "column_1": "offered"})
    run_jobs()

    assert "Please say below which column is which." in page
    found.refresh_from_db()
    assert (found.state, found.counts["updated"]) == (State.READY, 1)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "Please say of at least one column what it is."),
        ({"column_1": "offered", "column_2": "offered"}, "are both read as Topics offered"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(client, cohort, read, chosen, said):
    found = read(f"ID,Topics,Notes\n{enrolled(cohort).person.employee_id},Games,Law\n")

    response = client.post(found.get_absolute_url(), chosen)

    assert said in response.content.decode()
    assert TopicsImport.objects.get().state == State.READY


def test_people_with_a_role_are_added_if_asked(client, cohort, read, run_jobs):
    person = make_person()
    found = read(f"{HEADER}{person.employee_id},Ann,mentor,Games,\n")
    unasked = found.counts["added"]

    found = read(f"{HEADER}{person.employee_id},Ann,mentor,Games,\n", is_adding="on")
    client.post(url("confirm", found))
    run_jobs()

    assert (unasked, found.counts["added"]) == (0, 1)
    assert cohort.enrollments.get().person == person


def test_the_same_file_again_changes_nothing_and_asks_for_nothing(client, cohort, read, run_jobs):
    text = f"{HEADER}{enrolled(cohort).person.employee_id},Ann,mentor,Games,\n"
    client.post(url("confirm", read(text)))
    run_jobs()

    page = html(client, read(text))

    assert "The file would change nothing in Spring" in page
    assert "Write this" not in page


def test_what_is_no_table_is_said(client, cohort, read):
    found = read("\x00\x01\x02" * 50)

    assert found.state == State.REFUSED
    assert "Choose another file" in html(client, found)


def test_a_file_too_large_is_not_taken(client, cohort, monkeypatch):
    monkeypatch.setattr(limits, "FILE", 10)

    response = send(client, cohort, HEADER)

    assert "The file is too large." in response.content.decode()
    assert not TopicsImport.objects.exists()


def test_the_progress_is_shown_without_script_and_renewed_with_it(client, cohort, run_jobs):
    found = TopicsImport.objects.get(pk=send(client, cohort, HEADER)["Location"].split("/")[-2])
    headers = {"hx-request": "true"}

    working = client.get(found.get_absolute_url(), headers=headers).content.decode()
    page = html(client, found)
    run_jobs()
    ready = client.get(found.get_absolute_url(), headers=headers)

    assert working.strip().startswith("<div")
    assert "topics.csv is being read" in page
    assert ready["HX-Refresh"] == "true"


def test_a_job_that_failed_can_be_asked_for_again(client, cohort, run_jobs):
    send(client, cohort, f"{HEADER}{enrolled(cohort).person.employee_id},Ann,mentor,Law,\n")
    found = TopicsImport.objects.get()
    client.post(url("retry", found))
    assert Job.objects.count() == 1

    Job.objects.update(state=Job.State.FAILED)
    page = html(client, found)
    client.post(url("retry", found))
    run_jobs()

    found.refresh_from_db()
    assert "The work stopped before its end" in page
    assert found.state == State.READY


def test_an_import_can_be_given_up_once(client, cohort, read):
    found = read(f"{HEADER}{enrolled(cohort).person.employee_id},Ann,mentor,Law,\n")

    client.post(url("discard", found))
    again = client.post(url("discard", found), follow=True)
    client.post(url("confirm", found))

    found.refresh_from_db()
    assert (found.state, found.preview, path_of(found).exists()) == (State.DISCARDED, {}, False)
    assert again.redirect_chain[-1][0] == url("import", cohort)


@pytest.mark.parametrize("name", ["preview", "confirm", "discard", "retry"])
def test_imports_of_others_do_not_exist(client, cohort, manager, read, name):
    found = read(f"{HEADER}{enrolled(cohort).person.employee_id},Ann,mentor,Law,\n")
    other = make_manager()
    services.add_manager(cohort.program, other, by=manager)
    client.force_login(other)

    assert client.post(url(name, found)).status_code == 404
    assert TopicsImport.objects.get().state == State.READY
