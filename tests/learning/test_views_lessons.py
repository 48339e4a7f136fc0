"""Lessons and guidelines for those who take part."""

import html
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.desk.launching import make_done, make_owner
from tests.factories import make_cohort, make_enrollment, make_manager, make_person
from upwell.audit.models import AuditEntry
from upwell.learning.links import lesson_link
from upwell.learning.models import Completion, OwnText, Publication, Revision
from upwell.learning.queries import shipped
from upwell.people.models import Person
from upwell.programs.models import Program

pytestmark = pytest.mark.django_db
FIRST, KEY = "mentor-expectations", "mentee-being-mentored"


def url(name, cohort, *more):
    return reverse(f"learning:{name}", args=[cohort.program_id, *more])


def page(client, *where):
    return html.unescape(client.get(url(*where)).content.decode())


def answers(key, *, shift=0, version=1):
    """The right answers of a lesson, or others."""
    checks = shipped(key, "en").checks
    given = {f"answer{n}": (check.right + shift) % 3 for n, check in enumerate(checks)}
    return given | {"version": version}


def test_a_mentor_finds_three_lessons_and_where_to_begin(client, cohort, mentor):
    text = page(client, "lesson_list", cohort)

    assert "3 lessons before you begin, 13 minutes" in text
    assert text.count("stepper__step--done") == 0
    assert url("lesson_detail", cohort, FIRST) in text.partition("button--primary")[2][:200]
    assert "Holding meetings" in text


def test_a_mentee_finds_one(client, cohort, mentee):
    text = page(client, "lesson_list", cohort)

    assert "One lesson before you begin, 3 minutes" in text
    assert "What the others read" in text


def test_a_lesson_is_read_and_checked_without_anything_kept(client, cohort, mentor):
    before = page(client, "lesson_detail", cohort, FIRST)
    wrong = client.post(url("lesson_detail", cohort, FIRST), answers(FIRST, shift=1))

    text = html.unescape(wrong.content.decode())
    why = shipped(FIRST, "en").checks[0].why
    assert "<h2>Why they asked you</h2>" in before
    assert why not in before
    assert f"Not quite. {why}" in text
    assert "Check again" in text
    assert not Completion.objects.exists()


def test_right_answers_are_the_end_and_lead_to_the_next_lesson(client, cohort, mentor):
    right = client.post(url("lesson_detail", cohort, FIRST), answers(FIRST)).content.decode()
    client.post(url("lesson_detail", cohort, FIRST), answers(FIRST))

    assert "The lesson is done." in right
    assert url("lesson_detail", cohort, "mentor-leading") in right.partition("button--primary")[2]
    assert Completion.objects.get().person == mentor
    assert "1 of 3 lessons done" in page(client, "lesson_list", cohort)


def test_a_question_without_an_answer_is_named(client, cohort, mentor):
    given = answers(FIRST)
    del given["answer1"]

    text = client.post(url("lesson_detail", cohort, FIRST), given).content.decode()

    assert text.count("Choose one of the three.") == 1
    assert text.count("Right. ") == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answers(FIRST, shift=1), "Not quite."),
        ({"version": 1}, "Choose one of the three."),
        (answers(FIRST, version=2), "has changed meanwhile"),
        ({**answers(FIRST), "answer0": "x"}, "Check again"),
    ],
)
def test_without_right_answers_it_is_not_done(client, cohort, mentor, given, said):
    answer = client.post(url("lesson_detail", cohort, FIRST), given, follow=True)

    assert said in html.unescape(answer.content.decode())
    assert not Completion.objects.exists()


def test_a_lesson_that_is_asked_again_is_open_again(client, cohort, mentee):
    make_done(cohort.enrollments.get())
    before = page(client, "lesson_list", cohort)
    Revision.objects.create(program=cohort.program, key=KEY)

    assert "You have done all your lessons" in before
    assert "One lesson before you begin" in page(client, "lesson_list", cohort)


def test_the_program_s_own_words_are_read(client, cohort, mentee):
    words = {"title": "Listen", "text": "Listen **well**."}
    OwnText.objects.create(program=cohort.program, key="confidentiality", language="en", **words)

    assert "Listen <strong>well</strong>." in page(
        client, "guideline_detail", cohort, "confidentiality"
    )


def test_what_is_not_published_is_not_found(client, cohort, mentor):
    Publication.objects.filter(kind="lessons").delete()

    listed = page(client, "lesson_list", cohort)

    assert "Holding meetings" in listed
    assert shipped(FIRST, "en").title not in listed
    for name, more in (("lesson_detail", [FIRST]), ("certificate", [])):
        assert client.get(url(name, cohort, *more)).status_code == 404
    assert client.post(url("lesson_detail", cohort, FIRST), answers(FIRST)).status_code == 404


@pytest.mark.parametrize("key", ["nothing", "confidentiality"])
def test_no_lesson_is_found_by_another_key(client, cohort, mentor, key):
    assert client.get(url("lesson_detail", cohort, key)).status_code == 404
    assert client.get(url("guideline_detail", cohort, FIRST)).status_code == 404


