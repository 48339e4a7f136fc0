import csv
import io
import json
import re
import shlex
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.matching.oracles import best_by_scipy
from upwell.cli.main import main
from upwell.demo import generate, write_csv

COMPANY = ["--mentees", "Director,VP,SVP,CSuite", "--mentors", "Associate,Individual Contributor"]


@pytest.fixture
def table(tmp_path):
    """A small made-up organization as a spreadsheet."""
    path = tmp_path / "people.csv"
    write_csv(generate(120, seed=3), path)
    return path


def read_json(path):
    return json.loads(path.read_text("utf-8"))


def test_the_company_file_gives_its_certified_pairs(company_file, tmp_path, capsys):
    summary, certificate = tmp_path / "s.json", tmp_path / "c.json"

    status = main(
        ["match", str(company_file), *COMPANY]
        + ["--json", str(summary), "--certificate", str(certificate)]
    )

    told = capsys.readouterr().out
    found = read_json(summary)
    assert status == 0
    assert "reporting lines: not checked (no such column)" in told
    assert [found[key] for key in ("mentors", "mentees", "pairs", "pairs_bound", "gap")] == [
        2119,
        320,
        320,
        320,
        0,
    ]
    assert found["value"] == found["bound"]
    assert {who["role"] for who in found["unmatched"]} == {"mentor"}
    assert len(found["unmatched"]) == 2119 - 320
    assert found["reporting_lines_unknown"] == 2119 + 320
    assert main(["verify", str(certificate), str(company_file)]) == 0


def test_no_leaver_is_paired(company_file, tmp_path):
    certificate = tmp_path / "c.json"
    text = company_file.read_text("utf-16")
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    left = {row["EmployeeID"] for row in rows if row["Active Status"] == "0"}

    main(["match", str(company_file), *COMPANY, "--certificate", str(certificate)])

    paired = {person for pair in read_json(certificate)["pairs"] for person in pair}
    assert (len(left), len(paired), paired & left) == (1855, 640, set())


def test_the_summary_holds_exactly_the_promised_entries(table, tmp_path):
    summary = tmp_path / "s.json"

    main(["match", str(table), "--json", str(summary)])

    assert list(read_json(summary)) == [
        *("mentors", "mentees", "allowed_pairs", "pairs", "pairs_bound", "value", "bound", "gap"),
        *("floor", "blocking_pairs", "seconds", "passes", "reporting_lines_unknown"),
        *("not_checked", "unmatched", "problem_digest"),
    ]


def test_fair_raises_the_weakest_pair_and_says_what_that_costs(tmp_path, capsys):
    matrix, summary, certificate = (tmp_path / name for name in ("m.csv", "s.json", "c.json"))
    matrix.write_text("10,5\n5,1\n", "utf-8")
    words = ["--scores", str(matrix), "--json", str(summary), "--certificate", str(certificate)]

    main(["match", *words, "--objective", "fair"])

    told, found = capsys.readouterr().out, read_json(summary)
    assert (found["floor"], found["value"], found["price"]) == (5, 10, 1)
    assert "Price of fairness       1 of the best total (9.09 %)" in told
    assert main(["verify", str(certificate), "--scores", str(matrix)]) == 0
    assert "has a better weakest pair" in capsys.readouterr().out


def test_fair_is_for_a_matrix_of_costs_too(tmp_path, capsys):
    matrix, certificate = tmp_path / "m.csv", tmp_path / "c.json"
    matrix.write_text("1.5,2\n2,9.5\n", "utf-8")
    words = ["--scores", str(matrix), "--minimize", "--objective", "fair"]

    status = main(["match", *words, "--certificate", str(certificate)])

    assert status == 0
    assert read_json(certificate)["floor"] == 2
    assert main(["verify", str(certificate), "--scores", str(matrix)]) == 0
    assert "a better total than 4.0." in capsys.readouterr().out


def test_stable_leaves_no_two_who_would_rather_have_each_other(tmp_path, capsys):
    matrix, summary, certificate = (tmp_path / name for name in ("m.csv", "s.json", "c.json"))
    matrix.write_text("9,8\n8,1\n", "utf-8")
    words = ["--scores", str(matrix), "--json", str(summary), "--certificate", str(certificate)]

    main(["match", *words, "--objective", "stable"])

    told, found = capsys.readouterr().out, read_json(summary)
    assert [found[key] for key in ("objective", "value", "bound", "blocking_pairs")] == [
        *("stable", 10, 16, 0)
    ]
    assert "Proven: no two people would both rather have each other." in told
    assert "10; as many pairs have at most 16" in told
    assert main(["verify", str(certificate), "--scores", str(matrix)]) == 0
    assert (
        "In none of the 4 allowed pairs would both rather have each other"
        in capsys.readouterr().out
    )


