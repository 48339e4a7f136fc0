import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_cohort, make_manager, make_person
from upwell.programs import services
from upwell.programs.models import EnrollmentTopic

pytestmark = pytest.mark.django_db


def enrolled(cohort):
    services.enroll(cohort, [make_person()], role="mentor", by=make_manager())
    return cohort.enrollments.get()


HEADER = "Employee ID,Name,Role,Topics offered,Topics wanted\n"


def send(client, cohort, text, **more):
    file = SimpleUploadedFile("topics.csv", text.encode())
    return client.post(reverse("programs:topics_import", args=[cohort.pk]), {"file": file} | more)


def test_topics_import_shows_counts_and_every_row_that_changed_nothing(client, manager):
    cohort = make_cohort(manager)
    row = enrolled(cohort)
    person = row.person.employee_id
    text = f"{HEADER}{person},Ann,mentor,Games,\nX1,Nobody Known,mentee,,Games\n"

    first = send(client, cohort, text)
    second = send(client, cohort, text)

    counts = [
        (one.context["result"].updated, one.context["result"].unchanged) for one in (first, second)
    ]
    assert counts == [(1, 0), (0, 1)]
    assert "Nobody Known" in first.content.decode()
    assert "The file changes nothing" in second.content.decode()
    assert EnrollmentTopic.objects.count() == 1


def test_topics_import_adds_people_with_a_role_if_asked(client, manager):
    cohort = make_cohort(manager)
    person = make_person()
    text = f"{HEADER}{person.employee_id},Ann,mentor,Games,\n"

    unasked = send(client, cohort, text)
    asked = send(client, cohort, text, is_adding="on")

    assert [one.context["result"].added for one in (unasked, asked)] == [0, 1]
    assert cohort.enrollments.get().person == person


def test_topics_import_shows_cells_that_could_not_be_read(client, manager):
    cohort = make_cohort(manager)
    row = enrolled(cohort)

    response = send(client, cohort, f"{HEADER}{row.person.employee_id},Ann,mentor,Law: 9,Games\n")

    assert "strength is 1, 2 or 3" in response.content.decode()
    assert list(row.topics.values_list("topic__name", "kind")) == [("Games", "wanted")]


def test_topics_import_says_what_is_no_table(client, manager):
    cohort = make_cohort(manager)

    response = send(client, cohort, "\x00\x01\x02" * 50)

    assert response.context["form"].errors["file"]
    assert "result" not in response.context
