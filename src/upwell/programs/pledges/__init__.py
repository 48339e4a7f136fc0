"""The pledge that ships: ``<language>.txt``, paragraphs parted by an empty line."""

from functools import cache
from importlib.resources import files

VERSION = 1
"""Rises when the text asks something else of people, so that they are asked to sign again."""
USUAL = "en"


@cache
def shipped_pledge(language: str) -> str:
    """In English where it is not there in this language."""
    names = {file.name: file for file in files(__package__).iterdir()}
    file = names.get(f"{language}.txt") or names[f"{USUAL}.txt"]
    return file.read_text(encoding="utf-8").strip()


def shipped_language(language: str) -> str:
    """The language in which ``shipped_pledge`` answers."""
    there = {file.name for file in files(__package__).iterdir()}
    return language if f"{language}.txt" in there else USUAL
