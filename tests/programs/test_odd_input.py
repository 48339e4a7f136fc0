"""Numbers and texts beyond every bound break no page."""

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_enrollment, make_person, make_program
from tests.programs.test_forms_policy import posted
from upwell.policy import Policy
from upwell.programs.models import Program

pytestmark = pytest.mark.django_db
ODD = ["9" * 30, "-1", "9" * 5_000, "1e400", "NaN", "٣", "½", "\0", "x" * 70_000, "{}", "😀"]


def shown(value):
    return f"{value[:6]!a} of {len(value)}"


@pytest.mark.parametrize("odd", ODD, ids=shown)
def test_odd_filters_narrow_nothing(client, manager, odd):
    cohort = make_cohort(manager)
    make_enrollment(cohort)

    for name in ("participant_list", "participant_add"):
        given = dict.fromkeys(("q", "role", "level", "office", "unit", "access", "page"), odd)
        url = reverse(f"programs:{name}", args=[cohort.pk])
        response = client.get(url, given | {"chosen": "on"})
        assert response.status_code == 200, name


@pytest.mark.parametrize("odd", ODD, ids=shown)
def test_odd_numbers_of_a_participant_are_refused(client, manager, odd):
    enrollment = make_enrollment(make_cohort(manager))
    url = reverse("programs:participant_edit", args=[enrollment.pk])

    response = client.post(url, {"capacity": odd, "offered": odd, "wanted": odd})

    enrollment.refresh_from_db()
    assert response.status_code == 302 or response.context["form"].errors
    assert enrollment.capacity in (None, 3)


@pytest.mark.parametrize("odd", ODD, ids=shown)
@pytest.mark.parametrize("key", ["rules.level_gap", "rules.overlap_hours", "preferences.topics"])
def test_odd_numbers_of_a_policy_are_refused(client, manager, key, odd):
    program = make_program(manager)
    url = reverse("programs:policy_edit", args=[program.pk])
    sent = posted(client.get(url).context["form"])
    sent[key] = odd

    response = client.post(url, sent.urlencode(), "application/x-www-form-urlencoded")

    assert response.status_code == 302 or response.context["form"].errors
    assert Program.objects.get().policy.model_dump(exclude={"rules", "preferences"}) == (
        Policy(objective="fair").model_dump(exclude={"rules", "preferences"})
    )


@pytest.mark.parametrize("odd", [*ODD, ""], ids=shown)
def test_odd_people_and_programs_are_refused(client, manager, odd):
    program = make_program(manager)
    cohort = make_cohort(program=program)
    make_person()
    posts = {
        reverse("programs:manager_add", args=[program.pk]): {"person": odd},
        reverse("programs:participant_add", args=[cohort.pk]): {"person": odd},
        reverse("programs:cohort_create", args=[program.pk]): {"starts_on": odd, "months": odd},
        reverse("programs:program_create"): {"name": odd, "mode": odd},
    }

    statuses = {client.post(url, given).status_code for url, given in posts.items()}

    assert statuses <= {200, 302}
    assert (Program.objects.count(), cohort.enrollments.count()) == (1, 0)
