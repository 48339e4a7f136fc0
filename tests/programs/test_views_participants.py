import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_level, make_manager, make_person
from upwell.people.models import Office, OrgUnit
from upwell.policy import Policy
from upwell.programs import services

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def enrolled(cohort, count=1, role="mentor"):
    people = [make_person() for _ in range(count)]
    services.enroll(cohort, people, role=role, by=make_manager())
    return list(cohort.enrollments.filter(person__in=people))


def url(name, row):
    return reverse(f"programs:{name}", args=[row.pk])


COHORT_PAGES = [
    ("get", "cohort_detail"),
    ("get", "participant_list"),
    ("get", "participant_add"),
    ("post", "participant_add"),
    ("get", "participant_table"),
    ("post", "participant_invite"),
    ("get", "topics_import"),
    ("post", "topics_import"),
]
ENROLLMENT_PAGES = [
    ("get", "participant_edit"),
    ("post", "participant_edit"),
    ("post", "participant_withdraw"),
]


@pytest.mark.parametrize(("method", "name"), [*COHORT_PAGES, *ENROLLMENT_PAGES])
def test_pages_of_other_managers_cohorts_do_not_exist(client, manager, method, name):
    cohort = make_cohort(make_manager())
    [enrollment] = enrolled(cohort)
    row = enrollment if (method, name) in ENROLLMENT_PAGES else cohort

    assert getattr(client, method)(url(name, row)).status_code == 404
    assert cohort.enrollments.count() == 1


@pytest.mark.parametrize(("method", "name"), [*COHORT_PAGES, *ENROLLMENT_PAGES])
def test_a_manager_who_takes_part_does_not_reach_the_cohort(client, manager, method, name):
    cohort = make_cohort(manager)
    services.add_manager(cohort.program, make_manager(), by=manager)
    [enrollment] = enrolled(cohort)
    services.enroll(cohort, [manager], role="mentee", by=make_manager())
    row = enrollment if (method, name) in ENROLLMENT_PAGES else cohort

    assert getattr(client, method)(url(name, row)).status_code == 404
    assert cohort.enrollments.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_participant_list_makes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    cohort = make_cohort(manager)
    rows = enrolled(cohort, count)
    for row in rows:
        services.set_topics(row, offered=["Games", "Law"], by=manager)

    with django_assert_num_queries(17):
        response = client.get(url("participant_list", cohort))

    assert set(response.context["page"]) == set(rows)


def test_participant_list_filters_by_role_and_name(client, manager):
    cohort = make_cohort(manager)
    mentors, mentees = enrolled(cohort, 2), enrolled(cohort, 1, "mentee")

    by_role = client.get(url("participant_list", cohort), {"role": "mentee"})
    by_name = client.get(url("participant_list", cohort), {"q": mentors[0].person.employee_id})

    assert list(by_role.context["page"]) == mentees
    assert list(by_name.context["page"]) == mentors[:1]


def test_participant_list_pages_by_fifty(client, manager):
    cohort = make_cohort(manager)
    enrolled(cohort, 51)

    response = client.get(url("participant_list", cohort), {"page": 2, "role": "mentor"})

    assert len(response.context["page"]) == 1
    assert "?role=mentor&amp;page=1" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_participant_add_makes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    cohort = make_cohort(manager)
    level = make_level()
    people = [make_person(level=level) for _ in range(count)]
    policy = Policy.from_values({"mentors": {"levels": [level.name]}})
    services.save_policy(cohort.program, policy, by=manager)

    with django_assert_num_queries(15):
        response = client.get(url("participant_add", cohort))

    assert set(response.context["page"]) == set(people)
    assert response.context["choice"].fitting == count


def test_participant_add_chooses_by_level_office_unit_and_name(client, manager):
    level, office = make_level(), Office.objects.create(name="Lisbon")
    sales = OrgUnit.objects.create(name="Sales")
    below = OrgUnit.objects.create(name="Retail", parent=sales)
    fitting = make_person(name="Ada Byron", level=level, office=office, unit=below)
    make_person(name="Ada Other", level=level, office=office)
    make_person(name="Ada Nowhere", level=level, unit=below)
    make_person(name="Bea Byron", level=level, office=office, unit=below)
    make_person(name="Ada Left", level=level, office=office, unit=below, is_active=False)
    asked = {"chosen": "on", "q": "ada", "level": level.pk, "office": office.pk, "unit": sales.pk}

    response = client.get(url("participant_add", make_cohort(manager)), asked)

    assert list(response.context["page"]) == [fitting]


