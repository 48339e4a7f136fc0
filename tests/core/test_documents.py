from io import BytesIO

import pytest
from pypdf import PdfReader

from upwell.core.documents import pdf

LAYOUT = """
#import "/house.typ": house, values
#show: house.with(title: values.title, language: values.language)
= #values.title
#values.words
"""


@pytest.fixture
def layout(tmp_path):
    path = tmp_path / "letter.typ"
    path.write_text(LAYOUT)
    return path


def test_a_document_says_its_words_its_title_and_its_language(layout):
    made = pdf(layout, {"title": "Danke, Zoë", "language": "de", "words": "Владимир #x *y*"})

    read = PdfReader(BytesIO(made))
    assert read.metadata.title == "Danke, Zoë"
    assert read.trailer["/Root"]["/Lang"] == "de"
    assert "Владимир #x *y*" in read.pages[0].extract_text()


def test_letters_without_a_font_leave_the_rest_readable(layout):
    made = pdf(layout, {"title": "Thanks", "language": "en", "words": "\U0001e900 and Ada"})

    assert "and Ada" in PdfReader(BytesIO(made)).pages[0].extract_text()


def test_a_document_without_a_title_is_refused(layout):
    with pytest.raises(ValueError, match="title"):
        pdf(layout, {"title": "", "language": "en", "words": ""})


def test_a_faulty_layout_is_no_document(tmp_path):
    (tmp_path / "letter.typ").write_text("#nonsense")

    with pytest.raises(RuntimeError):
        pdf(tmp_path / "letter.typ", {"title": "Thanks", "language": "en"})
