"""What ships is walked, as it is edited by hand; what is wrong with a file is named."""

import re
from itertools import chain
from pathlib import Path

import pytest

from upwell.learning import texts
from upwell.learning.texts import Guideline, Lesson, guidelines, lessons, read_folder, word_count

FOLDER = Path(texts.__file__).parent
LANGUAGES = sorted({path.parent.name for path in FOLDER.glob("*/*/*.md")})

FRONT = {
    "key": '"first-hour"',
    "title": '"The first hour"',
    "audience": '"mentor"',
    "minutes": "1",
    "version": "1",
    "order": "1",
}
CHECK = {
    "question": '"Who leads?"',
    "options": '["The mentor.", "The mentee.", "Nobody."]',
    "right": "0",
    "why": '"The mentor owns the agenda."',
}


def shipped():
    return [*chain.from_iterable((*lessons(one), *guidelines(one)) for one in LANGUAGES)]


def toml(values):
    return "".join(f"{name} = {value}\n" for name, value in values.items() if value is not None)


def source(front=None, check=None, text="You lead.\n", checks=2):
    asked = f"\n[[checks]]\n{toml(CHECK | (check or {}))}" * checks
    return f"+++\n{toml(FRONT | (front or {}))}{asked}+++\n{text}"


def write(folder, *sources, language="en"):
    inside = folder / "lessons" / language
    inside.mkdir(parents=True)
    for name, written in zip("abc", sources, strict=False):
        (inside / f"{name}.md").write_text(written, encoding="utf-8")
    return folder / "lessons"


def fault(folder, *sources, kind=Lesson):
    with pytest.raises(ValueError, match=r"^lessons/en/") as caught:
        read_folder(write(folder, *sources), "en", kind)
    return str(caught.value)


def test_what_ships():
    assert [one.key for one in lessons()] == [
        "mentor-expectations",
        "mentor-leading",
        "mentor-logistics",
        "mentee-being-mentored",
        "assistant-protecting-the-meeting",
        "line-manager-giving-the-hour",
    ]
    assert [one.key for one in guidelines()] == [
        "holding-meetings",
        "respectful-conversation",
        "confidentiality",
    ]


def test_a_language_without_texts_gets_the_usual_ones():
    assert lessons("sw") == lessons("en")
    assert guidelines("..") == guidelines("en")


def test_every_heading_stands_below_the_title():
    tops = [(one.key, line) for one in shipped() for line in one.text.splitlines()]

    assert [(key, line) for key, line in tops if re.match(r"#(?!#)", line)] == []


def test_no_lesson_is_passed_by_guessing():
    """The right option is now here, now there, and not always the longest."""
    every = [*chain.from_iterable(map(lessons, LANGUAGES))]
    at_one_place = [one.key for one in every if len({c.right for c in one.checks}) == 1]
    longest = [
        one.key
        for one in every
        if all(c.options[c.right] == max(c.options, key=len) for c in one.checks)
    ]

    assert (at_one_place, longest) == ([], [])


def test_no_sentence_of_the_shipped_texts_stands_in_two_of_them():
    seen = {}
    for one in shipped():
        for sentence in re.split(r"(?<=[.?!:”])\s+", one.text):
            if word_count(sentence) > 8:
                seen.setdefault(sentence, set()).add(one.key)

    assert {sentence: keys for sentence, keys in seen.items() if len(keys) > 1} == {}


def test_a_translation_takes_the_place_of_the_usual_text(tmp_path):
    write(tmp_path, source(), source({"key": '"second-hour"', "order": "2"}))
    folder = write(tmp_path, source({"title": '"Die erste Stunde"'}), language="de")

    found = read_folder(folder, "de", Lesson)

    assert [(one.title, one.language) for one in found] == [
        ("Die erste Stunde", "de"),
        ("The first hour", "en"),
    ]


