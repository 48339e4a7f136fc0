"""What is done to lessons and guidelines, and by those who do them."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from tests.databases import at_once
from tests.factories import make_manager, make_person, make_program
from upwell.audit.models import AuditEntry
from upwell.learning import services
from upwell.learning.models import Completion, OwnText, Publication, Revision, TextKind
from upwell.learning.queries import digest_of, shipped, texts_of
from upwell.learning.texts import lessons

pytestmark = pytest.mark.django_db
KEY = "mentee-being-mentored"
CHECKS = [
    {"question": "One?", "options": ["a", "b", "c"], "right": 0, "why": "So."},
    {"question": "Two?", "options": ["d", "e", "f"], "right": 2, "why": "Thus."},
]
WORDS = {"language": "en", "title": "Listen", "text": "## Why\n\nTo learn.", "checks": CHECKS}


def save(program, by, key=KEY, **given):
    services.save_text(program, key, by=by, **(WORDS | given))


def lesson_of(program, key=KEY):
    return texts_of(program).find(key, "en")


def finish(program, by, **given):
    lesson = lesson_of(program)
    right = [check.right for check in lesson.checks]
    told = {"answers": right, "version": lesson.version} | given
    services.finish_lesson(program, lesson, by=by, **told)


@pytest.fixture
def program(manager):
    return make_program(manager)


def events():
    return [*AuditEntry.objects.filter(event__startswith="learning.").values_list("event", "facts")]


def test_texts_are_published_once_and_taken_back(program, manager):
    services.publish_texts(program, TextKind.LESSONS, by=manager)
    with pytest.raises(ValidationError, match="Somebody has published this already"):
        services.publish_texts(program, TextKind.LESSONS, by=manager)
    published = Publication.objects.get()

    services.retract_texts(program, TextKind.LESSONS, by=manager)
    services.retract_texts(program, TextKind.LESSONS, by=manager)

    assert (published.kind, published.published_by) == ("lessons", manager)
    assert not Publication.objects.exists()
    assert events() == [
        ("learning.texts.published", {"kind": "lessons"}),
        ("learning.texts.retracted", {"kind": "lessons"}),
    ]


def test_own_words_stand_in_for_those_that_ship_in_their_language_alone(program, manager):
    save(program, manager, title="  Listen \n first")

    own, other = lesson_of(program), texts_of(program).find(KEY, "de")
    assert (own.title, own.text, own.minutes) == ("Listen first", "## Why\n\nTo learn.", 1)
    assert [check.question for check in own.checks] == ["One?", "Two?"]
    assert other.title == shipped(KEY, "de").title
    assert events() == [("learning.text.changed", {"text": "mentee_being_mentored"})]


def test_the_words_that_ship_are_not_kept_twice(program, manager):
    ships = shipped(KEY, "en")
    checks = [{**vars(one), "options": list(one.options)} for one in ships.checks]
    save(program, manager)

    save(program, manager, title=ships.title, text=ships.text, checks=checks)

    assert not OwnText.objects.exists()


def test_what_is_the_same_is_not_written_again(program, manager):
    save(program, manager)

    save(program, manager)

    assert len(events()) == 1


def test_a_guideline_has_no_check(program, manager):
    save(program, manager, key="confidentiality", again=True)

    assert OwnText.objects.get().checks == []
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "# Why\n\nSo."}, "begin those in the text with ##"),
        ({"text": " \n "}, "write something that people read"),
        ({"checks": CHECKS[:1]}, "two to four questions"),
        ({"checks": CHECKS * 3}, "two to four questions"),
        ({"checks": [CHECKS[0], {**CHECKS[1], "options": ["d", "D", "f"]}]}, "are the same"),
        ({"since": "of yesterday"}, "Somebody changed this text meanwhile"),
        ({"title": "x" * 121}, "at most 120 characters"),
    ],
)
def test_a_text_that_cannot_stand_so_is_refused(program, manager, given, said):
    with pytest.raises(ValidationError, match=said):
        save(program, manager, **given)

    assert not OwnText.objects.exists()


def test_a_text_of_no_key_is_refused(program, manager):
    with pytest.raises(ValidationError, match="no such text"):
        save(program, manager, key="nothing")


def test_the_digest_of_what_is_shown_is_taken(program, manager):
    save(program, manager, since=digest_of(shipped(KEY, "en")))

    assert OwnText.objects.count() == 1


def test_asking_again_raises_the_version_in_every_language(program, manager):
    save(program, manager, again=True)
    save(program, manager, title="Listen more", again=True)

    assert [texts_of(program).find(KEY, one).version for one in ("en", "de")] == [3, 3]


def test_a_corrected_comma_asks_nobody_again(program, manager):
    finish(program, reader := make_person())

    save(program, manager)

    assert lesson_of(program).version == reader.completions.get().version


def test_going_back_to_what_ships_never_lowers_the_version(program, manager):
    save(program, manager, again=True)

    services.reset_text(program, KEY, language="en", by=manager)
    services.reset_text(program, KEY, language="en", by=manager)

    assert (lesson_of(program).title, lesson_of(program).version) == (shipped(KEY, "en").title, 2)
    assert [event for event, _facts in events()].count("learning.text.reset") == 1


def test_a_lesson_is_done_once_and_no_answer_is_kept(program):
    finish(program, reader := make_person())
    finish(program, reader)

    done = Completion.objects.get()
    assert (done.person, done.key, done.version) == (reader, KEY, 1)
    assert events() == [("learning.lesson.done", {"lesson": "mentee_being_mentored"})]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answers": [0, 0, 0]}, "Not every answer is right yet"),
        ({"answers": []}, "Not every answer is right yet"),
        ({"version": 7}, "has changed meanwhile"),
    ],
)
def test_a_lesson_is_not_done_with_wrong_answers_or_another_version(program, given, said):
    with pytest.raises(ValidationError, match=said):
        finish(program, make_person(), **given)

    assert not Completion.objects.exists()


def test_of_two_who_are_one_the_lessons_come_together(program):
    kept, gone = make_person(), make_person()
    for person, key in ((kept, KEY), (gone, KEY), (gone, "mentor-leading")):
        Completion.objects.create(program=program, person=person, key=key, version=1)

    services.merge_completions(kept, gone)

    assert [one.key for one in gone.completions.all()] == ["mentor-leading"]
    assert kept.completions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_lesson_done_twice_at_once_is_done_once(own_database):
    program, reader = make_program(), make_person()

    at_once(*[partial(finish, program, reader)] * 4)

    assert (Completion.objects.count(), len(events())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_texts_published_twice_at_once_are_published_once(own_database):
    manager = make_manager()
    program = make_program(manager)
    publish = partial(services.publish_texts, program, TextKind.GUIDELINES, by=manager)

    at_once(publish, publish)

    assert (Publication.objects.count(), len(events())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_again_at_once_both_are_heard(own_database):
    manager = make_manager()
    program = make_program(manager)

    at_once(
        *(partial(save, program, manager, title=f"Number {one}", again=True) for one in range(3))
    )

    assert Revision.objects.get().raised == 3


def test_every_lesson_has_a_key_of_its_own_beside_the_guidelines():
    assert shipped("confidentiality", "en").title == "Confidentiality and its limits"
    assert all(shipped(one.key, "en") == one for one in lessons())
