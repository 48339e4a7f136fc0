"""The pages on which a manager tries other rules, and holds runs beside each other."""

import pytest
from django.utils import timezone

from tests.factories import make_run
from tests.pairs.choosing import make_sheet
from tests.pairs.organizations import manager_of
from tests.pairs.test_comparison import changed
from tests.pairs.test_comparison import computed as computed_under
from tests.pairs.test_previews import asked, followed, object_to_first
from tests.pairs.test_publication import make_run as with_addresses
from tests.pairs.test_runs import computed, make_sides, silent
from tests.pairs.test_views_rules import url
from tests.pairs.test_views_runs import page, signed_in
from upwell.pairs.models import MatchRun
from upwell.pairs.queries import own_policy
from upwell.pairs.services import find_more
from upwell.people.models import Person
from upwell.programs.models import Program

pytestmark = pytest.mark.django_db


def posted_rules(client, cohort, **values):
    form = client.get(url("run_other", cohort.pk)).context["form"]
    given = {name: form.initial.get(name, "") for name in form.fields} | values
    return {
        name: value for name, value in given.items() if value is not None and value is not False
    }


def test_run_other_starts_a_run_under_what_is_changed(client):
    cohort = signed_in(client, make_sides())
    given = posted_rules(client, cohort, name="Stricter hours", **{"rules.overlap_hours": 3})

    response = client.post(url("run_other", cohort.pk), given)

    run = MatchRun.objects.get()
    assert response.headers["Location"] == run.get_absolute_url()
    assert (run.name, run.has_other_rules) == ("Stricter hours", True)
    assert '"overlap_hours":3.0' in run.policy_json


def test_run_other_asks_for_nothing_but_what_is_of_pairs(client):
    cohort = signed_in(client, make_sides())

    form = client.get(url("run_other", cohort.pk)).context["form"]

    sections = {name.partition(".")[0] for name in form.fields}
    assert sections.isdisjoint({"gates", "privacy", "quality"})
    private = {"preferences.background", "preferences.ranking", "pairs.mutual_first"}
    assert private.isdisjoint(form.fields)


def test_run_other_says_what_is_wrong(client):
    cohort = signed_in(client, make_sides())
    given = posted_rules(client, cohort, **{"rules.level_gap": 99})

    html = client.post(url("run_other", cohort.pk), given).content.decode()

    assert "Not started: please look at what is marked below." in html
    assert not MatchRun.objects.exists()


def test_run_other_says_why_no_run_can_start(client):
    cohort = signed_in(client, make_sides())
    make_run(cohort, published_at=timezone.now())

    html = page(client, "run_other", cohort.pk)

    assert "so there is nothing more to match" in html
    assert "Start a run under these rules" not in html


def under_other_rules(client):
    cohort = signed_in(client, make_sides())
    policy = changed(Program.objects.get(pk=cohort.program_id).policy, "rules", level_gap=0)
    policy = changed(policy, "preferences", topics=60)
    return computed_under(cohort, policy, "More topics")


def test_a_run_under_other_rules_says_which_and_can_make_them_the_programs(client):
    run = under_other_rules(client)
    html = page(client, "run_detail", run.pk)
    assert "Run 1: More topics" in html and "Topics: 60 instead of 50." in html

    said = client.post(url("run_adopt", run.pk), follow=True).content.decode()

    assert "These rules are the program" in said and "They are the program" in said
    assert Program.objects.get(pk=run.cohort.program_id).policy.preferences.topics == 60


def test_a_step_from_a_run_under_other_rules_keeps_these(client):
    cohort = make_sides(2, 2, rules={"level_gap": 0, "overlap_hours": 0, "team": "different"})
    Person.objects.filter(enrollments__cohort=cohort).update(team="one")
    cohort.program.refresh_from_db()
    policy = changed(cohort.program.policy, "preferences", topics=60)
    run = computed_under(cohort, policy, "More topics")
    find_more(run.pk, report=silent)
    client.force_login(manager_of(cohort))

    html = client.get(url("run_unplaced", run.pk)).content.decode()
    href = f"{url('run_other', cohort.pk)}?step=rules.team&run={run.pk}"
    answer = client.get(href)
    form = answer.context["form"]
    given = {name: form.initial.get(name, "") for name in form.fields}
    given = {name: one for name, one in given.items() if one is not None and one is not False}
    client.post(href, given)

    assert href.replace("&", "&amp;") in html
    assert "You start from the rules of Run 1: More topics" in answer.content.decode()
    started = own_policy(MatchRun.objects.get(number=2))
    assert (started.preferences.topics, started.rules.team) == (60, "any")


def test_run_adopt_says_why_not(client):
    run = computed(signed_in(client, make_sides()))

    said = client.post(url("run_adopt", run.pk), follow=True).content.decode()

    assert "rules already" in said


