import json
import pickle

from hypothesis import given
from hypothesis import strategies as st

from upwell.matching.reading import DocumentError
from upwell.matching.said import Said, kept, said, say, unkept


def shout(form):
    return form.upper().replace("%(NAME)S", "%(name)s")


def test_a_sentence_is_its_english_and_can_be_said_otherwise():
    sentence = said("%(name)s is missing", name="x")

    assert sentence == "x is missing"
    assert say(sentence, shout) == "x IS MISSING"


def test_an_error_is_said_as_its_sentence():
    assert say(DocumentError(said("%(name)s is missing", name="x")), shout) == "x IS MISSING"


def test_what_is_no_such_sentence_stays_as_it_is():
    assert say("as it is", shout) == "as it is"
    assert say(ValueError("one", 2), shout) == "('one', 2)"
    assert say(ValueError(), shout) == ""


def test_a_sentence_survives_a_process():
    sentence = pickle.loads(pickle.dumps(said("%(name)s is missing", name="x")))

    assert isinstance(sentence, Said)
    assert say(sentence, shout) == "x IS MISSING"


@given(st.text(), st.integers())
def test_what_is_kept_says_the_same_again(text, number):
    sentence = said("%(text)s is not %(number)s", text=text, number=number)

    for one in (sentence, ValueError(sentence)):
        assert unkept(json.loads(json.dumps(kept(one)))) == sentence


@given(st.text())
def test_a_sentence_without_a_form_is_kept_as_it_is(text):
    assert unkept(kept(text)) == text
