import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from upwell.cli.demo import places_taken, start_over
from upwell.cli.main import main
from upwell.programs.goal_templates import goal_templates

ROOT = Path(__file__).parents[2]


def upwell(folder, *words):
    """Run a command in a process of its own, as the demo sets up Django for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPWELL_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "upwell", *words],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    return folder, upwell(folder, "demo", "--no-serve", "--people", "200")


@pytest.fixture(scope="module")
def second_demo(tmp_path_factory):
    """Another organization, where a demo was before."""
    folder = tmp_path_factory.mktemp("second_demo")
    first = upwell(folder, "demo", "--no-serve", "--people", "100", "--seed", "2")
    return first, upwell(folder, "demo", "--no-serve", "--people", "100")


def test_the_demo_leaves_a_table_pairs_and_a_certificate_that_holds(demo):
    folder, done = demo
    made = folder / "var" / "demo"

    assert done.returncode == 0, done.stderr
    assert "Proven:" in done.stdout
    assert {"certificate.json", "pairs.xlsx", "people.csv", "summary.json"} <= {
        path.name for path in made.iterdir()
    }
    assert json.loads((made / "summary.json").read_text())["gap"] == 0
    assert main(["verify", str(made / "certificate.json"), str(made / "people.csv")]) == 0


def test_the_demo_publishes_the_pairs_that_the_terminal_finds(demo):
    folder, done = demo
    summary = json.loads((folder / "var" / "demo" / "summary.json").read_text())

    published = re.search(r"Published: (\d+) pairs\. .* digest: (\w+)…", done.stdout)

    assert published is not None, done.stdout
    assert int(published[1]) == summary["pairs"]
    assert summary["problem_digest"].startswith(published[2])


def test_the_demo_says_how_fewer_mentors_lead_the_pairs(demo):
    told = re.search(r"(\d+) mentors lead them|Each mentor has one mentee", demo[1].stdout)

    assert told is not None, demo[1].stdout


@pytest.mark.parametrize(
    ("pairs_of", "said"),
    [
        ({"a": 1, "b": 1}, "Each mentor has one mentee."),
        (
            {"a": 2, "b": 1},
            "2 mentors lead them: 1 has said to have time for more than one.",
        ),
        (
            {"a": 2, "b": 3, "c": 1},
            "3 mentors lead them: 2 have said to have time for more than one.",
        ),
    ],
)
def test_capacities_explain_the_number_of_mentors(pairs_of, said):
    assert places_taken(Counter(pairs_of)) == said


def test_most_people_of_the_demo_can_sign_in_and_are_told_how(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = "SELECT text FROM delivery_outboxmessage WHERE template = 'pairs/mail/published'"
        mails = [text for (text,) in database.execute(asked)]

    first = sum("You have not signed in before" in text for text in mails)
    none = sum("You cannot sign in to Upwell yet" in text for text in mails)
    assert first + none == len(mails) > 20
    assert first > 0.9 * len(mails)


def test_the_demo_has_a_program_that_is_launched_and_one_in_preparation(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = """
            SELECT programs_program.name, programs_opening.gate, programs_opening.missing
            FROM programs_program LEFT JOIN programs_cohort ON program_id = programs_program.id
            LEFT JOIN programs_opening ON cohort_id = programs_cohort.id
        """
        found = {(name, gate): missing for name, gate, missing in database.execute(asked)}

    assert {key: json.loads(value) for key, value in found.items() if value} == {
        ("Closer to younger customers", "mentees"): [],
        ("Closer to younger customers", "mentors"): [],
        ("Closer to younger customers", "match"): [],
        ("A career for everybody", "mentees"): [],
        ("A career for everybody", "mentors"): [],
    }


def test_enrollment_of_the_second_program_is_half_filled(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = """
            SELECT state, COUNT(*) FROM programs_enrollment
            JOIN programs_cohort ON programs_cohort.id = cohort_id
            JOIN programs_program ON programs_program.id = program_id
            WHERE programs_program.name = 'A career for everybody' GROUP BY state
        """
        states = dict(database.execute(asked))

    chosen = sum(states.values())
    assert states["enrolled"] * 2 == chosen > 30
    assert 0 < states["out"] < states["asked"]


def test_the_next_cohort_of_the_demo_has_two_runs_to_compare_a_pin_and_a_ban(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = """
            SELECT number, state, has_other_rules, pins_added, bans_added FROM pairs_matchrun
            JOIN programs_cohort ON programs_cohort.id = cohort_id
            WHERE programs_cohort.name = 'Second cohort' ORDER BY number
        """
        runs = database.execute(asked).fetchall()
        kinds = database.execute("SELECT kind FROM pairs_couplerule ORDER BY kind").fetchall()

    assert runs == [(1, "done", 0, 0, 0), (2, "done", 1, 1, 1)]
    assert kinds == [("ban",), ("pin",)]


def test_most_people_of_the_demo_have_done_their_lessons(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = """
            SELECT person_id, role, (
                SELECT COUNT(*) FROM learning_completion
                WHERE learning_completion.person_id = programs_enrollment.person_id
            ) FROM programs_enrollment
        """
        people = [(role, done) for _person, role, done in database.execute(asked)]

    needed = {"mentor": 3, "mentee": 1}
    trained = sum(done == needed[role] for role, done in people)
    assert 0.8 <= trained / len(people) <= 0.9


def test_the_programs_of_the_demo_start_from_the_templates_of_their_goals(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = """
            SELECT goal_kind, initiative, COUNT(*), MIN(LENGTH(questions))
            FROM programs_program JOIN programs_plannedmeeting ON program_id = programs_program.id
            GROUP BY programs_program.id
        """
        found = {kind: row for kind, *row in database.execute(asked)}
        measures = {name for (name,) in database.execute("SELECT name FROM programs_measure")}

    templates = [goal_templates()[kind] for kind in ("younger_customers", "inclusion")]
    assert {kind: row[:2] for kind, row in found.items()} == {
        one.kind: [one.initiative, len(one.meetings)] for one in templates
    }
    assert min(shortest for *_others, shortest in found.values()) > len("[]")
    assert measures == {idea.name for one in templates for idea in one.measures}


def test_one_pair_of_the_demo_was_repaired(demo):
    folder, _done = demo
    with closing(sqlite3.connect(folder / "var" / "demo" / "demo.sqlite3")) as database:
        asked = "SELECT origin, state, COUNT(*) FROM pairs_pair GROUP BY origin, state"
        found = {(origin, state): count for origin, state, count in database.execute(asked)}
        repairs = [state for (state,) in database.execute("SELECT state FROM pairs_repair")]

    assert (found["run", "ended"], found["repair", "active"], repairs) == (1, 1, ["applied"])


def test_the_demo_says_who_can_sign_in(demo):
    told = demo[1].stdout

    roles = [role for role in ("Program manager", "Mentor", "Mentee") if f"  {role} " in told]

    assert roles == ["Program manager", "Mentor", "Mentee"]


def test_the_demo_starts_over(second_demo):
    first, again = second_demo

    assert (first.returncode, again.returncode) == (0, 0), again.stderr
    assert "Published:" in again.stdout
    assert again.stdout != first.stdout


def test_the_audit_log_of_an_earlier_demo_is_forgotten(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    head = tmp_path / "var" / "demo" / "audit-head.json"
    head.parent.mkdir(parents=True)
    head.write_text('{"count": 9, "mac": "of an earlier audit log"}')

    start_over()

    assert not head.exists()


def test_the_demo_refuses_an_organization_that_is_too_small(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert main(["demo", "--no-serve", "--people", "3"]) == 2

    assert "--people must be 100 or more." in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