def test_everybody_is_in_a_pair_or_among_the_unmatched_with_a_reason(table, tmp_path):
    summary, certificate = tmp_path / "s.json", tmp_path / "c.json"

    main(["match", str(table), "--json", str(summary), "--certificate", str(certificate)])

    found = read_json(summary)
    pairs = read_json(certificate)["pairs"]
    left_out = [(who["role"], who["id"]) for who in found["unmatched"]]
    paired = {("mentor", mentor) for mentor, _ in pairs} | {("mentee", m) for _, m in pairs}
    assert not paired & set(left_out)
    assert len(paired) + len(left_out) == found["mentors"] + found["mentees"]
    assert all(who["reason"].endswith(".") for who in found["unmatched"])


def test_the_pairs_file_says_who_how_good_and_why(table, tmp_path):
    out, summary = tmp_path / "pairs.csv", tmp_path / "s.json"

    main(["match", str(table), "--out", str(out), "--json", str(summary)])

    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert len(rows) == read_json(summary)["pairs"]
    assert sum(int(row["Score"]) for row in rows) == read_json(summary)["value"]
    assert {row["How good"] for row in rows} <= {"strong", "good", "weak"}
    assert all(row["Mentor"] and row["Mentee"] and row["Why these two"] for row in rows)


def test_an_xlsx_holds_the_pairs_and_who_was_not_placed(table, tmp_path):
    out = tmp_path / "pairs.xlsx"

    main(["match", str(table), "--out", str(out)])

    with zipfile.ZipFile(out) as book:
        workbook = book.read("xl/workbook.xml").decode()
    assert workbook.index('name="Pairs"') < workbook.index('name="Not placed"')


def test_the_same_people_and_policy_give_the_same_certificate(table, tmp_path):
    first, second = tmp_path / "1.json", tmp_path / "2.json"

    for path in (first, second):
        main(["match", str(table), "--certificate", str(path)])

    assert first.read_bytes() == second.read_bytes()


def test_a_policy_of_ones_own_and_a_pin_are_kept(table, tmp_path):
    certificate, policy = tmp_path / "c.json", tmp_path / "p.toml"
    main(["match", str(table), "--certificate", str(certificate)])
    mentor, mentee = read_json(certificate)["pairs"][0]
    policy.write_text(f'[pairs]\nkeep_apart = [["{mentor}", "{mentee}"]]\n')

    main(["match", str(table), "--policy", str(policy), "--certificate", str(certificate)])

    body = read_json(certificate)
    assert [mentor, mentee] not in body["pairs"]
    assert body["policy"]["pairs"]["keep_apart"] == [[mentor, mentee]]


def test_the_order_of_levels_can_be_given(table, tmp_path, capsys):
    order = "C-suite<SVP<VP<Director<Manager<Senior<Individual Contributor<Associate"
    certificate = tmp_path / "c.json"

    main(["match", str(table), "--levels", order, "--certificate", str(certificate)])

    policy = read_json(certificate)["policy"]
    assert policy["levels"]["order"] == order.split("<")
    assert policy["mentors"]["levels"] == ["C-suite", "SVP"]


def test_preview_shows_columns_and_a_mapping_that_reads_the_same(table, tmp_path, capsys):
    status = main(["match", str(table), "--preview"])

    told = capsys.readouterr().out
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(told.partition("--mapping mapping.toml:")[2], "utf-8")
    assert status == 0
    assert "120 rows: 120 people to work with, 0 who have left." in told
    assert main(["match", str(table), "--preview", "--mapping", str(mapping)]) == 0