def test_only_who_takes_part_or_watches_reads(client, cohort, manager):
    readers = [
        (manager, 200),
        (make_owner(cohort.program).person, 200),
        (make_enrollment(cohort, "mentee").person, 200),
        (make_enrollment(cohort, state="asked").person, 200),
        (make_enrollment(cohort, state="waiting").person, 404),
        (make_enrollment(cohort, state="out").person, 404),
        (make_enrollment(make_cohort()).person, 404),
        (make_manager(), 404),
    ]

    for person, status in readers:
        client.force_login(person)
        assert client.get(url("lesson_list", cohort)).status_code == status
        assert client.get(url("lesson_detail", cohort, FIRST)).status_code == status


def test_whoever_only_watches_has_nothing_done(client, cohort, manager):
    client.force_login(manager)

    right = client.post(url("lesson_detail", cohort, FIRST), answers(FIRST)).content.decode()

    assert "Nothing of it is kept." in right
    assert not Completion.objects.exists()


def text_of(answer):
    return " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Certificate", "13 minutes")), ("de", ("Urkunde", "Minuten"))]
)
def test_the_certificate_says_who_did_what_in_the_reader_s_language(
    client, cohort, mentor, language, words
):
    make_done(cohort.enrollments.get())
    client.cookies["django_language"] = language

    answer = client.get(url("certificate", cohort), headers={"accept-language": language})

    reader = PdfReader(BytesIO(answer.content))
    text = text_of(answer)
    assert (len(reader.pages), answer.headers["Content-Type"]) == (1, "application/pdf")
    assert reader.trailer["/Root"]["/Lang"] == language
    for word in (mentor.name, cohort.program.name, *words):
        assert word.casefold() in text.casefold()
    for key in (FIRST, "mentor-leading", "mentor-logistics"):
        assert shipped(key, language).title in text


@pytest.mark.parametrize("name", ["Maximiliane von Hohenberg " * 3, "Wo " * 99, "W" * 300])
def test_long_names_and_titles_stay_on_one_page(client, cohort, mentor, name):
    Person.objects.update(name=name)
    Program.objects.update(name="Revers" * 20)
    for key in (FIRST, "mentor-leading", "mentor-logistics"):
        own = {"title": "A lesson " * 13, "text": "So.", "language": "en"}
        OwnText.objects.create(program=cohort.program, key=key, **own)
    make_done(cohort.enrollments.get())

    assert len(PdfReader(BytesIO(client.get(url("certificate", cohort)).content)).pages) == 1


def test_the_certificate_is_of_oneself_once_all_is_done_and_recorded(client, cohort, mentor):
    make_done(make_enrollment(cohort))
    before = client.get(url("certificate", cohort)).status_code
    make_done(cohort.enrollments.get(person=mentor))

    client.get(url("certificate", cohort))

    assert before == 404
    assert AuditEntry.objects.get(event="audit.file.downloaded").by == str(mentor.pk)


def linked(cohort, key="assistant-protecting-the-meeting"):
    return "/" + lesson_link(cohort.program, key).partition("//")[2].partition("/")[2]


def test_an_assistant_reads_and_checks_by_link_without_a_sign_in(client, cohort):
    text = client.get(linked(cohort)).content.decode()
    right = client.post(linked(cohort), answers("assistant-protecting-the-meeting"))

    assert "Book all six at once" in text
    assert "That is all. Thank you for taking the time." in right.content.decode()
    assert not Completion.objects.exists()


@pytest.mark.parametrize("key", [FIRST, "nothing", "confidentiality"])
def test_a_link_opens_the_lessons_of_those_who_cannot_sign_in_alone(client, cohort, key):
    assert client.get(linked(cohort, key)).status_code == 404


def test_a_link_that_nobody_made_or_that_is_not_published_opens_nothing(client, cohort):
    made = linked(cohort)

    assert client.get(made[:-3] + "xx/").status_code == 404
    Publication.objects.all().delete()
    assert client.get(made).status_code == 404


def test_home_offers_the_next_lesson_and_later_looks_back(client, cohort, mentor):
    home = client.get(reverse("desk:home")).context["home"]
    make_done(cohort.enrollments.get())
    later = client.get(reverse("desk:home")).context["home"]

    assert (home.main_step.label, home.main_step.href) == (
        "Do your first lesson",
        url("lesson_list", cohort),
    )
    assert home.learning[0].words == "0 of 3 lessons done; 13 minutes left."
    assert (later.main_step, later.learning[0].words) == (None, "You have done all your lessons.")


def test_home_says_nothing_of_lessons_that_are_not_published(client, cohort, mentor):
    Publication.objects.all().delete()

    assert client.get(reverse("desk:home")).context["home"].learning == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_few_and_many(client, cohort, count, django_assert_num_queries):
    person = make_person()
    for number in range(count):
        one = cohort if not number else make_cohort(program=cohort.program)
        make_enrollment(one, person=person)
    make_done(cohort.enrollments.get(), *["mentor-leading", FIRST, "mentor-logistics"][:count])
    client.force_login(person)

    with django_assert_num_queries(13):
        client.get(url("lesson_list", cohort))
