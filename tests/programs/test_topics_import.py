import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    make_cohort,
    make_level,
    make_manager,
    make_pair,
    make_person,
    make_run,
)
from tests.programs.test_topics import topics
from upwell.pairs.models import Member
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import EnrollmentTopic, Place, Program
from upwell.programs.services.topics_plan import plan_topics
from upwell.sheets import Topic as Named

pytestmark = pytest.mark.django_db


def write(tmp_path, *lines):
    path = tmp_path / "topics.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def counts(result):
    return tuple(result.counts[name] for name in ("added", "updated", "unchanged"))


def whys(result):
    return {one.row.id: one.why for one in result.left_out}


HEADER = "Employee ID,Name,Email,Role,Topics offered,Topics wanted,Capacity"


def test_topics_file_finds_people_by_id_else_by_address(tmp_path):
    by_id = make_person(employee_id="A1")
    by_email = make_person(employee_id="A2", contact_email="Zoe@example.com")
    make_person(employee_id="A3", contact_email="both@example.com")
    make_person(employee_id="A4", contact_email="Both@example.com")
    make_person(employee_id="A5", is_active=False)
    path = write(
        tmp_path,
        HEADER,
        "A1,One,,mentor,Games,,",
        "X2,Zoe,zoe@example.com,,Law: 3,,2",
        "X3,Shared,both@example.com,,Law,,",
        "A5,Left,,,Law,,",
        "X6,Zoe again,zoe@example.com,,Law,,",
    )

    file = services.read_topics_file(path)

    assert set(file.rows) == {by_id.pk, by_email.pk}
    assert file.rows[by_email.pk].offered == (Named("Law", 3),)
    assert [(one.row.name, one.row.number, one.why) for one in file.strangers] == [
        ("Shared", 4, "unknown"),
        ("Left", 5, "unknown"),
        ("Zoe again", 6, "twice"),
    ]


def test_topics_file_refuses_a_table_without_topics_and_what_is_no_table(tmp_path):
    with pytest.raises(ValidationError, match="no column of topics"):
        services.read_topics_file(write(tmp_path, "Employee ID,Name", "A1,One"))
    with pytest.raises(ValidationError, match="empty"):
        services.read_topics_file(write(tmp_path, ""))


def make_case(tmp_path):
    """A cohort with a mentor, and a file about her, two newcomers and a stranger."""
    manager = make_manager()
    cohort = make_cohort(manager)
    mentor = make_person(employee_id="A1")
    make_person(employee_id="A2")
    make_person(employee_id="A3")
    services.enroll(cohort, [mentor], role="mentor", by=manager)
    path = write(
        tmp_path,
        HEADER,
        "A1,One,,mentor,Games: 3;Law,,2",
        "A2,Two,,mentee,,Games,",
        "A3,Three,,,,Law,",
        "A9,Nobody,,mentee,,Law,",
    )
    return cohort, manager, services.read_topics_file(path)


def test_import_topics_sets_topics_and_capacity_of_those_who_take_part(tmp_path):
    cohort, manager, file = make_case(tmp_path)

    result = services.import_topics(cohort, file, by=manager)

    enrollment = cohort.enrollments.get()
    assert counts(result) == (0, 1, 0)
    assert whys(result) == {"A2": "outside", "A3": "outside", "A9": "unknown"}
    assert topics(enrollment) == {("offered", "Games", 3), ("offered", "Law", 2)}
    assert (enrollment.capacity, enrollment.places.count()) == (2, 2)


def test_import_topics_takes_the_places_of_the_role(tmp_path):
    manager, person = make_manager(), make_person(employee_id="A1")
    cohort = make_cohort(manager)
    services.enroll(cohort, [person], role="mentor", by=manager)
    path = write(tmp_path, "Employee ID,Max mentees,Max mentors", "A1,3,1")

    services.import_topics(cohort, services.read_topics_file(path), by=manager)

    assert cohort.enrollments.get().capacity == 3


def test_import_topics_adds_those_with_a_role_if_asked(tmp_path):
    cohort, manager, file = make_case(tmp_path)

    result = services.import_topics(cohort, file, is_adding=True, by=manager)

    assert counts(result) == (1, 1, 0)
    assert whys(result) == {"A3": "no_role", "A9": "unknown"}
    mentee = cohort.enrollments.mentees().get()
    assert topics(mentee) == {("wanted", "Games", 2)}
    assert mentee.places.count() == 1


