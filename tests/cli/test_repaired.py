import numpy as np
import pytest

from upwell.cli.main import main
from upwell.cli.repaired import proof, proof_word
from upwell.matching.certificate import Counts
from upwell.matching.repair import Option

FEW = """ID,Name,Level
a1,Ann,Associate
a2,Abe,Associate
d1,Dora,Director
d2,Dan,Director
"""


def make_option(*, most=3, bound=10):
    counts = Counts(3, 3, 3)
    return Option(np.zeros((3, 2), np.int64), 1, counts, 10, 1, Counts(most, most, most), bound)


@pytest.mark.parametrize(
    ("option", "word", "sentence"),
    [
        (make_option(), "proven", "the best that changes at most 1 pair that could stay."),
        (make_option(bound=12), "at most 12", "is better by at most 2 points."),
        (make_option(most=4), "not proven", "may place more people."),
    ],
    ids=["exact", "gap", "people"],
)
def test_the_bound_in_words(option, word, sentence):
    assert proof_word(option) == word
    assert sentence in proof(option)


@pytest.fixture
def pairs(tmp_path, monkeypatch):
    """Four people and the certificate of their two pairs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(FEW, "utf-8")
    words = ["--mentors", "Associate", "--mentees", "Director", "--levels", "Associate<VP<Director"]
    main(["match", "people.csv", *words, "--certificate", "c.json"])
    return tmp_path


def test_who_loses_a_mentor_and_gets_none_is_named_with_whom_they_had(pairs, capsys):
    capsys.readouterr()

    main(["repair", "c.json", "people.csv", "--leavers", "a1"])

    told = capsys.readouterr().out
    assert "Without a counterpart\n  D" in told
    assert ", before with Ann (a1)\n" in told


def test_whoever_changes_nothing_is_not_named(pairs, capsys):
    capsys.readouterr()

    main(["repair", "c.json", "people.csv"])

    told = capsys.readouterr().out
    assert "All pairs are still possible. All of them stay as they are.\n" in told
    assert not any(name in told for name in ("Ann", "Abe", "Dora", "Dan"))


def test_a_mentor_without_a_mentee_left_is_named(pairs, capsys):
    capsys.readouterr()

    main(["repair", "c.json", "people.csv", "--leavers", "d1"])

    assert ", a mentor before\n" in capsys.readouterr().out
