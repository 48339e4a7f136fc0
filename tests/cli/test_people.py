import os
import subprocess
import sys

import pytest

from tests.factories import make_person
from upwell.cli.main import main
from upwell.people.models import Directory, Person, SavedMapping

HEADER = "ID,Name,Grade"
MAPPING = '[columns]\nid = "ID"\nname = "Name"\ntitle = "Grade"\n'


@pytest.fixture
def people(tmp_path, capsys):
    """Runs the command on rows; gives its exit status and what it said."""

    def run(*rows, words=("--whole",)):
        file, mapping = tmp_path / "people.csv", tmp_path / "mapping.toml"
        file.write_text("\n".join([HEADER, *rows]), "utf-8")
        mapping.write_text(MAPPING, "utf-8")
        status = main(["import", str(file), "--mapping", str(mapping), *words])
        said = capsys.readouterr()
        return status, (said.out + said.err).splitlines()

    return run


@pytest.mark.django_db
def test_a_file_is_brought_in_by_its_mapping(people):
    status, said = people("1,Ann,Analyst", "2,Bo,Clerk")

    titles = dict(Person.objects.values_list("name", "title"))
    assert titles == {"Ann": "Analyst", "Bo": "Clerk"}
    assert (status, said[-1]) == (0, "New: 2")
    assert "2 rows: 2 people to work with, 0 who have left." in said


@pytest.mark.django_db
def test_the_same_file_the_next_night_changes_nothing(people):
    people("1,Ann,Analyst")

    status, said = people("1,Ann,Analyst")

    assert (status, said[-1]) == (0, "Nothing has changed.")
    assert Directory.current().revision == 1


@pytest.mark.django_db
def test_too_many_leaving_stop_it_until_the_number_is_named(people):
    people("1,Ann,Analyst", "2,Bo,Clerk")

    stopped, said = people("1,Ann,Head")
    unchanged = Person.objects.get(name="Ann").title
    status, done = people("1,Ann,Head", words=("--whole", "--leaving", "1"))

    assert (stopped, unchanged, status) == (1, "Analyst", 0)
    assert said[-1] == (
        "Stopped, and nothing has changed: 1 person of 2 would leave. "
        "If that is right, add --leaving 1."
    )
    assert done[-2:] == ["Changed: 1", "Left: 1"]


@pytest.mark.django_db
def test_part_lets_nobody_leave(people):
    make_person(employee_id="9")

    status, said = people("1,Ann,Analyst", words=("--part",))

    assert (status, said[-1], Person.objects.active().count()) == (0, "New: 1", 2)


@pytest.mark.django_db
def test_a_preview_changes_nothing(people):
    status, _said = people("1,Ann,Analyst", words=("--part", "--preview"))

    assert (status, Person.objects.count()) == (0, 0)


def test_a_file_that_is_none_is_refused(tmp_path, capsys):
    status = main(["import", str(tmp_path / "absent.csv"), "--whole"])

    said = capsys.readouterr().err
    assert status == 2
    assert said.startswith("upwell import: There is no file")


@pytest.mark.parametrize("words", [[], ["--part", "--whole"]])
def test_what_the_file_holds_has_to_be_said(words, tmp_path):
    with pytest.raises(SystemExit) as end:
        main(["import", str(tmp_path), *words])

    assert end.value.code == 2


def test_a_database_that_is_not_ready_is_one_sentence(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(f"{HEADER}\n1,Ann,Analyst\n", "utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("UPWELL_", "DJANGO_"))}
    variables = {"UPWELL_ENV_FILE": "", "UPWELL_DEBUG": "true"}
    variables["UPWELL_DATABASE_URL"] = f"sqlite:///{tmp_path / 'empty.sqlite3'}"

    result = subprocess.run(
        [sys.executable, "-m", "upwell", "import", str(file), "--whole"],
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert result.stderr == (
        "upwell import: The database refused: no such table: people_directory\n"
    )


@pytest.fixture
def nightly(tmp_path, capsys):
    """Runs the command with the name of a mapping."""
    file = tmp_path / "people.csv"
    file.write_text(f"{HEADER}\n1,Ann,Analyst\n", "utf-8")

    def run(name, *words, command="import"):
        status = main([command, str(file), "--mapping", name, *words])
        return status, capsys.readouterr()

    return run


def save_mapping(name, kind):
    key = SavedMapping.key_of(name)
    SavedMapping.objects.create(name=name, key=key, text=MAPPING, kind=kind)


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["import", "people"])
def test_a_saved_mapping_is_taken_by_its_name(nightly, word):
    save_mapping("Every night", "part")

    status, _said = nightly("every night", command=word)

    assert (status, Person.objects.get().title) == (0, "Analyst")


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "here"), [((), 1), (["--part"], 2)])
def test_a_saved_mapping_says_what_the_file_holds_unless_that_is_said(nightly, words, here):
    make_person(employee_id="2")
    save_mapping("Every night", "whole")

    nightly("Every night", "--leaving", "1", *words)

    assert Person.objects.active().count() == here


@pytest.mark.django_db
def test_a_name_that_is_not_saved_is_told_those_that_are(nightly):
    save_mapping("Every night", "part")
    save_mapping("Contractors", "part")

    status, said = nightly("Nightly")

    assert (status, said.err) == (
        2,
        "upwell import: There is no saved mapping and no file “Nightly”. "
        "Saved are: Contractors, Every night.\n",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("--whole",), ("--whole", "--preview")])
def test_kinds_of_changes_and_loops_are_told_with_their_rows(tmp_path, capsys, words):
    file = tmp_path / "people.csv"
    file.write_text("ID,Name,Manager\n1,Ann,2\n2,Bo,1\n3,Cy,1\n", "utf-8")

    main(["import", str(file), *words])

    told = capsys.readouterr().out.splitlines()
    assert "  3 are new: rows 2, 3, 4" in told
    assert "  A new loop among managers (Ann → Bo → Ann): rows 2, 3" in told