def test_import_topics_twice_writes_nothing(tmp_path):
    cohort, manager, file = make_case(tmp_path)
    services.import_topics(cohort, file, is_adding=True, by=manager)
    rows = set(EnrollmentTopic.objects.values_list()), set(Place.objects.values_list())

    result = services.import_topics(cohort, file, is_adding=True, by=manager)

    assert counts(result) == (0, 0, 2)
    assert rows == (set(EnrollmentTopic.objects.values_list()), set(Place.objects.values_list()))


def test_import_topics_leaves_blank_cells_and_other_roles_alone(tmp_path):
    manager, person, other = make_manager(), make_person(employee_id="A1"), make_person()
    cohort = make_cohort(manager)
    services.enroll(cohort, [person, other], role="mentor", by=manager)
    enrollment = cohort.enrollments.get(person=person)
    services.set_topics(enrollment, offered=["Games"], by=manager)
    path = write(tmp_path, HEADER, "A1,One,,,,Law,", f"{other.employee_id},Other,,mentee,,Law,")

    result = services.import_topics(cohort, services.read_topics_file(path), by=manager)

    assert topics(enrollment) == {("offered", "Games", 2), ("wanted", "Law", 2)}
    assert whys(result) == {other.employee_id: "other_role"}


def test_import_topics_puts_people_who_can_be_both_on_the_side_of_their_level(tmp_path):
    manager = make_manager()
    cohort = make_cohort(manager)
    policy = Policy.from_values({"mentors": {"levels": ["Low"]}, "mentees": {"levels": ["High"]}})
    Program.objects.update(policy_json=policy.to_json())
    make_person(employee_id="A1", level=make_level("Low"))
    make_person(employee_id="A2", level=make_level("High"))
    make_person(employee_id="A3", level=make_level("Middle"))
    path = write(tmp_path, HEADER, *(f"A{n},N{n},,both,Law,," for n in (1, 2, 3)))

    result = services.import_topics(
        cohort, services.read_topics_file(path), is_adding=True, by=manager
    )

    roles = cohort.enrollments.values_list("person__employee_id", "role")
    assert set(roles) == {("A1", "mentor"), ("A2", "mentee")}
    assert whys(result) == {"A3": "level"}


def test_import_topics_leaves_rows_out_that_cannot_be_kept(tmp_path):
    manager, person = make_manager(), make_person(employee_id="A1")
    manager.employee_id = "A2"
    manager.save()
    cohort = make_cohort(manager)
    services.enroll(cohort, [person], role="mentor", by=manager)
    path = write(tmp_path, HEADER, f"A1,One,,,{'x' * 201},,", "A2,Me,,mentor,,,")

    result = services.import_topics(
        cohort, services.read_topics_file(path), is_adding=True, by=manager
    )

    assert whys(result) == {"A1": "topic", "A2": "oneself"}
    assert not EnrollmentTopic.objects.exists()


@pytest.mark.parametrize(("most", "left_out"), [(0, {"A1": "held"}), (1, {"A1": "held"}), (2, {})])
def test_import_topics_leaves_rows_out_that_allow_less_than_there_is(tmp_path, most, left_out):
    manager, person = make_manager(), make_person(employee_id="A1")
    cohort = make_cohort(manager)
    services.enroll(cohort, [person], role="mentor", by=manager)
    enrollment, run = cohort.enrollments.get(), make_run(cohort)
    services.set_capacity(enrollment, 3, by=manager)
    for place in enrollment.places.all()[:2]:
        Member.objects.create(pair=make_pair(run=run), place=place)
    file = services.read_topics_file(write(tmp_path, HEADER, f"A1,One,,,,,{most}"))

    result = services.import_topics(cohort, file, by=manager)

    enrollment.refresh_from_db()
    assert whys(result) == left_out
    assert enrollment.capacity == enrollment.places.count() == (3 if left_out else most)


def test_the_plan_says_what_the_import_does(tmp_path):
    cohort, manager, file = make_case(tmp_path)

    plan = plan_topics(cohort, file, cohort.program.policy, is_adding=True, by=manager)
    before = cohort.enrollments.count(), EnrollmentTopic.objects.count()
    result = services.import_topics(cohort, file, is_adding=True, by=manager)

    assert before == (1, 0)
    assert plan == result
