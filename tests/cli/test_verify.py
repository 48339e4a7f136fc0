import json

import pytest

from upwell.cli.main import main
from upwell.demo import generate, write_csv
from upwell.matching.document import digest
from upwell.policy import Policy, compile_problem
from upwell.sheets import read_people


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A spreadsheet of people and the certificate of its pairs."""
    folder = tmp_path_factory.mktemp("case")
    table, certificate = folder / "people.csv", folder / "c.json"
    write_csv(generate(90, seed=5), table)
    main(["match", str(table), "--certificate", str(certificate)])
    return table, json.loads(certificate.read_text("utf-8"))


def verify(table, body, folder):
    """The exit status for a certificate whose digest is made to fit."""
    path = folder / "changed.json"
    path.write_text(json.dumps(body | {"certificate_digest": digest(body)}), "utf-8")
    return main(["verify", str(path), str(table)])


def test_a_certificate_is_proven_and_its_policy_printed(case, tmp_path, capsys):
    table, body = case

    status = verify(table, body, tmp_path)

    told = capsys.readouterr().out
    assert status == 0
    assert "level_gap = 2" in told.partition("Proven.\n")[0]
    assert told.partition("Proven.\n")[2].startswith("No choice among the ")


@pytest.mark.parametrize(
    "change",
    [
        {"K": 1},
        {"value": 1},
        {"bound": 1},
        {"t": 10_000},
        {"read_on": "yesterday"},
        {"read_on": None},
        {"kind": "scores"},
        {"not_checked": ["team"]},
        {"reporting_lines_unknown": 5},
        {"problem_digest": "0"},
        {"policy": {}},
        {"policy": {"rules": {"level_gap": 99}}},
        {"policy": None},
        {"policy": {"quality": {"strong": 71}}},
        {"pairs": []},
        {"prices": {}},
        {"cover": {"mentors": [], "mentees": []}},
        {"mapping": 5},
        {"mapping": "date_order = 5"},
    ],
    ids=str,
)
def test_a_changed_certificate_is_rejected_though_its_digest_fits(case, tmp_path, capsys, change):
    table, body = case

    status = verify(table, body | change, tmp_path)

    assert status == 1
    assert capsys.readouterr().out.startswith("Rejected.\n  ")


def test_a_pair_that_breaks_a_rule_is_rejected_by_its_name(case, tmp_path, capsys):
    table, body = case
    problem = compile_problem(Policy(), read_people(table).people).problem
    mentor, mentee = problem.exclusions[0].pairs[0].tolist()
    wrong = [problem.mentors[mentor], problem.mentees[mentee]]
    others = [pair for pair in body["pairs"] if not set(pair) & set(wrong)]

    status = verify(table, body | {"pairs": [wrong, *others]}, tmp_path)

    assert problem.exclusions[0].code == "reporting_line"
    assert status == 1
    assert f"{wrong[0]} and {wrong[1]} break: reporting_line" in capsys.readouterr().out


def test_other_people_are_rejected(case, tmp_path, capsys):
    _, body = case
    others = tmp_path / "others.csv"
    write_csv(generate(90, seed=6), others)

    assert verify(others, body, tmp_path) == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "it is no JSON"),
        ("[]", "it has no certificate_digest"),
        ("{}", "it has no certificate_digest"),
        ('{"K": 1, "K": 2, "certificate_digest": ""}', "names an entry twice"),
        ('{"K": "\\ud800", "certificate_digest": ""}', "is not a certificate"),
        ("[" * 100_000, "it is no JSON"),
    ],
    ids=["cut short", "a list", "nothing in it", "K twice", "no text", "too deep"],
)
def test_what_is_no_certificate_is_not_understood(case, tmp_path, capsys, text, sentence):
    path = tmp_path / "c.json"
    path.write_text(text)

    status = main(["verify", str(path), str(case[0])])

    assert status == 2
    assert sentence in capsys.readouterr().err


def test_a_table_that_is_not_there_is_not_a_verdict(case, tmp_path, capsys):
    _, body = case

    status = verify(tmp_path / "none.csv", body, tmp_path)

    assert status == 2
    assert "There is no file" in capsys.readouterr().err


def test_people_or_a_matrix_must_be_named(case, tmp_path, capsys):
    status = main(["verify", "c.json"])

    assert status == 2
    assert "Name the file of people" in capsys.readouterr().err
