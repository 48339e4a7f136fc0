from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import upwell
from tests.audit.conftest import chain  # noqa: F401 -- a fixture
from tests.factories import make_manager, make_person
from upwell.delivery.models import Job, OutboxMessage, Worker
from upwell.desk.queries.system import KINDS

pytestmark = pytest.mark.django_db

SYSTEM = reverse("desk:system")


@pytest.fixture
def administrator(client):
    person = make_person(roles=["directory_administrator"])
    client.force_login(person)
    return person


@pytest.fixture
def _running(settings, chain):  # noqa: F811 -- the fixture
    """A worker at work, keys, and a mail server that is set."""
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup.check_worker"]
    settings.EMAIL_HOST = "mail.example.com"
    Worker.objects.create(name="here:1")


def make_job(**fields):
    failed = {"state": "failed", "error": "ZeroDivisionError", "finished_at": timezone.now()}
    return Job.objects.create(**{"service": "some.service", "target": "7"} | failed | fields)


def make_failed_message(number=1, **fields):
    content = {"subject": "secret subject", "text": "secret text", "html": "secret html"}
    names = {"address": f"p{number}@example.com", "template": "t/mail", "message_id": f"<{number}>"}
    return OutboxMessage.objects.create(
        **content | names | {"state": "failed", "error": "550"} | fields
    )


def page(client):
    return client.get(SYSTEM).content.decode()


def test_system_is_hidden_from_everybody_else(client):
    job, message = make_job(), make_failed_message()
    client.force_login(make_manager())

    assert client.get(SYSTEM).status_code == 404
    assert client.post(reverse("desk:job_retry", args=[job.pk])).status_code == 404
    assert client.post(reverse("desk:message_retry", args=[message.pk])).status_code == 404
    assert set(Job.objects.values_list("state", flat=True)) == {"failed"}


@pytest.mark.usefixtures("administrator", "_running")
def test_system_says_that_all_is_well(client):
    html = page(client)

    assert "<h1>Everything runs by itself</h1>" in html
    assert "Mail goes out through mail.example.com." in html
    assert "0 messages are waiting" in html


@pytest.mark.usefixtures("administrator")
def test_system_says_that_no_worker_is_running(client, settings):
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup.check_worker"]
    assert "No worker has been seen." in page(client)

    Worker.objects.create(name="gone:1", seen_at=timezone.now() - timedelta(hours=2))

    html = page(client)
    assert "<h1>No worker is running</h1>" in html
    assert "last seen 2\xa0hours ago" in html


@pytest.mark.usefixtures("administrator", "_running")
def test_system_says_that_the_audit_log_is_not_sealed(
    client,
    chain,  # noqa: F811 -- the fixture
    settings,
):
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup_keys.check_log"]
    chain.write_text('{"count": 3, "mac": "f"}')

    html = page(client)

    assert "<h1>The audit log is not sealed</h1>" in html
    assert "its end is not what the head file says" in html


@pytest.mark.usefixtures("administrator", "_running")
def test_system_says_that_no_mail_server_is_set(client, settings):
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup.check_mail"]
    settings.IS_MAIL_SET = False

    html = page(client)

    assert "<h1>Mail cannot go out</h1>" in html
    assert "<code>Set UPWELL_MAIL_URL and UPWELL_MAIL_FROM.</code>" in html


@pytest.mark.usefixtures("administrator", "_running")
def test_system_says_what_is_wrong_before_what_is_worth_a_word(client, settings, tmp_path):
    settings.IS_MAIL_SET = False
    settings.DATA_DIR = tmp_path / "gone"
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup.check_mail", "upwell.cli.checkup.check_disk"]

    html = page(client)

    assert "<h1>The data folder needs a look</h1>" in html
    assert html.index("There is no folder") < html.index("No mail server is set")


@pytest.mark.usefixtures("administrator")
def test_system_speaks_the_language_of_its_reader(client, settings):
    settings.SYSTEM_CHECKS = ["upwell.cli.checkup.check_worker"]

    german = client.get(SYSTEM, headers={"accept-language": "de"}).content.decode()

    assert "Nachrichten warten" in german
    assert "None is at work" in page(client)


def test_every_kind_of_message_has_its_words():
    root = Path(upwell.__file__).parent
    found = {
        str(path.relative_to(path.parents[2])).removesuffix(".subject.txt")
        for path in root.glob("*/templates/*/mail/*.subject.txt")
    }

    assert {*KINDS} == found | {"account"}


@pytest.mark.usefixtures("administrator", "_running")
def test_system_shows_nothing_of_what_messages_say(client):
    make_failed_message()

    html = page(client)

    assert "<h1>1 message could not be sent</h1>" in html
    assert "The mail server answered 550." in html
    assert "secret" not in html


@pytest.mark.usefixtures("administrator", "_running")
def test_system_says_what_to_do_about_an_invitation_that_failed(client):
    ann = make_person(name="Ann")
    make_failed_message(person=ann, has_secret=True, text="", error="550")

    html = page(client)

    assert "The mail server answered 550. The link or code in it is forgotten" in html
    assert "a new invitation" in html
    assert "Send again" not in html


@pytest.mark.usefixtures("administrator", "_running")
def test_system_says_that_a_message_waits_and_not_until_when(client):
    later = timezone.now() + timedelta(days=9)
    waiting = {"state": "waiting", "error": "quiet", "next_attempt_at": later}
    make_failed_message(person=make_person(name="Ann"), attempts=2, **waiting)

    html = page(client)

    assert "It waits for the reader&#x27;s working day." in html
    assert "Tried again in" not in html
    assert "1\xa0week" not in html


@pytest.mark.usefixtures("administrator", "_running")
@pytest.mark.parametrize("count", [1, 3])
def test_system_makes_the_same_queries_for_any_number_of_rows(
    client, count, django_assert_num_queries
):
    for number in range(count):
        make_job()
        make_failed_message(number, person=make_person())

    with django_assert_num_queries(21):
        html = page(client)

    assert html.count("Try again") == html.count("Send again") == count


@pytest.mark.usefixtures("administrator")
def test_job_retry_puts_the_job_back_in_line(client):
    job = make_job()
    url = reverse("desk:job_retry", args=[job.pk])

    response = client.post(url, follow=True)

    assert "The job is tried again." in response.content.decode()
    job.refresh_from_db()
    assert job.state == "waiting"
    assert "not waiting to be tried again" in client.post(url, follow=True).content.decode()


@pytest.mark.usefixtures("administrator")
def test_message_retry_puts_the_message_back_in_line(client):
    message = make_failed_message()
    url = reverse("desk:message_retry", args=[message.pk])

    response = client.post(url, follow=True)

    assert "The message is sent again." in response.content.decode()
    message.refresh_from_db()
    assert message.state == "waiting"
    assert "cannot be sent again" in client.post(url, follow=True).content.decode()


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("name", ["desk:job_retry", "desk:message_retry"])
def test_retries_take_posts_of_what_exists(client, name):
    url = reverse(name, args=[make_person().pk])

    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405
