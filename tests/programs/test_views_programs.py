import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_cohort, make_level, make_manager, make_person, make_program
from tests.programs.test_forms_policy import posted
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.models import Program, Staff

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("count", [1, 3])
def test_program_list_makes_the_same_queries_for_any_number(
    client, manager, count, django_assert_num_queries
):
    programs = [make_program(manager) for _ in range(count)]
    make_program(make_manager())

    with django_assert_num_queries(6):
        response = client.get(reverse("programs:program_list"))

    assert set(response.context["programs"]) == set(programs)


def test_program_list_leads_to_the_first_program(client, manager):
    response = client.get(reverse("programs:program_list"))

    assert "Start your first program" in response.content.decode()


def test_program_pages_are_for_program_managers(client):
    client.force_login(make_person(sign_in_email="one@example.com"))

    for name in ("program_list", "program_create"):
        assert client.get(reverse(f"programs:{name}")).status_code == 404


def test_program_create_leads_to_the_goal(client, manager):
    response = client.post(
        reverse("programs:program_create"),
        {"name": "Upstream", "goal": "Hear the young", "mode": "reverse"},
    )

    program = Program.objects.get()
    assert response.url == reverse("programs:goal_detail", args=[program.pk])
    assert program.staff.get().person == manager


@pytest.mark.parametrize("name", ["\u200b", "\u202e \u200d", "\u3164", "\u2800\u200b"])
@pytest.mark.parametrize("kind", ["program", "cohort"])
def test_a_name_of_which_nothing_can_be_seen_is_refused(client, manager, kind, name):
    url = reverse("programs:program_create")
    if kind == "cohort":
        url = reverse("programs:cohort_create", args=[make_program(manager).pk])

    response = client.post(url, {"name": name, "mode": "reverse"})

    assert response.context["form"].errors["name"] in (
        ["Please give a name that can be seen."],
        ["This field is required."],
    )


def test_a_name_is_kept_without_what_turns_it_around(client, manager):
    given = {"name": "  Up\u202estream\u0007 \u00a0two ", "mode": "reverse"}

    client.post(reverse("programs:program_create"), given)

    assert Program.objects.get().name == "Up stream two"


def test_program_create_shows_that_a_name_is_taken(client, manager):
    make_program(name="Upstream")

    response = client.post(
        reverse("programs:program_create"), {"name": "Upstream", "mode": "reverse"}
    )

    assert "There is a program of this name already." in response.content.decode()
    assert Program.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_program_detail_makes_the_same_queries_for_any_number_of_cohorts(
    client, manager, count, django_assert_num_queries
):
    program = make_program(manager)
    cohorts = [make_cohort(program=program, name=f"No. {n}") for n in range(count)]

    with django_assert_num_queries(11):
        response = client.get(program.get_absolute_url())

    assert list(response.context["cohorts"]) == sorted(cohorts, key=lambda one: one.name)
    assert "Never in one reporting line." in response.content.decode()


def test_program_detail_hides_the_cohort_that_the_manager_takes_part_in(client, manager):
    cohort = make_cohort(manager)
    services.add_manager(cohort.program, make_manager(), by=manager)
    services.enroll_people(cohort, [manager], role="mentor", by=manager, is_oneself_meant=True)

    response = client.get(cohort.program.get_absolute_url())

    assert list(response.context["cohorts"]) == []
    assert "You take part in 1 cohort" in response.content.decode()


PAGES = [
    ("get", "program_detail"),
    ("get", "policy_edit"),
    ("post", "policy_edit"),
    ("get", "policy_file"),
    ("post", "policy_upload"),
    ("post", "manager_add"),
    ("get", "cohort_create"),
    ("post", "cohort_create"),
]


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_pages_of_other_managers_programs_do_not_exist(client, manager, method, name):
    program = make_program(make_manager())

    response = getattr(client, method)(reverse(f"programs:{name}", args=[program.pk]))

    assert response.status_code == 404


def test_a_program_is_out_of_reach_once_the_role_is_lost(client, manager):
    program = make_program(manager)
    manager.roles.all().delete()

    assert client.get(program.get_absolute_url()).status_code == 404


def test_manager_add_and_remove(client, manager):
    program, other = make_program(manager), make_manager()

    client.post(reverse("programs:manager_add", args=[program.pk]), {"person": other.pk})
    added = set(program.staff.values_list("person", flat=True))
    client.post(reverse("programs:manager_remove", args=[program.pk, other.pk]))

    assert added == {manager.pk, other.pk}
    assert list(program.staff.values_list("person", flat=True)) == [manager.pk]


