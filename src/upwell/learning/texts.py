"""The lessons and guidelines that ship: ``lessons/<language>/*.md`` and ``guidelines/…``.

A file begins with what is known about it, TOML between two lines ``+++``; the rest is its text in
Markdown, with headings from the second level on. Knows nothing of the database.

``minutes`` is checked against the text at 200 words a minute, rounded up: 401 to 600 words are
three minutes. Checks are not counted.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

USUAL = "en"
WORDS_A_MINUTE = 200
LEAST_CHECKS, MOST_CHECKS = 2, 4
FENCE = "+++\n"

Audience = Literal["mentor", "mentee", "assistant", "line_manager", "everybody"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Count = Annotated[int, Field(strict=True, ge=1)]


@dataclass(frozen=True)
class Check:
    """A question at the end of a lesson; ``right`` is the index of the right option, from 0.

    ``why`` is shown after answering, whatever the answer.
    """

    question: Words
    options: tuple[Words, Words, Words]
    right: Annotated[int, Field(strict=True, ge=0, le=2)]
    why: Words

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        if len({option.casefold() for option in self.options}) < len(self.options):
            raise ValueError("two of the options are the same")


@dataclass(frozen=True, kw_only=True)
class Guideline:
    """How pairs deal with each other; ``version`` rises when what it asks of people changes."""

    key: Slug
    title: Words
    audience: Audience
    minutes: Count
    version: Count
    order: Count
    text: Words
    language: str

    __pydantic_config__ = ConfigDict(extra="forbid")

    def __post_init__(self) -> None:
        words = word_count(self.text)
        needed = -(-words // WORDS_A_MINUTE)
        if self.minutes != needed:
            raise ValueError(f"minutes is {self.minutes}, but {words} words take {needed}")


@dataclass(frozen=True, kw_only=True)
class Lesson(Guideline):
    """What somebody learns before the first meeting, with a check at the end."""

    checks: Annotated[tuple[Check, ...], Field(min_length=LEAST_CHECKS, max_length=MOST_CHECKS)]


Text = TypeVar("Text", Guideline, Lesson)


@cache
def lessons(language: str = USUAL) -> tuple[Lesson, ...]:
    """All of them, audience by audience; in English what there is not in this language."""
    return read_folder(files(__package__) / "lessons", language, Lesson)


@cache
def guidelines(language: str = USUAL) -> tuple[Guideline, ...]:
    """All of them in their order; in English what there is not in this language."""
    return read_folder(files(__package__) / "guidelines", language, Guideline)


def read_folder(folder: Traversable, language: str, kind: type[Text]) -> tuple[Text, ...]:
    """Raises ValueError, with the file or the key, where a file is not as it must be.

    What is counted has to be the same in every language: for whom a text is, and its version.
    """
    usual = by_key(folder, USUAL, kind)
    own = by_key(folder, language, kind)
    unknown = own.keys() - usual.keys()
    if unknown:
        raise ValueError(f"{folder.name}/{language}: no key {min(unknown)!r} in {USUAL}")
    for key, text in own.items():
        if counted(text) != counted(usual[key]):
            raise ValueError(
                f"{folder.name}/{language}: {key!r} is {counted(text)}, in {USUAL} it is"
                f" {counted(usual[key])}"
            )
    return tuple(sorted((usual | own).values(), key=place))


def counted(text: Guideline) -> str:
    return f"version {text.version} for {text.audience}"


def place(text: Guideline) -> tuple[int, int, str]:
    return AUDIENCES.index(text.audience), text.order, text.key


def by_key(folder: Traversable, language: str, kind: type[Text]) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for file in files_in(folder, language):
        name = f"{folder.name}/{language}/{file.name}"
        text = read(file.read_text(encoding="utf-8"), name=name, language=language, kind=kind)
        if text.key in found:
            raise ValueError(f"{name}: the key {text.key!r} is used by another file")
        found[text.key] = text
    return found


def files_in(folder: Traversable, language: str) -> Iterator[Traversable]:
    """Its files by name; none for a language without a folder, or a word that is no language."""
    for each in folder.iterdir():
        if each.name == language and each.is_dir():
            inside = (file for file in each.iterdir() if file.name.endswith(".md"))
            yield from sorted(inside, key=lambda file: file.name)


def read(source: str, *, name: str, language: str, kind: type[Text]) -> Text:
    """One text out of its source; ``name`` is what errors call it."""
    head, text = parted(source, name)
    try:
        values = tomllib.loads(head)
        return TypeAdapter(kind).validate_python(values | {"text": text, "language": language})
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{name}: {error}") from error
    except ValidationError as error:
        raise ValueError(f"{name}: {first_fault(error)}") from error


def parted(source: str, name: str) -> tuple[str, str]:
    before, _, rest = source.partition(FENCE)
    head, fence, text = rest.partition(f"\n{FENCE}")
    if before or not fence:
        raise ValueError(f"{name}: begin with what is known about it, between two lines +++")
    return head, text


def first_fault(error: ValidationError) -> str:
    fault: Mapping[str, Any] = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where}: {fault['msg']}" if where else str(fault["msg"])


def word_count(text: str) -> int:
    """Words as a reader counts them: list marks and dashes are none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())
