import pytest

from upwell.sheets.wordlists import FOLDER, sections


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_every_list_has_phrases_without_gaps_around(name):
    found = [phrase for phrases in sections(name).values() for phrase in phrases]

    assert found
    assert all(phrase == phrase.strip() != "" for phrase in found)
