"""What everybody is told when a run is published, by how far they have come in signing in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Pair
from upwell.pairs.services import publish_run
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


def published(mentor=None, mentee=None):
    """Publish a run of one pair, whose people have these fields, and return both messages."""
    cohort = make_sides(1, 1)
    for role, fields in (("mentor", mentor or {}), ("mentee", mentee or {})):
        known = {"name": f"The {role}", "contact_email": f"{role}@example.com"} | fields
        Person.objects.filter(enrollments__role=role).update(**known)
    run = computed(cohort)
    run.proposals.update(
        reasons=[
            {"code": "topics", "params": {"names": ["Generative AI"], "more": 0}},
            {"code": "perspective", "params": {"step": 1}},
        ]
    )
    publish_run(run, reason="Everybody was asked in person.", by=manager_of(cohort))
    by_role = {one.person.enrollments.get().role: one for one in OutboxMessage.objects.all()}
    return by_role["mentor"], by_role["mentee"]


def bodies(message):
    return message.text, message.html


def link():
    return reverse("desk:pair_detail", args=[Pair.objects.get().pk])


def test_the_message_says_with_whom_and_why_and_nothing_private():
    to_mentor, to_mentee = published()

    assert to_mentor.subject == "You and The mentee are a pair"
    assert "Offered and wanted: “Generative AI”." in to_mentor.text
    assert "You are the mentor" in to_mentor.text
    assert "You are the mentee" in to_mentee.text
    assert not [text for text in bodies(to_mentor) if "erspective" in text]
    pair = Pair.objects.get()
    assert to_mentor.once_key == f"pair-published:{pair.run_id}:{pair.pk}:{to_mentor.person_id}"
    assert [reason["code"] for reason in pair.reasons] == ["topics"]


def test_whoever_has_signed_in_before_gets_the_link_alone():
    message, _other = published(
        {"sign_in_email": "jonas@example.com", "last_login": timezone.now()}
    )

    for text in bodies(message):
        assert link() in text
        assert "You have not signed in before" not in text
        assert "mentee@example.com" not in text


def test_whoever_never_signed_in_is_told_how():
    message, _other = published({"sign_in_email": "jonas@example.com"})

    for text in bodies(message):
        assert f"http://localhost:8000{link()}" in text
        assert "You have not signed in before" in text
        assert "give the address jonas@example.com: a code" in text


@pytest.mark.parametrize(
    ("counterpart", "words"),
    [
        ({}, "You reach The mentee at mentee@example.com."),
        (
            {"contact_email": "", "sign_in_email": "m@example.com"},
            "Your program manager knows how you reach The mentee.",
        ),
    ],
)
def test_whoever_cannot_sign_in_gets_no_dead_link_and_what_they_need(counterpart, words):
    message, _other = published(mentee=counterpart)

    for text in bodies(message):
        assert link() not in text
        assert "Your directory administrator opens it for you" in text
        assert words in text


def test_names_are_only_text():
    message, _other = published(mentee={"name": "<b>Bo</b> & {{ name }}"})

    assert message.subject == "You and <b>Bo</b> & {{ name }} are a pair"
    assert "you and &lt;b&gt;Bo&lt;/b&gt; &amp; {{ name }} are a pair" in message.html
