import csv
import json
from datetime import date

import pytest

from upwell.cli.case import people_case
from upwell.cli.main import main
from upwell.demo import generate, write_csv
from upwell.matching.document import digest, without_proof
from upwell.policy import Policy, compile_problem
from upwell.policy.phrases import open_names
from upwell.sheets import read_people


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A spreadsheet of people, and the fair certificate of its pairs."""
    folder = tmp_path_factory.mktemp("case")
    table, certificate = folder / "people.csv", folder / "c.json"
    write_csv(generate(90, seed=5), table)
    main(["match", str(table), "--objective", "fair", "--certificate", str(certificate)])
    body = json.loads(certificate.read_text("utf-8"))
    people = read_people(table).people
    compiled = compile_problem(Policy.from_values(body["policy"]), people)
    return table, certificate, body, compiled


def told(capsys, *words):
    status = main(["explain", *map(str, words)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def name_of(compiled, person):
    return compiled.people.names[compiled.people.ids.index(person)]


def test_a_pair_is_said_to_be_one_with_its_reasons_and_others(case, capsys):
    table, certificate, body, compiled = case
    mentor, mentee = body["pairs"][0]

    status, out, _ = told(capsys, certificate, table, mentor, mentee)

    names = name_of(compiled, mentor), name_of(compiled, mentee)
    assert status == 0
    assert f"{names[0]} mentors {names[1]}.\n  How good: " in out
    assert f"Others for {names[1]}\n" in out
    assert out.count("“A little” costs the total less than 10 % of a pair") == 1
    assert out.count("“A lot” costs it 40 % or more") == 1


def test_two_who_were_not_paired_have_others_and_a_price(case, capsys):
    table, certificate, body, compiled = case
    problem = compiled.problem
    allowed = [
        (mentor, mentee)
        for mentor, theirs in body["pairs"]
        for other, mentee in body["pairs"]
        if other != mentor
        and not problem.rules_between(problem.mentors.index(mentor), problem.mentees.index(mentee))
    ]
    mentor, mentee = allowed[0]

    status, out, _ = told(capsys, certificate, table, mentor, mentee)

    names = name_of(compiled, mentor), name_of(compiled, mentee)
    instead = dict(body["pairs"])[mentor]
    assert status == 0
    assert f"{names[0]} and {names[1]} were not paired." in out
    assert f"{names[0]} mentors {name_of(compiled, instead)}." in out
    assert "To pair them " in out


def test_rules_in_the_way_are_named_and_private_ones_in_one(case, capsys):
    table, certificate, _, compiled = case
    problem = compiled.problem
    line = next(e for e in problem.exclusions if e.code == "reporting_line")
    mentor, mentee = line.pairs[0].tolist()

    _, out, _ = told(capsys, certificate, table, problem.mentors[mentor], problem.mentees[mentee])

    assert "kept apart (reporting line, earlier pair or private request)" in out
    assert "reporting lines" not in out


def test_whoever_has_nobody_is_told_who_has_the_nearest(case, capsys):
    table, certificate, body, compiled = case
    problem = compiled.problem
    taken = {mentor for mentor, _mentee in body["pairs"]}
    idle = next(person for person in problem.mentors if person not in taken)

    _, out, _ = told(capsys, certificate, table, idle, body["pairs"][0][1])

    assert f"{name_of(compiled, idle)} has nobody" in out


def test_people_are_found_by_address_and_by_whole_name(case, capsys):
    table, certificate, body, compiled = case
    mentor, mentee = body["pairs"][0]
    row = compiled.people.ids.index(mentor)
    spelled = compiled.people.emails[row].upper()

    answers = [
        told(capsys, certificate, table, words, mentee)[1]
        for words in (mentor, spelled, f"  {name_of(compiled, mentor).lower()} ")
    ]

    assert answers[0] == answers[1] == answers[2]


def test_each_mistake_about_the_two_has_a_refusal_of_its_own(case, capsys):
    table, certificate, body, compiled = case
    (mentor, mentee), (other, another) = body["pairs"][:2]
    people, problem = compiled.people, compiled.problem
    outside = next(
        person for person in people.ids if person not in {*problem.mentors, *problem.mentees}
    )
    named = {who: f"{name_of(compiled, who)} ({who})" for who in (mentor, mentee, outside)}

    answers = [
        told(capsys, certificate, table, *two)
        for two in (
            (mentee, mentor),
            (mentee, another),
            (other, mentor),
            (outside, mentee),
            ("nobody", mentee),
            (mentor.replace("E0", "E-"), mentee),
        )
    ]

    said = [
        f"{named[mentee]} is a mentee, and {named[mentor]} a mentor. Name the mentor first.",
        f"{named[mentee]} takes part as a mentee, not as a mentor.",
        f"{named[mentor]} takes part as a mentor, not as a mentee.",
        f"{named[outside]} does not take part, neither as a mentor nor as a mentee.",
        "Nobody in the file has the ID, e-mail address or name “nobody”.",
        f"Nobody in the file is “{mentor.replace('E0', 'E-')}”. Did you mean {named[mentor]}?",
    ]
    assert answers == [(2, "", f"upwell explain: {text}\n") for text in said]


def test_without_its_proof_a_certificate_tells_no_prices(case, capsys, tmp_path):
    table, _, body, _ = case
    path = tmp_path / "sealed.json"
    withheld = {"private_requests": True, "open_digest": body["problem_digest"]}
    sealed = without_proof(body | withheld)
    path.write_text(json.dumps(sealed | {"certificate_digest": digest(sealed)}), "utf-8")

    status, out, _ = told(capsys, path, table, *body["pairs"][0])

    assert status == 0
    assert "Others for" not in out


def test_a_certificate_of_other_people_is_refused(case, capsys, tmp_path):
    table, certificate, body, compiled = case
    taken = {mentor for mentor, _mentee in body["pairs"]}
    idle = next(person for person in compiled.problem.mentors if person not in taken)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    other = tmp_path / "other.csv"
    with other.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row for row in rows if idle not in row)

    status, _, err = told(capsys, certificate, other, *body["pairs"][0])

    assert status == 2
    assert "upwell verify says why" in err


@pytest.mark.parametrize(
    ("ranking", "perspective"),
    [("s1", ["topics wanted and offered", "another perspective"]), ("", [])],
)
def test_private_criteria_have_one_name_if_three_can_be_meant(tmp_path, ranking, perspective):
    table = tmp_path / "people.csv"
    table.write_text(
        f"ID,Role,Unit,Region,Ranking\nm1,mentor,A,X,{ranking}\nm2,mentor,B,Y,\ns1,mentee,A,X,\n",
        "utf-8",
    )
    case = people_case(table, Policy(), None, date(2026, 1, 31))

    assert open_names(case.problem, ["topics"]) == ["topics wanted and offered"]
    for codes in (["topics", "unit", "ranking", "region"], ["topics", "unit"]):
        assert open_names(case.problem, codes) == perspective


def test_a_single_private_criterion_is_never_told(tmp_path, capsys):
    """Only rankings and topics give points: B ranked A, who is with D."""
    table, policy, path = (tmp_path / name for name in ("p.csv", "p.toml", "c.json"))
    table.write_text(
        "id,name,role,offers,wants,ranking\na,Ann,mentor,x;y,,\nc,Cy,mentor,y,,\n"
        "b,Bob,mentee,,x,\nd,Di,mentee,,x,a\n",
        "utf-8",
    )
    policy.write_text(
        "[rules]\nlevel_gap = 0\n[preferences]\ntopics = 10\nranking = 100\n", "utf-8"
    )
    main(["match", str(table), "--policy", str(policy), "--certificate", str(path)])

    _status, out, _ = told(capsys, path, table, "a", "b")

    assert "were not paired" in out
    assert "bring them together" not in out
