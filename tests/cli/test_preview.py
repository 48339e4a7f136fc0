from rich.console import Console

from upwell.cli.preview import SHOWN_PROBLEMS, show_preview
from upwell.sheets import read_people


def preview(path, console):
    with console.capture() as capture:
        show_preview(console, read_people(path))
    return [line.strip() for line in capture.get().splitlines()]


def make_table(folder, count):
    path = folder / "people.csv"
    rows = [f"{number},P{number},Associate,whenever" for number in range(count)]
    path.write_text("\n".join(["ID,Name,Level,Start date", *rows]), "utf-8")
    return path


def test_every_problem_is_listed_where_the_preview_goes_into_a_file(tmp_path):
    told = preview(make_table(tmp_path, 50), Console(width=100))

    assert "50 problems" in told
    assert sum(line.startswith("Row ") for line in told) == 50


def test_a_terminal_shows_the_first_problems_and_how_many_more(tmp_path):
    told = preview(make_table(tmp_path, 50), Console(width=100, force_terminal=True, no_color=True))

    rows = [line for line in told if "Start date, “whenever”" in line]
    assert len(rows) == SHOWN_PROBLEMS
    assert f"… and {50 - SHOWN_PROBLEMS} more; send the preview to a file" in told


def test_the_mapping_stays_whole_on_a_terminal_to_be_copied(tmp_path):
    path, names = tmp_path / "people.csv", [f"Very senior director {n}" for n in range(9)]
    path.write_text("ID,Level\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names)))

    told = preview(path, Console(width=60, force_terminal=True, no_color=True))

    assert any(line.startswith("order = [") and line.endswith("]") for line in told)


def test_a_table_without_levels_or_roles_is_told_so(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("ID,Name,Office\n1,Ann,Oslo\n2,Bob,Oslo\n", "utf-8")

    told = preview(path, Console(width=100))

    assert any(line.startswith("There is no column with levels or roles.") for line in told)


def test_rankings_are_shown_with_what_is_nobodys(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("ID,Name,Preferred mentors\n1,Ann,2; 9\n2,Bob,1\n", "utf-8")

    told = [" ".join(line.split()) for line in preview(path, Console(width=100))]

    problem = "Nobody here has this ID or name, so the ranking goes on without it."
    assert "Preferred mentors ranked 2; 9 · 1" in told
    assert f"Row 2, Preferred mentors, “9”: {problem}" in told
