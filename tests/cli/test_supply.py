import json

import pytest

from upwell.cli.main import main
from upwell.cli.supply import worth_text
from upwell.matching.recruiting import Worth

PEOPLE = """\
Employee ID,Name,Role,Topics offered,Topics wanted
A1,Ana,mentor,AI (3),
A2,Ben,mentor,AI (3),
B1,Cem,mentee,,AI (1); Podcasts (3)
B2,Dia,mentee,,AI (3)
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    return path


def test_the_news_comes_before_the_topics(table, capsys):
    status = main(["supply", str(table)])

    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert (status, lines[1]) == (0, "Recruit for “Podcasts” first: total +252 points.")
    assert "Podcasts 1 0 1 total +252 points" in lines
    assert "AI 2 2 0 no change" in lines


def test_where_mentors_are_short_one_more_mentee_gets_one(table, capsys):
    table.write_text(PEOPLE + "B3,Eli,mentee,,Video (3)\n", "utf-8")

    main(["supply", str(table)])

    told = capsys.readouterr().out
    assert "Recruit for “Video” first: 1 more mentee gets a mentor, total +498 points." in told


def test_where_nobody_is_needed_that_is_the_news(table, capsys):
    table.write_text(PEOPLE.replace("; Podcasts (3)", ""), "utf-8")

    main(["supply", str(table)])

    told = capsys.readouterr().out
    assert "One more mentor for a single topic would not make the pairs better." in told


def test_topics_that_nobody_wants_are_not_recruited_for(table, capsys):
    table.write_text(
        "Employee ID,Role,Topics offered\nA1,mentor,AI\nB1,mentee,\nB2,mentee,\n", "utf-8"
    )

    main(["supply", str(table)])

    assert "No mentee wants any of these topics." in capsys.readouterr().out


def test_many_topics_are_not_all_shown(table, capsys):
    more = "; ".join(f"Topic {number}" for number in range(20))
    table.write_text(PEOPLE + f"A3,Eli,mentor,{more},\n", "utf-8")

    main(["supply", str(table)])

    assert "2 other topics: --json has them." in capsys.readouterr().out


def test_another_objective_is_counted_for_the_best_total_and_says_so(table, tmp_path, capsys):
    policy = tmp_path / "policy.toml"
    policy.write_text('objective = "fair"\n', "utf-8")

    status = main(["supply", str(table), "--policy", str(policy)])

    told = capsys.readouterr().out
    assert (status, "Recruit for “Podcasts” first: total +252 points." in told) == (0, True)
    assert "It is counted for the best total, whatever the policy puts first." in told


def test_every_topic_stands_in_the_file(table, tmp_path, capsys):
    path = tmp_path / "s.json"

    status = main(["supply", str(table), "--json", str(path)])

    podcasts, ai = json.loads(path.read_text("utf-8"))["topics"]
    assert (status, ai["name"], ai["met"]) == (0, "AI", 2)
    assert podcasts == {
        "name": "Podcasts",
        "wanted": 1,
        "wanted_strength": 3,
        "offered": 0,
        "offered_strength": 0,
        "seats": 0,
        "wanted_by_level": {},
        "wanted_by_region": {},
        "offered_by_region": {},
        "met": 0,
        "worth": {"mentees": 0, "mentors": 0, "pairs": 0, "points": 252},
        "short": 1,
    }
    assert f"Written: {path}" in capsys.readouterr().out


def test_a_file_without_topics_is_refused(table, capsys):
    table.write_text("Employee ID,Name,Role\nA1,Ana,mentor\nB1,Cem,mentee\n", "utf-8")

    status = main(["supply", str(table)])

    assert status == 2
    assert "upwell supply: The file names no topic" in capsys.readouterr().err


def test_the_file_of_people_is_not_written_over(table, capsys):
    status = main(["supply", str(table), "--json", str(table)])

    assert (status, table.read_text("utf-8")) == (2, PEOPLE)
    assert "is already used for something else" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("worth", "text"),
    [
        (Worth(1, 1, 1, -1200), "1 more mentee gets a mentor, total −1,200 points"),
        (Worth(0, 1, 1, 20), "1 more pair, total +20 points"),
        (Worth(0, 1, 0, 0), "1 more mentor gets a mentee, total +0 points"),
        (Worth(0, 0, 0, 7), "total +7 points"),
        (Worth(0, 0, 0, 0), "no change"),
    ],
)
def test_a_worth_is_said_in_plain_words(worth, text):
    assert worth_text(worth) == text
