"""Messages in the outbox, written with what they tell about."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from tests.factories import make_person
from upwell.delivery import jobs, services
from upwell.delivery.models import Category, Job, OutboxMessage

pytestmark = pytest.mark.django_db

TEMPLATES = {
    "t/mail.subject.txt": "Hello {{ name }}\r\nBcc: everybody@example.com",
    "t/mail.txt": "Dear {{ person.name }}, {{ name }} & more.\n",
    "t/mail.html": "<p>Dear {{ person.name }}, {{ name }}.</p>",
    "t/signed.subject.txt": "",
    "t/signed.txt": "{{ person.name }} {{ name }} {{ organization }} {{ site }}",
    "t/signed.html": "",
}


@pytest.fixture(autouse=True)
def templates(settings):
    """Three templates of an e-mail, in memory."""
    loaders = [("django.template.loaders.locmem.Loader", TEMPLATES)]
    options = settings.TEMPLATES[0]["OPTIONS"] | {"loaders": loaders}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]


def test_post_writes_one_message_and_one_job():
    ana = make_person(name="Ana", contact_email="ana@example.com")

    message = services.post("t/mail", to=ana, context={"name": "<b>Ben</b>"})

    assert OutboxMessage.objects.get() == message
    assert (message.person, message.address, message.is_bound) == (ana, "ana@example.com", False)
    assert message.text == "Dear Ana, <b>Ben</b> & more.\n"
    assert message.html == "<p>Dear Ana, &lt;b&gt;Ben&lt;/b&gt;.</p>"
    assert Job.objects.get().queue_row == OrmQ.objects.get().pk


def test_post_keeps_the_subject_in_one_line():
    message = services.post("t/mail", address="a@example.com", context={"name": "x\n\x00\u2028y"})

    assert message.subject == "Hello x y Bcc: everybody@example.com"


def test_post_cuts_a_subject_that_is_too_long():
    message = services.post("t/mail", address="a@example.com", context={"name": "x" * 400})

    assert len(message.subject) == 300


def test_post_once():
    first = services.post("t/mail", address="a@example.com", once="run 1")
    second = services.post("t/mail", address="a@example.com", once="run 1")

    assert second is None
    assert OutboxMessage.objects.get() == first


def test_post_to_somebody_without_an_address():
    assert services.post("t/mail", to=make_person()) is None
    assert not OutboxMessage.objects.exists() and not Job.objects.exists()


def test_post_of_one_transaction_asks_for_one_job():
    for name in ("a", "b", "c"):
        services.post("t/mail", address=f"{name}@example.com")

    assert OutboxMessage.objects.count() == 3
    assert Job.objects.count() == 1


def test_post_rolls_back_with_the_business_transaction():
    with transaction.atomic():
        services.post("t/mail", address="a@example.com")
        transaction.set_rollback(True)

    assert not OutboxMessage.objects.exists()
    assert not Job.objects.exists() and not OrmQ.objects.exists()


def test_post_is_sent_by_the_job(run_jobs, mailoutbox):
    services.post("t/mail", address="a@example.com", context={"name": "Ben"})

    run_jobs()

    message = OutboxMessage.objects.get()
    assert [email.to for email in mailoutbox] == [["a@example.com"]]
    assert (message.state, message.subject, message.text, message.html) == ("sent", "", "", "")


def test_post_knows_the_organization_and_its_installation(settings):
    settings.ORGANIZATION, settings.BASE_URL = "Example Group", "https://mentoring.example.com"
    context = {"name": "Ben", "person": {"name": "Ana"}}

    message = services.post("t/signed", address="a@example.com", context=context)

    assert message.text == "Ana Ben Example Group https://mentoring.example.com\n"


def test_post_keeps_until_when_it_is_of_use():
    until = timezone.now()

    services.post("t/mail", address="a@example.com", has_secret=True, useful_until=until)

    message = OutboxMessage.objects.get()
    assert (message.has_secret, message.useful_until) == (True, until)


def test_post_is_essential_unless_it_is_said_to_be_less():
    essential = services.post("t/mail", address="a@example.com")
    news = services.post("t/mail", address="a@example.com", category=Category.NEWS)

    assert OutboxMessage.objects.get(pk=essential.pk).category == Category.ESSENTIAL
    assert OutboxMessage.objects.get(pk=news.pk).category == Category.NEWS


def test_post_many_stores_what_was_composed_before():
    first, second = (
        services.compose("t/mail", address="a@example.com", once=key) for key in ("1", "2")
    )
    services.post("t/mail", address="a@example.com", once="2")

    services.post_many([first, second])

    assert set(OutboxMessage.objects.values_list("once_key", flat=True)) == {"1", "2"}
    assert OutboxMessage.objects.get(once_key="1") == first
    assert Job.objects.count() == 1


def test_compose_stores_nothing_and_wants_an_address():
    assert services.compose("t/mail", to=make_person()) is None
    assert services.compose("t/mail", address="a@example.com")
    assert not OutboxMessage.objects.exists()


def test_send_again_puts_a_failed_message_back_in_line():
    message = services.post("t/mail", address="a@example.com")
    OutboxMessage.objects.update(state="failed", error="550", attempts=4)
    Job.objects.all().delete()

    services.send_again(message)

    message.refresh_from_db()
    assert (message.state, message.error, message.attempts) == ("waiting", "", 0)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("fields", [{"state": "sent"}, {"state": "failed", "text": ""}])
def test_send_again_refuses_what_was_sent_or_is_blank(fields):
    message = services.post("t/mail", address="a@example.com")
    OutboxMessage.objects.update(**fields)

    with pytest.raises(ValidationError, match="cannot be sent again"):
        services.send_again(message)

    assert OutboxMessage.objects.filter(**fields).exists()


def test_retry_job_puts_a_failed_job_back_in_line(run_jobs):
    job = jobs.enqueue("upwell.delivery.deliver.deliver", "")
    Job.objects.update(state="failed", error="WorkerDied", attempts=5)
    OrmQ.objects.all().delete()

    services.retry_job(job)

    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == ("waiting", "", 0)
    assert job.queue_row == OrmQ.objects.get().pk
    run_jobs()


def test_retry_job_refuses_a_job_that_did_not_fail():
    job = jobs.enqueue("upwell.delivery.deliver.deliver", "")

    with pytest.raises(ValidationError, match="not waiting to be tried again"):
        services.retry_job(job)

    assert Job.objects.get().state == "waiting"
    assert OrmQ.objects.get().pk == job.queue_row
