import json
import re
from datetime import date

import pytest

from upwell.cli.main import main
from upwell.demo import generate, write_csv
from upwell.matching.document import digest, document, without_proof
from upwell.matching.solve import solve
from upwell.policy import Policy, compile_problem
from upwell.policy.rules import PrivateRequests
from upwell.sheets import read_people


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A spreadsheet of people and the certificate of its pairs."""
    folder = tmp_path_factory.mktemp("case")
    table, certificate = folder / "people.csv", folder / "c.json"
    write_csv(generate(90, seed=5), table)
    main(["match", str(table), "--certificate", str(certificate)])
    return table, json.loads(certificate.read_text("utf-8"))


def verify(table, body, folder, *words):
    """The exit status for a certificate whose digest is made to fit."""
    path = folder / "changed.json"
    path.write_text(json.dumps(body | {"certificate_digest": digest(body)}), "utf-8")
    return main(["verify", str(path), str(table), *words])


def test_a_certificate_is_proven_and_the_verdict_comes_last(case, tmp_path, capsys):
    table, body = case

    status = verify(table, body, tmp_path)

    told = capsys.readouterr().out
    basis, _, verdict = told.partition("\n\n")
    assert status == 0
    assert "--policy prints it" in basis
    assert verdict.startswith("Proven.\nNo choice among the ")
    assert "level_gap" not in told


def test_its_policy_is_printed_before_the_verdict_where_asked_for(case, tmp_path, capsys):
    table, body = case

    status = verify(table, body, tmp_path, "--policy")

    told = capsys.readouterr().out
    policy, _, verdict = told.partition("\nProven.\n")
    assert status == 0
    assert policy.startswith("The policy of this certificate:\n")
    assert "level_gap = 2" in policy
    assert verdict.startswith("No choice among the ")
    assert "--policy prints it" not in told


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


def test_a_proof_of_the_total_does_not_prove_that_it_is_fair(tmp_path, capsys):
    matrix, certificate = tmp_path / "m.csv", tmp_path / "c.json"
    matrix.write_text("9,1\n3,4\n", "utf-8")
    main(["match", "--scores", str(matrix), "--certificate", str(certificate)])
    body = json.loads(certificate.read_text("utf-8"))
    body["policy"]["objective"] = "fair"
    certificate.write_text(json.dumps(body | {"certificate_digest": digest(body)}), "utf-8")
    capsys.readouterr()

    assert main(["verify", str(certificate), "--scores", str(matrix)]) == 1
    assert "not proven: the lowest scores may not be as good" in capsys.readouterr().out


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

    status = verify(others, body, tmp_path)

    assert status == 1
    assert "use upwell repair." in " ".join(capsys.readouterr().out.split())


def test_the_same_people_are_not_said_to_differ(case, tmp_path, capsys):
    table, body = case

    status = verify(table, body | {"value": 1}, tmp_path)

    assert status == 1
    assert "use upwell repair." not in " ".join(capsys.readouterr().out.split())


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


RANKED = """\
ID,Mentoring role,Ranking
A,mentor,Y; X
B,mentor,X = Y
X,mentee,B
Y,mentee,A = B
"""
FIRSTS = """\
rules = { level_gap = 0 }
pairs = { mutual_first = true }
"""


def test_a_result_by_rankings_is_proven_by_the_same_rankings_only(tmp_path):
    table, policy, certificate = (tmp_path / name for name in ("p.csv", "p.toml", "c.json"))
    table.write_text(RANKED, "utf-8")
    policy.write_text(FIRSTS, "utf-8")
    main(["match", str(table), "--policy", str(policy), "--certificate", str(certificate)])

    statuses = [main(["verify", str(certificate), str(table)])]
    table.write_text(RANKED.replace("Y; X", "Y"), "utf-8")
    statuses.append(main(["verify", str(certificate), str(table)]))

    assert json.loads(certificate.read_text("utf-8"))["pairs"] == [["A", "Y"], ["B", "X"]]
    assert statuses == [0, 1]


def test_no_pair_of_first_choices_is_missed_that_a_private_request_keeps_apart(tmp_path, capsys):
    """The certificate is the one that is handed out where Upwell runs."""
    table, certificate = tmp_path / "p.csv", tmp_path / "c.json"
    table.write_text(RANKED.replace("Y; X", "Y"), "utf-8")
    day = date(2026, 1, 31)
    people = read_people(table, today=day).people
    private = PrivateRequests((("B", "X"),), "salt")
    compiled = compile_problem(Policy.from_toml(FIRSTS), people, private)
    made = document(compiled.problem, solve(compiled.problem), compiled.stated(day))
    certificate.write_text(json.dumps(without_proof(made)), "utf-8")

    statuses = [
        main(["verify", str(certificate), str(table)]),
        main(["explain", str(certificate), str(table), "B", "X"]),
    ]

    assert statuses == [3, 0]
    assert "policy sets" not in capsys.readouterr().out


def test_with_several_places_the_proof_says_what_comes_first(tmp_path, capsys):
    table, certificate = tmp_path / "people.csv", tmp_path / "c.json"
    write_csv(generate(90, seed=5), table)
    policy = tmp_path / "policy.toml"
    policy.write_text("[capacity]\nmentor = 2\nmentee = 2\n", "utf-8")
    words = ["match", str(table), "--policy", str(policy), "--certificate", str(certificate)]
    first = r"gives more mentees a mentor, (or )?more mentors a mentee"

    statuses = [main(words), main(["verify", str(certificate), str(table)])]

    told = capsys.readouterr().out.replace("\n", " ")
    assert statuses == [0, 0]
    assert len(re.findall(first, told)) == 2
