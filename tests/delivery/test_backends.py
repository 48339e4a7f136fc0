"""Mail that Django and allauth send by themselves."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from upwell.delivery.models import Job, OutboxMessage

pytestmark = pytest.mark.django_db


def test_what_django_sends_goes_into_the_outbox_once_for_each_recipient():
    email = EmailMultiAlternatives("Your\tcode", "It is 123456", to=["a@example.com"])
    email.cc = ["b@example.com"]
    email.attach_alternative("<p>123456</p>", "text/html")

    sent = get_connection("upwell.delivery.backends.OutboxBackend").send_messages([email])

    assert sent == 1
    kept = OutboxMessage.objects.order_by("address").values_list(
        "address", "subject", "text", "html"
    )
    expected = ("Your code", "It is 123456", "<p>123456</p>")
    assert list(kept) == [("a@example.com", *expected), ("b@example.com", *expected)]
    assert Job.objects.count() == 1
