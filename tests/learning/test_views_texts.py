"""What a program's people are to read: the pages of its managers."""

import html

import pytest
from django.urls import reverse

from tests.desk.launching import make_done, make_learner, make_owner, make_published
from tests.factories import make_enrollment, make_manager, make_program
from upwell.learning.models import OwnText, Publication, Revision
from upwell.learning.queries import shipped

pytestmark = pytest.mark.django_db
KEY = "mentor-leading"


def url(name, program, *more, query=""):
    return reverse(f"learning:{name}", args=[program.pk, *more]) + query


def page(client, *where, **more):
    return html.unescape(client.get(url(*where, **more)).content.decode())


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def program(manager):
    return make_program(manager, name="Fresh eyes")


def test_the_list_shows_every_text_with_minutes_and_readers(signed_in, program):
    text = page(signed_in, "text_list", program)

    for words in ("Holding meetings", "Protecting the meeting", "line managers of mentors"):
        assert words in text
    assert text.count("as they ship") == 9
    assert text.count("button--primary") == 1


def test_guidelines_and_then_lessons_are_published_and_taken_back(signed_in, program):
    signed_in.post(url("text_publish", program), {"kind": "guidelines"})
    text = page(signed_in, "text_list", program)
    signed_in.post(url("text_publish", program), {"kind": "lessons"})
    both = {one.kind for one in Publication.objects.all()}
    answer = signed_in.post(url("text_retract", program), {"kind": "guidelines"}, follow=True)

    assert text.count("Publish the lessons") == 1
    assert "Take the guidelines back" in text
    assert both == {"guidelines", "lessons"}
    assert Publication.objects.get().kind == "lessons"
    assert "What people have done stays done." in answer.content.decode()


@pytest.mark.parametrize("kind", ["", "pictures"])
def test_something_else_is_not_published(signed_in, program, kind):
    signed_in.post(url("text_publish", program), {"kind": kind})

    assert not Publication.objects.exists()


def test_published_twice_says_so(signed_in, program):
    make_published(program)

    answer = signed_in.post(url("text_publish", program), {"kind": "lessons"}, follow=True)

    assert "Somebody has published this already." in answer.content.decode()


def test_the_list_counts_who_has_done_what_and_names_nobody(signed_in, cohort):
    done = make_learner(cohort, "mentee", name="Ada Fern")
    make_done(done)
    make_learner(cohort, "mentee")
    make_enrollment(cohort, "mentee")

    text = page(signed_in, "text_list", cohort.program)

    assert "1 of 2 who take part in Spring have done all their lessons." in text
    assert "1 of 2</td>" in text
    assert "1 more cannot sign in, and is not counted." in text
    assert "Ada Fern" not in text


def test_a_text_is_read_with_its_check_in_either_language(signed_in, program):
    text = page(signed_in, "text_detail", program, KEY)
    other = page(signed_in, "text_detail", program, KEY, query="?language=de")

    lesson = shipped(KEY, "en")
    assert lesson.checks[0].why in text
    assert f'lang="{shipped(KEY, "de").language}">{shipped(KEY, "de").title}' in other


def test_no_text_is_found_by_a_key_of_nothing(signed_in, program):
    for name in ("text_detail", "text_edit"):
        assert signed_in.get(url(name, program, "nothing")).status_code == 404
    assert signed_in.post(url("text_reset", program, "nothing")).status_code == 404


def fields_of(client, program, key=KEY):
    """What the form sends as it is shown."""
    form = client.get(url("text_edit", program, key)).context["form"]
    sent = {name: form[name].value() for name in ("title", "text", "since")}
    for check in form.checks:
        sent |= {check[name].html_name: check[name].value() for name in check.fields}
    return {name: "" if value is None else value for name, value in sent.items()}


def test_a_text_is_changed_in_its_form(signed_in, program):
    sent = fields_of(signed_in, program) | {"title": "Leading upward", "again": "on"}

    answer = signed_in.post(url("text_edit", program, KEY), sent, follow=True)

    own = OwnText.objects.get()
    assert (own.title, own.language, len(own.checks)) == ("Leading upward", "en", 4)
    assert Revision.objects.get().raised == 1
    assert "Go back to the words that ship" in answer.content.decode()


