import pytest

from upwell.sheets.words import key, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EmployeeID", ("employee", "id")),
        ("employee_id", ("employee", "id")),
        ("HRManager", ("hr", "manager")),
        ("Größe / Straße", ("grosse", "strasse")),
        ("", ()),
    ],
)
def test_words_are_found_in_any_spelling(text, found):
    assert words(text) == found


def test_key_has_no_gaps():
    assert key("Job-Title ") == key("jobTitle") == "jobtitle"
