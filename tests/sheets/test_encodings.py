import pytest

from upwell.sheets.encodings import encoding_of

NAMES = "ID,Name\n1,José Núñez\n2,Zoë Müller\n3,Łukasz\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_unicode_is_found(make_file, encoding, found):
    assert encoding_of(make_file(NAMES, encoding=encoding)) == found


def test_western_european_is_found(make_file):
    assert encoding_of(make_file("1,José\n2,Müller – Köln\n", encoding="cp1252")) == "cp1252"


def test_cyrillic_is_found(make_file):
    text = "ID,Имя\n1,Александр Пушкин\n2,Лев Толстой, писатель\n3,Фёдор Достоевский\n"

    assert encoding_of(make_file(text, encoding="cp1251")) == "cp1251"


def test_bytes_of_no_language_are_read_one_by_one(make_file):
    content = b"ID,Name\n1," + bytes([0x81, 0x8D, 0xFF, 0x8F, 0x90, 0x9D]) + b"\n"

    assert content.decode(encoding_of(make_file(content)), "replace")


def test_a_broken_character_in_much_utf_8_stays_utf_8(make_file):
    content = ("Zoë\n" * 300).encode() + b"Zo\xeb\n"

    assert encoding_of(make_file(content)) == "utf-8"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("1,Łukasz Wiśniewski\n2,Zdeněk Dvořák\n3,Čeněk Šťastný\n", "cp1250"),
        ("1,山田 太郎\n2,鈴木 一郎\n", "cp932"),
    ],
)
def test_other_languages_are_found(make_file, text, encoding):
    path = make_file(text, encoding=encoding)

    assert path.read_bytes().decode(encoding_of(path)) == text
