import pickle

from upwell.matching.document import DocumentError
from upwell.matching.said import Said, said, say


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