def test_a_time_limit_ends_with_what_there_is(table, tmp_path):
    summary = tmp_path / "s.json"

    status = main(["match", str(table), "--time-limit", "0.000001", "--json", str(summary)])

    found = read_json(summary)
    assert status == 0
    assert found["pairs"] > 0 and found["bound"] >= found["value"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Name a file of people, or a matrix with --scores."),
        (["people.csv", "--scores", "m.csv"], "Name a file of people, or a matrix"),
        (["people.csv", "--minimize"], "--minimize goes with a matrix of scores only."),
        (["--scores", "m.csv", "--mentors", "A"], "--mentors goes with a file of people only."),
        (["people.csv", "--time-limit", "0"], "--time-limit must be above 0 seconds."),
        (["people.csv", "--time-limit", "nan"], "--time-limit must be above 0 seconds."),
        (["people.csv", "--out", "pairs.pdf"], "--out must end in .csv or .xlsx: pairs.pdf"),
        (["people.csv", "--json", "nowhere/s.json"], "There is no folder nowhere."),
        (["people.csv", "--policy", "none.toml"], "There is no file none.toml."),
        (["none.csv"], "There is no file none.csv."),
        (["--scores", "none.csv"], "There is no file none.csv."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "says",
)
def test_words_that_do_not_fit_are_refused(words, sentence, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    status = main(["match", *words])

    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert told.err.startswith("upwell match: ") and sentence in told.err


def test_a_wrong_policy_is_refused_by_key_value_and_what_is_allowed(table, tmp_path, capsys):
    policy = tmp_path / "p.toml"
    policy.write_text("[rules]\nlevel_gap = 99\n")

    status = main(["match", str(table), "--policy", str(policy)])

    assert status == 2
    assert "rules.level_gap is 99. It must be a whole number from 0 to 50." in (
        capsys.readouterr().err
    )


def test_sides_the_wrong_way_around_are_noticed(table, capsys):
    status = main(["match", str(table), "--mentors", "VP,SVP", "--mentees", "Associate"])

    assert status == 0
    assert "Every mentor stands above every mentee." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["--out", "people.csv"],
        ["--json", "./people.csv"],
        ["--json", "x.json", "--certificate", "x.json"],
        ["--certificate", "."],
    ],
    ids=" ".join,
)
def test_no_output_takes_the_place_of_an_input_or_another(words, table, capsys, monkeypatch):
    monkeypatch.chdir(table.parent)
    before = table.read_bytes()

    status = main(["match", "people.csv", *words])

    assert status == 2
    assert [path.name for path in table.parent.iterdir()] == ["people.csv"]
    assert table.read_bytes() == before


def test_problems_in_the_file_are_counted(tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_text("ID,Level,Hours\n1,Associate,late\n2,Director,9-17\n2,Manager,9-17\n")

    main(["match", str(path)])

    assert "2 problems in the file; --preview says where." in capsys.readouterr().out


def test_nothing_is_written_where_the_file_cannot_be_read(tmp_path, capsys):
    broken, summary = tmp_path / "people.csv", tmp_path / "s.json"
    broken.write_bytes(b"\x00\x01\x02")

    status = main(["match", str(broken), "--json", str(summary)])

    assert (status, summary.exists()) == (2, False)


@pytest.mark.parametrize("minimize", [False, True])
def test_a_matrix_gives_the_optimum_of_scipy(minimize, tmp_path):
    random = np.random.default_rng(8)
    scores, allowed = random.integers(0, 1_000_001, (30, 25)), random.random((30, 25)) < 0.5
    matrix, summary, certificate = (tmp_path / name for name in ("m.csv", "s.json", "c.json"))
    matrix.write_text(
        "\n".join(
            ",".join(str(score) if ok else "" for score, ok in zip(row, fit, strict=True))
            for row, fit in zip(scores.tolist(), allowed, strict=True)
        )
    )
    options = ["--minimize"] if minimize else []

    main(
        ["match", "--scores", str(matrix), *options]
        + ["--json", str(summary), "--certificate", str(certificate)]
    )

    sign = -1 if minimize else 1
    pairs, total = best_by_scipy(sign * scores, allowed, [1] * 30)
    found = read_json(summary)
    made = read_json(certificate)["pairs"]
    assert (found["pairs"], found["value"], found["bound"]) == (pairs, sign * total, sign * total)
    assert sum(scores[i, j] for i, j in made) == sign * total
    assert main(["verify", str(certificate), "--scores", str(matrix)]) == 0


def test_the_example_of_the_readme_runs_on_the_demo(tmp_path, monkeypatch):
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    [command] = re.findall(r"\./run upwell (match people\.xlsx --mentors(?:.|\\\n)*?)\n\n", readme)
    monkeypatch.chdir(tmp_path)
    write_csv(generate(120, seed=3), Path("people.csv"))
    words = shlex.split(command.replace("\\\n", " ").replace("people.xlsx", "people.csv"))

    assert main(words) == 0
    assert Path("pairs.xlsx").exists()