def test_manager_add_refuses_people_without_the_role(client, manager):
    program = make_program(manager)

    response = client.post(
        reverse("programs:manager_add", args=[program.pk]), {"person": make_person().pk}
    )

    assert said(response) == [
        "Select a valid choice. That choice is not one of the available choices."
    ]
    assert program.staff.count() == 1


def test_manager_remove_says_why_the_last_one_stays(client, manager):
    program = make_program(manager)

    response = client.post(reverse("programs:manager_remove", args=[program.pk, manager.pk]))

    assert said(response) == ["A program needs at least one program manager."]
    assert program.staff.count() == 1


def test_manager_remove_of_oneself_leads_to_the_list(client, manager):
    program = make_program(manager)
    Staff.objects.create(program=program, person=make_manager(), role="program_manager")

    response = client.post(reverse("programs:manager_remove", args=[program.pk, manager.pk]))

    assert response.url == reverse("programs:program_list")


def test_manager_remove_of_another_program_does_not_exist(client, manager):
    other = make_manager()
    program = make_program(other)

    response = client.post(reverse("programs:manager_remove", args=[program.pk, other.pk]))

    assert response.status_code == 404
    assert program.staff.count() == 1


def test_policy_edit_shows_the_levels_of_the_directory_with_their_people(client, manager):
    make_person(level=make_level("Associate"))

    response = client.get(reverse("programs:policy_edit", args=[make_program(manager).pk]))

    assert "Associate (1)" in response.content.decode()


def test_policy_edit_saves_what_is_sent(client, manager):
    program = make_program(manager)
    make_level("Associate")
    url = reverse("programs:policy_edit", args=[program.pk])
    sent = posted(client.get(url).context["form"])
    sent["mentors.levels"] = "Associate"

    response = client.post(url, sent.urlencode(), "application/x-www-form-urlencoded")

    program.refresh_from_db()
    assert response.url == program.get_absolute_url()
    assert program.policy == Policy.from_values(
        {"objective": "fair", "mentors": {"levels": ["Associate"]}}
    )


def test_policy_edit_keeps_the_policy_and_says_what_is_wrong(client, manager):
    program = make_program(manager)
    url = reverse("programs:policy_edit", args=[program.pk])
    sent = posted(client.get(url).context["form"])
    sent["rules.level_gap"] = "99"

    response = client.post(url, sent.urlencode(), "application/x-www-form-urlencoded")

    assert "less than or equal to 50" in response.content.decode()
    assert Program.objects.get().policy == Policy(objective="fair")


def test_policy_edit_does_not_overwrite_what_was_saved_meanwhile(client, manager):
    program = make_program(manager)
    url = reverse("programs:policy_edit", args=[program.pk])
    sent = posted(client.get(url).context["form"])
    other = Policy.from_values({"rules": {"level_gap": 5}})
    services.save_policy(program, other, by=manager)

    response = client.post(url, sent.urlencode(), "application/x-www-form-urlencoded")

    assert "saved the policy meanwhile" in response.content.decode()
    assert Program.objects.get().policy == other


def test_policy_file_comes_back_by_upload(client, manager):
    program = make_program(manager, name="Our program")
    policy = Policy.from_values({"pairs": {"keep_apart": [["a", "b"]]}})
    services.save_policy(program, policy, by=manager)

    download = client.get(reverse("programs:policy_file", args=[program.pk]))
    services.save_policy(program, Policy(), by=manager)
    file = SimpleUploadedFile("policy.toml", download.content)
    client.post(reverse("programs:policy_upload", args=[program.pk]), {"file": file})

    assert 'filename="our-program-policy.toml"' in download["Content-Disposition"]
    assert Program.objects.get().policy == policy


def test_policy_upload_says_what_is_wrong(client, manager):
    program = make_program(manager)
    file = SimpleUploadedFile("policy.toml", b"[rules]\nlevel_gap = 99\nlines = 1")

    response = client.post(reverse("programs:policy_upload", args=[program.pk]), {"file": file})

    html = response.content.decode()
    assert "rules.level_gap is 99" in html
    assert "rules.lines is 1" in html
    assert Program.objects.get().policy == Policy(objective="fair")