def test_participant_add_adds_all_that_fit(client, manager):
    cohort, level = make_cohort(manager), make_level()
    people = [make_person(level=level) for _ in range(3)]
    services.enroll(cohort, people[:1], role="mentor", by=manager)
    make_person()

    response = client.post(
        url("participant_add", cohort) + f"?role=mentee&chosen=on&level={level.pk}",
        {"is_all": "on"},
    )

    assert said(response) == ["2 mentees added.", "Took part already: 1."]
    assert set(cohort.enrollments.mentees().values_list("person", flat=True)) == {
        one.pk for one in people[1:]
    }


def test_participant_add_offers_nothing_where_everybody_takes_part(client, manager):
    cohort = make_cohort(manager)
    services.enroll(cohort, [make_person(name="Ada Byron")], role="mentor", by=manager)

    html = client.get(url("participant_add", cohort), {"q": "Ada"}).content.decode()

    assert "Everybody who fits the search takes part already" in html
    assert "Add those ticked" not in html


def test_participant_add_adds_those_ticked(client, manager):
    cohort = make_cohort(manager)
    people = [make_person() for _ in range(3)]

    response = client.post(url("participant_add", cohort), {"person": [people[1].pk]})

    assert response.url == cohort.get_absolute_url()
    assert list(cohort.enrollments.values_list("person", flat=True)) == [people[1].pk]


@pytest.mark.parametrize("sent", [{}, {"person": "nonsense"}])
def test_participant_add_asks_for_somebody(client, manager, sent):
    cohort = make_cohort(manager)

    response = client.post(url("participant_add", cohort), sent)

    assert "Please tick at least one person." in said(response)
    assert not cohort.enrollments.exists()


def test_participant_add_warns_managers_about_themselves(client, manager):
    cohort = make_cohort(manager)
    page = client.get(url("participant_add", cohort)).content.decode()

    left_out = client.post(url("participant_add", cohort), {"is_all": "on"})
    refused = client.post(
        url("participant_add", cohort), {"is_all": "on", "is_oneself_meant": "on"}
    )

    assert "no longer sees it" in page
    assert "You were left out: whoever takes part cannot run the cohort." in said(left_out)
    assert any("Nobody would be left to run" in text for text in said(refused))
    assert not cohort.enrollments.exists()


def test_participant_add_hands_the_cohort_over_if_meant(client, manager):
    cohort = make_cohort(manager)
    services.add_manager(cohort.program, make_manager(), by=manager)

    response = client.post(
        url("participant_add", cohort), {"person": manager.pk, "is_oneself_meant": "on"}
    )

    assert response.url == cohort.program.get_absolute_url()
    assert client.get(url("cohort_detail", cohort)).status_code == 404


def test_participant_edit_changes_capacity_and_topics(client, manager):
    cohort = make_cohort(manager)
    [row] = enrolled(cohort)

    client.post(
        url("participant_edit", row),
        {"capacity": "3", "offered": "Podcasts: 3\nLaw", "wanted": ""},
    )

    row.refresh_from_db()
    topics = set(row.topics.values_list("topic__name", "kind", "strength"))
    assert (row.capacity, row.places.count()) == (3, 3)
    assert topics == {("Podcasts", "offered", 3), ("Law", "offered", 2)}
    shown = client.get(url("participant_edit", row)).content.decode()
    assert "Law: 2\nPodcasts: 3" in shown


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("enrolled", "Ann takes part as a mentor"),
        ("waiting", "Ann is on the waiting list as a mentor"),
        ("out", "Ann does not take part this time"),
        ("asked", "Ann has not answered yet"),
    ],
)
def test_participant_edit_says_how_far_somebody_has_come(client, manager, state, heading):
    ann = make_person(name="Ann")
    row = make_enrollment(make_cohort(manager), person=ann, state=state)

    html = client.get(url("participant_edit", row)).content.decode()

    assert " ".join(html.partition("<h1")[2].partition("</h1>")[0].split()).endswith(heading)


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({"capacity": "51"}, "less than or equal to 50"),
        ({"offered": "Law: 7"}, "strength is 1, 2 or 3"),
        ({"wanted": "\n".join(f"T{n}" for n in range(51))}, "At most 50 topics"),
        ({"offered": "x" * 201}, "is no topic"),
    ],
)
def test_participant_edit_says_what_is_wrong(client, manager, sent, text):
    [row] = enrolled(make_cohort(manager))

    response = client.post(url("participant_edit", row), {"capacity": "2"} | sent)

    assert text in response.content.decode()
    row.refresh_from_db()
    assert row.capacity is None
    assert not row.topics.exists()


def test_participant_withdraw_takes_somebody_out(client, manager):
    cohort = make_cohort(manager)
    [row] = enrolled(cohort)

    response = client.post(url("participant_withdraw", row))

    assert said(response) == [f"{row.person.name} no longer takes part."]
    assert not cohort.enrollments.exists()
