"""The same people and policy give the same pairs by terminal and through the directory."""

import pytest

from tests.factories import make_cohort, make_manager
from tests.pairs.test_runs import computed, set_policy
from upwell.cli.case import people_case
from upwell.demo import generate, write_csv
from upwell.matching.document import check, document
from upwell.matching.solve import solve
from upwell.pairs.services.private import private_part
from upwell.pairs.services.proof import inputs_of
from upwell.people.models import Person
from upwell.people.services import bring_in
from upwell.policy import Policy, compile_problem
from upwell.programs.services import enroll, import_topics, read_topics_file
from upwell.sheets import read_people

pytestmark = pytest.mark.django_db


def run_through_directory(path, policy):
    """Import the file, enroll both sides and their topics, and compute a run."""
    bring_in(read_people(path), is_whole=True)
    manager = make_manager(employee_id=None)
    cohort = make_cohort(manager)
    set_policy(cohort, policy.model_dump(mode="json"))
    cohort.refresh_from_db()
    for role, levels in (("mentor", policy.mentors.levels), ("mentee", policy.mentees.levels)):
        enroll(cohort, Person.objects.filter(level__name__in=levels), role=role, by=manager)
    if "Topics" in path.read_text(encoding="utf-8", errors="ignore")[:500]:
        import_topics(cohort, read_topics_file(path), by=manager)
    return computed(cohort)


def assert_same_by_terminal(path, policy):
    run = run_through_directory(path, policy)
    case = people_case(path, policy, None, run.read_on)

    whole, salted = private_part(run).certificate, {"problem_digest", "certificate_digest"}
    again = document(case.problem, solve(case.problem), case.stated)
    withheld = {"private_requests": True, "open_digest": case.problem.digest()}
    body = {**again, **{key: whole[key] for key in salted}, **withheld}
    unsalted = compile_problem(Policy.from_json(run.policy_json), inputs_of(run).people).problem
    verdict, faults = check(again, case.problem, case.stated)
    assert faults == []
    assert whole == body
    assert unsalted.digest() == case.problem.digest() != run.problem_digest
    assert run.proposals.count() == verdict.pairs
    return verdict.pairs


def sides(mentors, mentees):
    return Policy.from_values({"mentors": {"levels": mentors}, "mentees": {"levels": mentees}})


def test_the_company_file_gives_the_same_pairs(company_file):
    policy = sides(["Associate", "Individual Contributor"], ["Director", "VP", "SVP", "CSuite"])

    pairs = assert_same_by_terminal(company_file, policy)

    assert pairs == 320


def test_the_made_up_organization_gives_the_same_pairs(tmp_path):
    people, path = generate(1_200), tmp_path / "people.csv"
    write_csv(people, path)
    policy = sides(people.level_order[:2], people.level_order[-4:])

    pairs = assert_same_by_terminal(path, policy)

    assert pairs == 164
