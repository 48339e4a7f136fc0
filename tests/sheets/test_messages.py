import pickle

import pytest

from upwell.sheets import RowProblem, SheetError, describe
from upwell.sheets.messages import listed, message, refuse, shorten
from upwell.sheets.texts import TEXTS

GERMAN = {TEXTS["no_rows"]: "Leer ab Zeile %(row)s."}


@pytest.mark.parametrize(
    "said",
    [
        message("no_rows", row=3),
        refuse("no_rows", row=3),
        RowProblem(1, "ID", "", message("no_rows", row=3)),
    ],
)
def test_what_is_said_is_put_into_another_language(said):
    assert describe(said, GERMAN.__getitem__) == "Leer ab Zeile 3."


def test_error_survives_a_journey_between_processes():
    error = pickle.loads(pickle.dumps(refuse("empty")))

    assert (type(error), error.message) == (SheetError, message("empty"))


def test_value_is_shown_on_one_short_line():
    assert shorten("a\nb\0" + "x" * 100, 10) == "a b xxxxx…"


def test_many_values_end_in_an_ellipsis():
    assert listed(["a", "b", "c"], 2) == "a, b, …"


def test_every_text_is_a_sentence():
    assert [text for text in TEXTS.values() if not text.endswith((".", "%(reason)s"))] == []
