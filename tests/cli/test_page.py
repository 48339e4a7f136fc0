import pytest

from upwell.cli.main import main

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

    assert "3 mentors: Everyone who is allowed already has somebody." in told
