"""The lessons of those who take no part, in the messages that tell them of it."""

import pytest

from tests.factories import make_enrollment, make_lines, make_person
from upwell.delivery.models import OutboxMessage
from upwell.learning.links import lesson_link
from upwell.learning.models import Publication
from upwell.programs import services

pytestmark = pytest.mark.django_db
ASSISTANT, MANAGER = "assistant-protecting-the-meeting", "line-manager-giving-the-hour"


def tell_both(cohort):
    """An assistant and a line manager hear of it; the texts of what they get."""
    mentee = make_enrollment(cohort, "mentee", answered_at=None)
    assistant = make_person(contact_email="assistant@example.com")
    services.save_answers(mentee, {"assistant": assistant}, by=mentee.person)
    mentor, manager = make_person(), make_person(contact_email="manager@example.com")
    make_lines(mentor, manager)
    mentoring = make_enrollment(cohort, person=mentor, answered_at=None)
    services.save_answers(mentoring, {"tells_manager": True}, by=mentor)
    for one in (mentee, mentoring):
        services.take_part(one, language="en")
    sent = {one.person: one for one in OutboxMessage.objects.exclude(person=None)}
    return sent[assistant], sent[manager]


def test_both_get_the_link_to_their_lesson(cohort):
    assistant, manager = tell_both(cohort)

    for message, key in ((assistant, ASSISTANT), (manager, MANAGER)):
        link = lesson_link(cohort.program, key)
        assert link in message.text
        assert f'href="{link}"' in message.html
        assert "How you can help, to read in a few minutes" in message.html


def test_no_link_is_sent_before_the_lessons_are_published(cohort):
    Publication.objects.all().delete()

    for message in tell_both(cohort):
        assert "/lessons/" not in message.text
        assert "How you can help" not in message.html