def test_a_form_sent_as_it_is_shown_changes_nothing(signed_in, program):
    signed_in.post(url("text_edit", program, KEY), fields_of(signed_in, program))

    assert not OwnText.objects.exists()


def test_a_question_is_left_out_by_emptying_it(signed_in, program):
    sent = fields_of(signed_in, program)
    sent = {name: "" if name.startswith("check4") else value for name, value in sent.items()}

    signed_in.post(url("text_edit", program, KEY), sent)

    assert len(OwnText.objects.get().checks) == 3


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"check3-why": ""}, "Please fill this in, or empty the whole question."),
        ({"check3-right": ""}, "Say which one is right."),
        ({"check2-why": ""}, "Please fill this in."),
        ({"check2-right": ""}, "Please choose one."),
        ({"text": "# Big\n\nText"}, "begin those in the text with ##"),
        ({"since": "other"}, "Somebody changed this text meanwhile"),
        ({"title": ""}, "Please fill this in."),
    ],
)
def test_what_cannot_stand_so_is_said_in_the_form(signed_in, program, given, said):
    sent = fields_of(signed_in, program) | {"title": "Other"} | given

    answer = signed_in.post(url("text_edit", program, KEY), sent)

    assert said in html.unescape(answer.content.decode())
    assert not OwnText.objects.exists()


def test_a_guideline_has_a_form_without_questions(signed_in, program):
    sent = fields_of(signed_in, program, "confidentiality") | {"text": "Say nothing."}

    signed_in.post(url("text_edit", program, "confidentiality"), sent)

    assert OwnText.objects.get().text == "Say nothing."


def test_a_text_goes_back_to_what_ships(signed_in, program):
    OwnText.objects.create(
        program=program, key="confidentiality", language="de", title="A", text="B"
    )

    answer = signed_in.post(url("text_reset", program, "confidentiality"), {"language": "de"})

    assert not OwnText.objects.exists()
    assert answer.headers["Location"].endswith("?language=de")


def test_markup_of_a_manager_is_shown_as_it_was_typed(signed_in, program):
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://x.example/y.png)"
    OwnText.objects.create(
        program=program, key="confidentiality", language="en", title="A", text=text
    )

    shown = signed_in.get(url("text_detail", program, "confidentiality")).content.decode()

    assert "&lt;script&gt;alert(1)" in shown
    assert 'href="javascript' not in shown
    assert "<img" not in shown.partition('class="prose"')[2].partition("</article>")[0]


def test_the_executive_owner_reads_and_changes_nothing(client, program):
    make_published(program)
    client.force_login(make_owner(program).person)

    listed, read = page(client, "text_list", program), page(client, "text_detail", program, KEY)

    assert "Take the lessons back" not in listed
    assert "Change the words" not in read
    assert client.get(url("text_edit", program, KEY)).status_code == 404
    assert client.post(url("text_retract", program), {"kind": "lessons"}).status_code == 404


def test_a_program_of_somebody_else_is_not_found(client, program):
    make_published(program)
    client.force_login(make_manager())

    for name, more in (("text_list", ()), ("text_detail", (KEY,)), ("text_edit", (KEY,))):
        assert client.get(url(name, program, *more)).status_code == 404


def test_the_link_for_assistants_stands_on_their_lesson_once_it_is_published(signed_in, program):
    before = page(signed_in, "text_detail", program, "assistant-protecting-the-meeting")
    make_published(program)
    after = page(signed_in, "text_detail", program, "assistant-protecting-the-meeting")

    assert "A link for them" not in before
    assert "/lessons/" in after.partition("A link for them")[2]
    assert "A link for them" not in page(signed_in, "text_detail", program, KEY)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_few_and_many(
    signed_in, cohort, count, django_assert_num_queries
):
    for number in range(count):
        make_done(make_enrollment(cohort))
        fields = {"title": "A", "text": "B", "language": ("en", "de", "fr")[number]}
        OwnText.objects.create(program=cohort.program, key="confidentiality", **fields)

    with django_assert_num_queries(14):
        signed_in.get(url("text_list", cohort.program))
