from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.factories import make_cohort, make_level, make_manager, make_person, make_program
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import Cohort, Enrollment, Place, Program, Staff

pytestmark = pytest.mark.django_db


def with_policy(cohort, **sections):
    policy = Policy.from_values(sections)
    Program.objects.filter(pk=cohort.program_id).update(policy_json=policy.to_json())
    return cohort


def test_create_program_makes_its_creator_the_manager():
    manager = make_manager()

    program = services.create_program(name="Upstream", goal="Hear the young", by=manager)

    assert list(Program.objects.managed_by(manager)) == [program]
    assert program.policy == Policy(objective="fair")


def test_create_program_refuses_who_does_not_hold_the_role():
    with pytest.raises(ValidationError, match="program manager"):
        services.create_program(name="Upstream", by=make_person())

    assert not Program.objects.exists()


def test_create_program_refuses_a_name_taken():
    make_program(name="Upstream")

    with pytest.raises(ValidationError, match="There is a program of this name already"):
        services.create_program(name="Upstream", by=make_manager())


def test_insert_names_what_was_taken_meanwhile(monkeypatch):
    program = make_program(name="Upstream")
    late = Cohort(program=program, name="Spring", starts_on=date(2026, 1, 1))
    first_look = Cohort.full_clean
    looks = []

    def full_clean(cohort, *args, **kwargs):
        first_look(cohort, *args, **kwargs)
        if not looks:
            looks.append(1)
            make_cohort(program=program, name="Spring")

    monkeypatch.setattr(Cohort, "full_clean", full_clean)

    with pytest.raises(ValidationError, match="already has a cohort of that name"):
        services.rows.insert(late)


def test_open_cohort_refuses_a_second_of_the_same_name():
    program, manager = make_program(), make_manager()
    services.open_cohort(program, name="Spring", starts_on=date(2026, 3, 1), by=manager)

    with pytest.raises(ValidationError, match="already has a cohort of that name"):
        services.open_cohort(program, name="Spring", starts_on=date(2027, 3, 1), by=manager)

    assert Cohort.objects.count() == 1


def test_open_cohort_refuses_a_length_of_its_own():
    with pytest.raises(ValidationError):
        services.open_cohort(
            make_program(), name="Odd", starts_on=date(2026, 3, 1), months=7, by=make_manager()
        )


def test_add_manager_takes_holders_of_the_role_only_and_each_once():
    first, second = make_manager(), make_manager()
    program = make_program(first)

    services.add_manager(program, second, by=first)
    services.add_manager(program, second, by=first)
    with pytest.raises(ValidationError):
        services.add_manager(program, make_person(), by=first)

    assert set(program.staff.values_list("person", flat=True)) == {first.pk, second.pk}


def test_remove_manager_keeps_the_last_one():
    first, second = make_manager(), make_manager()
    program = make_program(first)
    services.add_manager(program, second, by=first)

    services.remove_manager(program, first, by=second)
    with pytest.raises(ValidationError, match="at least one"):
        services.remove_manager(program, second, by=second)

    assert list(program.staff.values_list("person", flat=True)) == [second.pk]


def test_remove_manager_keeps_somebody_who_can_watch_every_cohort():
    watching, taking_part = make_manager(), make_manager()
    cohort = make_cohort(watching)
    services.add_manager(cohort.program, taking_part, by=watching)
    services.enroll(cohort, [taking_part], role="mentor", by=watching)

    with pytest.raises(ValidationError, match="Nobody would be left"):
        services.remove_manager(cohort.program, watching, by=watching)

    assert Staff.objects.count() == 2


@pytest.mark.parametrize("as_queryset", [True, False])
def test_enroll_adds_active_people_once_with_their_places(as_queryset):
    manager = make_manager()
    cohort = with_policy(make_cohort(manager), capacity={"mentor": 2, "mentee": 1})
    people = [make_person(), make_person(), make_person(is_active=False)]
    keys = [one.pk for one in people]
    given = Person.objects.filter(pk__in=keys) if as_queryset else [keys[0], keys[0], *keys]

    result = services.enroll_people(cohort, given, role="mentor", by=manager)
    again = services.enroll_people(cohort, given, role="mentee", by=manager)

    assert (result.added, result.gone) == (2, 1)
    assert (again.added, again.already, again.gone) == (0, 2, 1)
    assert set(cohort.enrollments.values_list("person", "role")) == {
        (key, "mentor") for key in keys[:2]
    }
    assert sorted(Place.objects.values_list("number", flat=True)) == [1, 1, 2, 2]


