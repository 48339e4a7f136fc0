"""What people are told: the words that ship, the program's own, and reading them beforehand."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.databases import at_once
from tests.factories import make_cohort, make_enrollment, make_manager, make_person, make_program
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.programs import services
from upwell.programs.message_texts import (
    MESSAGES,
    Words,
    fill,
    paragraphs_of,
    shipped_words,
    unknown_in,
)
from upwell.programs.models import MessageText, Program, Sponsor
from upwell.programs.queries.message_texts import wording_of

pytestmark = pytest.mark.django_db
Kind = MessageText.Kind


def url(name, program, kind=Kind.INVITATION, query=""):
    return reverse(f"programs:{name}", args=[program.pk, kind.value]) + query


def save(program, by, kind=Kind.INVITATION, **given):
    words = {"language": "en", "subject": "Join us", "body": "Hello {name}."} | given
    services.save_message(program, kind, by=by, **words)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_words_that_ship_have_the_placeholders_of_their_message_alone(kind, language):
    words = shipped_words(kind, language)

    assert unknown_in(words.subject + words.body, MESSAGES[kind].placeholders) == []
    assert paragraphs_of(words.body) == words.paragraphs
    assert "{sponsor}" not in words.subject


def test_values_are_put_in_once_and_braces_of_others_stay():
    words = Words("{name}", ("{name} and } or {", "{name}: {cohort}"))

    told = fill(words, {"name": "{cohort}", "cohort": "Spring"})

    assert (told.subject, told.paragraphs[1]) == ("{cohort}", "{cohort}: Spring")


def test_a_value_is_no_part_of_a_link_and_never_becomes_one():
    words = Words("Hi", ("See https://x.example/{name} or www.y.example. {name}",))

    (html,) = fill(words, {"name": "www.z.example<b>"}).html

    assert html.count("<a href=") == 2
    assert html.count("www.z.example&lt;b&gt;") == 2
    assert 'href="https://x.example/"' in html


def test_a_paragraph_is_left_out_where_its_reader_has_nothing_to_put_in():
    words = Words("Hello", ("Hello {name}.", "{sponsor} backs it.", "Bye."))

    assert fill(words, {"name": "Ann", "sponsor": ""}).paragraphs == ("Hello Ann.", "Bye.")


def test_own_words_count_in_their_language_alone(manager):
    program = make_program(manager)

    save(
        program,
        manager,
        language="de",
        subject=" Mach   mit ",
        body="Hallo {name}.\r\n\r\n\r\nGut.",
    )

    wording = wording_of(program, Kind.INVITATION)
    assert wording.words_in("de") == Words("Mach mit", ("Hallo {name}.", "Gut."))
    assert wording.words_in("en") == shipped_words(Kind.INVITATION, "en")
    assert [one.event for one in AuditEntry.objects.all()] == ["programs.message.changed"]


def test_what_ships_is_not_kept_twice(manager):
    program = make_program(manager)
    save(program, manager)
    shipped = shipped_words(Kind.INVITATION, "en")

    save(program, manager, subject=shipped.subject, body=shipped.body)

    assert not MessageText.objects.exists()


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"body": "Dear {neme}"}, "body", "{neme} is no placeholder here"),
        ({"body": "{% load x %} {{ name.password }}"}, "body", "is no placeholder here"),
        ({"subject": "{counterpart}"}, "subject", "{counterpart} is no placeholder here"),
        ({"subject": "{sponsor} writes"}, "subject", "Not everybody has a sponsor"),
        ({"body": " \n\n "}, "body", "Please write something"),
        ({"body": "For {sponsor}.\n\n{sponsor}"}, "body", "that everybody reads"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_by_name_and_nothing_kept(given, field, said, manager):
    program = make_program(manager)

    with pytest.raises(ValidationError) as refusal:
        save(program, manager, **given)

    assert said in refusal.value.message_dict[field][0]
    assert not MessageText.objects.exists()


def test_what_somebody_changed_meanwhile_is_not_written_over(client, manager):
    program = make_program(manager)
    since = client.get(url("message_edit", program)).context["form"]["since"].value()
    save(program, manager, subject="Theirs")

    answer = client.post(
        url("message_edit", program), {"subject": "Mine", "body": "Mine.", "since": since}
    )

    html = answer.content.decode()
    assert "Somebody changed this message meanwhile." in html
    assert "Mine." in html
    assert MessageText.objects.get().subject == "Theirs"


def test_two_who_save_at_once_leave_one_text(own_database):
    manager = make_manager()
    program = make_program(manager)

    at_once(*(partial(save, program, manager, subject=f"Number {one}") for one in range(4)))

    assert MessageText.objects.filter(program=program).count() == 1


def test_the_page_shows_a_message_as_somebody_reads_it(client, manager):
    cohort = make_cohort(manager, name="Spring")
    make_enrollment(cohort, person=make_person(name="Ann"))
    ben = make_enrollment(cohort, person=make_person(name="Ben", own_language="de"))

    first = client.get(url("message_detail", cohort.program)).content.decode()
    other = client.get(url("message_detail", cohort.program, query=f"?reader={ben.pk}"))
    found = client.get(url("message_detail", cohort.program, query="?q=ben"))

    assert "as Ann reads it" in first
    assert f"invites you to take part in {cohort.program}, in Spring." in first
    assert other.context["preview"].language == "de"
    assert list(found.context["found"]) == [ben]
    assert not OutboxMessage.objects.exists()


def test_a_reader_with_a_sponsor_sees_the_name(client, manager):
    cohort = make_cohort(manager)
    make_enrollment(cohort, person=make_person(name="Ann"))
    boss = make_person(name="Vera Vale", title="Chief Customer Officer")
    Sponsor.objects.create(program=cohort.program, person=boss, state=Sponsor.State.COMMITTED)

    page = client.get(url("message_detail", cohort.program)).content.decode()

    assert "Vera Vale, Chief Customer Officer stands behind it" in page


@pytest.mark.parametrize("kind", Kind)
def test_every_message_can_be_read_before_anybody_takes_part(kind, client, manager):
    program = make_program(manager)

    answer = client.get(url("message_detail", program, kind))

    assert MESSAGES[kind].shipped.subject.split("{")[0] in answer.context["preview"].subject
    assert "{" not in answer.context["preview"].text


def test_words_are_changed_and_set_back_on_their_pages(client, manager):
    program = make_program(manager)
    form = client.get(url("message_edit", program)).context["form"]
    given = {"subject": "Join us", "body": "Hi {name}.", "since": form["since"].value()}

    saved = client.post(url("message_edit", program), given, follow=True).content.decode()
    listed = client.get(reverse("programs:message_list", args=[program.pk])).content.decode()
    reset = client.post(url("message_reset", program), {"language": "en"}, follow=True)

    assert ("Join us" in saved, "These are your own words." in saved) == (True, True)
    assert "yours (English)" in listed
    assert "The message is back to the words that ship." in reset.content.decode()
    assert not MessageText.objects.exists()
    events = [one.event for one in AuditEntry.objects.order_by("at")]
    assert events == ["programs.message.changed", "programs.message.reset"]


@pytest.mark.parametrize("query", ["?reader=nobody", "?language=xx"])
def test_an_address_that_makes_no_sense_is_not_found(query, client, manager):
    assert client.get(url("message_detail", make_program(manager), query=query)).status_code == 404


def test_messages_of_others_and_readers_of_others_are_not_found(client, manager):
    mine, theirs = make_cohort(manager), make_enrollment()
    query = f"?reader={theirs.pk}"

    answers = [
        client.get(url("message_detail", theirs.cohort.program)),
        client.get(url("message_detail", mine.program, query=query)),
        client.post(url("message_edit", theirs.cohort.program), {"subject": "a", "body": "b"}),
        client.post(url("message_reset", theirs.cohort.program), {"language": "en"}),
        client.get(reverse("programs:message_detail", args=[mine.program_id, "nothing"])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_reader_search_makes_the_same_queries_for_any_number(
    count, client, manager, django_assert_num_queries
):
    cohort = make_cohort(manager)
    for number in range(count):
        make_enrollment(cohort, person=make_person(name=f"Ann {number}"))

    with django_assert_num_queries(10):
        answer = client.get(url("message_detail", cohort.program, query="?q=ann"))

    assert len(answer.context["found"]) == count


def test_a_program_takes_its_words_along_when_it_goes(manager):
    program = make_program(manager)
    save(program, manager)

    Program.objects.get(pk=program.pk).delete()

    assert not MessageText.objects.exists()