def test_a_translation_of_nothing_is_named(tmp_path):
    write(tmp_path, source())
    folder = write(tmp_path, source({"key": '"erste-stunde"'}), language="de")

    with pytest.raises(ValueError, match="lessons/de: no key 'erste-stunde' in en"):
        read_folder(folder, "de", Lesson)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"version": "2"}, "version 2 for mentor"),
        ({"audience": '"mentee"'}, "version 1 for mentee"),
    ],
)
def test_a_translation_that_would_count_otherwise_is_refused(tmp_path, changed, said):
    write(tmp_path, source())
    folder = write(tmp_path, source(changed), language="de")

    with pytest.raises(ValueError, match=f"lessons/de: 'first-hour' is {said}, in en it is"):
        read_folder(folder, "de", Lesson)


def test_what_ships_counts_the_same_in_every_language():
    for language in LANGUAGES:
        counted = [(one.key, one.version, one.audience) for one in lessons(language)]
        assert counted == [(one.key, one.version, one.audience) for one in lessons()]


@pytest.mark.parametrize("name", FRONT)
def test_a_missing_key_is_named(tmp_path, name):
    assert fault(tmp_path, source({name: None})) == f"lessons/en/a.md: {name}: Field required"


@pytest.mark.parametrize("name", CHECK)
def test_a_missing_key_of_a_check_is_named(tmp_path, name):
    said = fault(tmp_path, source(check={name: None}))

    assert said == f"lessons/en/a.md: checks.0.{name}: Field required"


@pytest.mark.parametrize(
    ("front", "where"),
    [
        ({"audience": '"sponsor"'}, "audience"),
        ({"minutes": "true"}, "minutes"),
        ({"order": '"1"'}, "order"),
        ({"version": "0"}, "version"),
        ({"title": '" "'}, "title"),
        ({"key": '"First hour"'}, "key"),
        ({"minute": "1"}, "minute"),
    ],
)
def test_a_wrong_value_is_named(tmp_path, front, where):
    assert fault(tmp_path, source(front)).startswith(f"lessons/en/a.md: {where}: ")


@pytest.mark.parametrize(
    ("check", "where"),
    [
        ({"right": "3"}, "checks.0.right"),
        ({"right": "-1"}, "checks.0.right"),
        ({"options": '["The mentor.", "The mentee."]'}, "checks.0.options.2"),
        ({"options": '["The mentor.", "the mentor.", "Nobody."]'}, "checks.0"),
    ],
)
def test_a_wrong_check_is_named(tmp_path, check, where):
    assert fault(tmp_path, source(check=check)).startswith(f"lessons/en/a.md: {where}: ")


@pytest.mark.parametrize("count", [1, 5])
def test_a_lesson_has_two_to_four_checks(tmp_path, count):
    assert fault(tmp_path, source(checks=count)).startswith("lessons/en/a.md: checks: ")


def test_a_guideline_has_no_checks(tmp_path):
    assert fault(tmp_path, source(), kind=Guideline).startswith("lessons/en/a.md: checks: ")


def test_a_key_used_twice_is_named(tmp_path):
    said = fault(tmp_path, source(), source())

    assert said == "lessons/en/b.md: the key 'first-hour' is used by another file"


def test_minutes_are_those_of_the_text_rounded_up(tmp_path):
    folder = write(tmp_path, source({"minutes": "2"}, text="word " * 400))

    assert [one.minutes for one in read_folder(folder, "en", Lesson)] == [2]


@pytest.mark.parametrize(("words", "needed"), [(200, 1), (401, 3)])
def test_minutes_that_the_text_does_not_take_are_named(tmp_path, words, needed):
    said = fault(tmp_path, source({"minutes": "2"}, text="word - " * words))

    assert said.startswith("lessons/en/a.md: ")
    assert said.endswith(f"minutes is 2, but {words} words take {needed}")


@pytest.mark.parametrize("written", ["You lead.\n", "+++\nkey = 1\nYou lead.\n", " " + source()])
def test_a_file_without_its_head_is_named(tmp_path, written):
    assert fault(tmp_path, written).startswith("lessons/en/a.md: begin with")


def test_a_head_that_is_no_toml_is_named(tmp_path):
    assert fault(tmp_path, source({"title": "The first hour"})).startswith("lessons/en/a.md: ")