def test_run_list_says_how_rules_differ_and_offers_to_compare(client):
    run = under_other_rules(client)
    assert "side by side" not in page(client, "run_list", run.cohort_id)
    computed(run.cohort)

    html = page(client, "run_list", run.cohort_id)

    assert html.count("Topics: 60 instead of 50.") == 1
    assert "Hold those ticked side by side" in html
    assert url("run_other", run.cohort_id) in html


def compare(client, cohort, *runs, **options):
    asked = {"run": [run.pk if isinstance(run, MatchRun) else run for run in runs]}
    return client.get(url("run_compare", cohort.pk), asked, **options)


def test_run_compare_holds_runs_side_by_side_and_leads_to_publication(client):
    first = under_other_rules(client)
    second = computed(first.cohort)

    response = compare(client, first.cohort, second, first)

    html = response.content.decode()
    assert "2 runs side by side" in html and "Topics: 60 instead of 50." in html
    assert [side.run for side in response.context["sides"]] == [first, second]
    assert url("run_publish", second.pk) in html and "Use this one" in html


def test_run_compare_of_a_published_cohort_offers_no_publication(client):
    first = under_other_rules(client)
    second = computed(first.cohort)
    MatchRun.objects.filter(pk=first.pk).update(published_at=timezone.now())

    html = compare(client, first.cohort, first, second).content.decode()

    assert "Use this one" not in html and "See this run" in html


def test_what_people_are_asked_comes_before_runs_and_their_publication(client):
    run = with_addresses(3, 3, preferences={"ranking": 20, "topics": 50})
    other = computed(signed_in(client, run.cohort))
    make_sheet(run.cohort, run.cohort.enrollments.first(), by=manager_of(run.cohort))

    pages = [page(client, route, run.cohort_id) for route in ("run_list", "run_other")]
    html = page(client, "run_detail", run.pk)
    beside = compare(client, run.cohort, run, other).content.decode()
    asking = client.get(url("run_publish", run.pk), follow=True).content.decode()

    for one in (*pages, html, asking):
        assert "People of this cohort are still choosing. Wait for the day" in one
    assert url("run_publish", run.pk) not in html + beside
    assert url("run_ask_first", run.pk) not in html


def test_a_run_that_has_been_asked_about_in_vain_is_not_offered_beside_others(client):
    preview = asked(3, 3)
    object_to_first(preview)
    other = followed(preview)
    cohort = signed_in(client, other.cohort)

    html = compare(client, cohort, preview.run, other).content.decode()

    assert url("run_publish", other.pk) in html
    assert url("run_publish", preview.run.pk) not in html


def test_while_both_sides_are_asked_no_run_is_started_or_offered(client):
    preview = asked(3, 3)
    other = make_run(preview.cohort, figures=preview.run.figures)
    cohort = signed_in(client, preview.cohort)

    tried, started = page(client, "run_other", cohort.pk), page(client, "run_list", cohort.pk)
    html = page(client, "run_detail", other.pk)

    for one in (tried, started, html):
        assert "Both sides are being asked about the pairs of Run 1. Wait, or take it back." in one
    assert url("run_start", cohort.pk) not in started
    assert url("run_publish", other.pk) not in html


@pytest.mark.parametrize("how", ["none", "one", "five", "nonsense", "elsewhere", "waiting"])
def test_run_compare_wants_two_to_four_runs_of_the_cohort_with_a_result(client, how):
    cohort = signed_in(client, make_sides())
    runs = [make_run(cohort, figures={}) for _ in range(5)]
    wrong = {
        "none": [],
        "one": runs[:1],
        "five": runs,
        "nonsense": [runs[0], "nonsense"],
        "elsewhere": [runs[0], make_run(figures={})],
        "waiting": [runs[0], make_run(cohort, state="waiting")],
    }

    html = compare(client, cohort, *wrong[how], follow=True).content.decode()

    assert "Tick two, three or four runs that have a result." in html


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("preferences", {"background": 20}),
        ("preferences", {"ranking": 50}),
        ("pairs", {"mutual_first": True}),
    ],
)
def test_runs_that_would_tell_what_was_told_are_not_compared(client, section, value):
    cohort = signed_in(client, make_sides())
    policy = Program.objects.get(pk=cohort.program_id).policy
    runs = [make_run(cohort, figures={})]
    text = changed(policy, section, **value).to_json()
    runs.append(make_run(cohort, figures={}, policy_json=text))

    html = compare(client, cohort, *runs, follow=True).content.decode()

    assert "Side by side they could tell of it" in html


@pytest.mark.parametrize("count", [2, 4])
def test_run_compare_makes_the_same_queries_for_any_number(
    client, count, django_assert_num_queries
):
    cohort = signed_in(client, make_sides(3, 3))
    runs = [computed(cohort) for _ in range(count)]

    with django_assert_num_queries(13):
        response = compare(client, cohort, *runs)

    assert len(response.context["sides"]) == count