def test_enroll_refuses_levels_that_the_policy_does_not_name():
    manager, junior, senior = make_manager(), make_level("Associate"), make_level("VP")
    cohort = with_policy(make_cohort(manager), mentors={"levels": [" associate "]})
    people = [make_person(level=junior), make_person(level=senior), make_person()]

    mentors = services.enroll_people(cohort, people, role="mentor", by=manager)
    mentees = services.enroll_people(cohort, people, role="mentee", by=manager)

    assert (mentors.added, mentors.wrong_level) == (1, 2)
    assert (mentees.added, mentees.already, mentees.wrong_level) == (2, 1, 0)


def test_enroll_leaves_out_who_acts_unless_they_are_meant():
    manager, other = make_manager(), make_manager()
    cohort = make_cohort(manager)
    services.add_manager(cohort.program, other, by=manager)

    left_out = services.enroll_people(cohort, [manager], role="mentee", by=manager)
    meant = services.enroll_people(
        cohort, [manager], role="mentee", by=manager, is_oneself_meant=True
    )

    assert (left_out.added, left_out.is_oneself_left_out) == (0, True)
    assert (meant.added, meant.is_oneself_left_out) == (1, False)
    assert not Cohort.objects.managed_by(manager).exists()
    assert Cohort.objects.managed_by(other).exists()


def test_enroll_refuses_the_only_manager():
    manager = make_manager()
    cohort = make_cohort(manager)

    with pytest.raises(ValidationError, match="Nobody would be left"):
        services.enroll_people(cohort, [manager], role="mentee", by=manager, is_oneself_meant=True)

    assert not Enrollment.objects.exists()


def test_enroll_refuses_the_last_manager_who_does_not_take_part_whoever_acts():
    manager, other = make_manager(), make_manager()
    cohort = make_cohort(manager)
    services.add_manager(cohort.program, other, by=manager)
    services.enroll(cohort, [other], role="mentor", by=manager)

    with pytest.raises(ValidationError, match="Nobody would be left"):
        services.enroll(cohort, [manager], role="mentor", by=make_manager())

    assert list(cohort.enrollments.values_list("person", flat=True)) == [other.pk]


def test_enroll_counts_only_what_it_added_itself(monkeypatch):
    manager, people = make_manager(), [make_person() for _ in range(3)]
    cohort = make_cohort(manager)
    plain = Enrollment.objects.bulk_create

    def late(rows, **options):
        Enrollment.objects.create(cohort=cohort, person=people[0], role="mentee")
        return plain(rows, **options)

    monkeypatch.setattr(Enrollment.objects, "bulk_create", late)

    result = services.enroll_people(cohort, people, role="mentor", by=manager)

    assert (result.added, result.already) == (2, 1)
    assert cohort.enrollments.mentors().count() == 2
    assert Place.objects.count() == 3


def test_enroll_costs_the_same_queries_for_many(django_assert_num_queries):
    manager = make_manager()
    cohort = make_cohort(manager)
    people = [make_person() for _ in range(40)]

    with django_assert_num_queries(14):
        services.enroll(
            cohort, Person.objects.filter(pk__in=[p.pk for p in people]), role="mentor", by=manager
        )


def test_withdraw_takes_places_and_topics_along():
    manager, cohort = make_manager(), make_cohort()
    services.enroll(cohort, [make_person()], role="mentor", by=manager)
    enrollment = cohort.enrollments.get()
    services.set_topics(enrollment, offered=["Podcasts"], by=manager)

    services.withdraw(enrollment, by=manager)

    assert not Enrollment.objects.exists()
    assert not Place.objects.exists()
