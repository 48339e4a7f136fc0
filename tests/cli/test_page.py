import io

import pytest
from rich.console import Console

from upwell.cli.main import main
from upwell.cli.page import show_aligned, show_lines

HEADER = "ID,Name,Level,Manager,Office,Languages,Team"


def match(folder, capsys, rows, *words):
    path = folder / "people.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    main(["match", str(path), *words])
    return [line.strip() for line in capsys.readouterr().out.splitlines()]


def test_the_news_stands_first_then_how_it_is_known(tmp_path, capsys):
    rows = ["1,Ann,Associate,3,Oslo,English,a", "2,Dora,Director,3,Oslo,English,b"]

    cleo = "3,Cleo,CEO,,Oslo,English,c"
    order = ["--levels", "Associate<Senior<Director<CEO", "--mentees", "Director"]
    told = match(tmp_path, capsys, [*rows, cleo], *order)

    assert told[1:3] == [
        "1 pair.",
        "Proven: no other choice makes more pairs, and none with as many is better.",
    ]


def test_lines_that_are_not_known_are_counted(tmp_path, capsys):
    rows = ["1,Ann,Associate,99,Oslo,English,a", "2,Dora,Director,3,Oslo,English,b"]

    told = match(tmp_path, capsys, [*rows, "3,Cleo,CEO,,Oslo,English,c"])

    assert "reporting lines: not known, so not checked, for 1 person" in told


def test_a_column_that_says_too_little_is_not_called_missing(tmp_path, capsys):
    rows = ["1,Ann,Associate,3,Oslo,English,", "2,Dora,Director,3,Oslo,English,"]

    told = match(tmp_path, capsys, [*rows, "3,Cleo,CEO,,Oslo,,c"], "--mentees", "Director")

    assert "different teams: not checked (the column says too little)" in told


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (["1,A,Director,,,,", "2,B,VP,,,,", "3,C,CEO,,,,"], "1 pair."),
        (["1,A,Director,3,,,", "2,B,VP,3,,,", "3,C,CEO,,,,"], "The rules allow no pair at all."),
    ],
)
def test_no_pair_at_all_is_said_plainly(rows, sentence, tmp_path, capsys):
    assert sentence in match(tmp_path, capsys, rows)


def test_people_left_out_are_counted_by_reason(tmp_path, capsys):
    rows = [f"{number},P{number},Associate,,Oslo,English,a" for number in range(1, 5)]

    told = match(tmp_path, capsys, [*rows, "9,Dora,Director,,Oslo,English,b", "8,M,Manager,,,,"])

    assert "3 mentors (P1, P2, P3): Everyone who is allowed already has somebody." in told


def test_of_many_left_out_the_first_are_named_and_where_the_others_are(tmp_path, capsys):
    rows = [f"{number},P{number},Associate,,Oslo,English,a" for number in range(1, 7)]
    rows += ["9,Dora,Director,,Oslo,English,b", "8,M,Manager,,,,"]
    out = tmp_path / "pairs.xlsx"

    told = match(tmp_path, capsys, rows, "--out", str(out))

    assert "5 mentors (P1, P2, P3 …): Everyone who is allowed already has somebody." in told
    assert "Everybody without a counterpart is in its sheet “Not placed”." in told


@pytest.mark.parametrize("is_terminal", [True, False])
def test_lines_wrap_under_themselves_on_a_terminal_alone(is_terminal):
    console = Console(width=40, file=io.StringIO(), force_terminal=is_terminal)
    line = "Mentors, guessed: Associate, Individual Contributor"

    show_lines(console, [line])
    show_aligned(console, [("Price", "321 points of the best total (0.30 %)")])

    wrapped = [
        *("  Mentors, guessed: Associate,", "    Individual Contributor"),
        *("  Price   321 points of the best total", "          (0.30 %)"),
    ]
    whole = [f"  {line}", "  Price   321 points of the best total (0.30 %)"]
    assert console.file.getvalue().splitlines() == (wrapped if is_terminal else whole)
