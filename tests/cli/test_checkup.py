import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.utils import timezone

from tests.factories import make_person
from upwell.cli import checkup
from upwell.delivery.models import OutboxMessage, Worker

pytestmark = pytest.mark.django_db


class Refusing(Sink):
    """A mail server that takes nothing from our sender."""

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 -- its name
        return "550 not from you"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def mail_server(settings, request):
    handler = getattr(request, "param", Sink)()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.IS_MAIL_SET = True
    yield controller
    controller.stop()


def states(check):
    return [finding.state for finding in check()]


def test_a_mail_server_is_spoken_to(mail_server):
    (finding,) = checkup.check_mail()

    assert (finding.state, "takes our messages" in finding.text) == ("ok", True)


@pytest.mark.parametrize("mail_server", [Refusing], indirect=True)
def test_a_mail_server_that_refuses_our_sender_is_wrong(mail_server):
    (finding,) = checkup.check_mail()

    assert (finding.state, "550 not from you" in finding.text) == ("wrong", True)


def test_a_mail_server_that_is_not_there_is_wrong_and_none_is_worth_a_word(settings):
    settings.DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    absent = states(checkup.check_mail)
    settings.IS_MAIL_SET = False

    assert (absent, states(checkup.check_mail)) == (["wrong"], ["warn"])


def test_a_worker_is_seen_or_missed_and_messages_left_over_are_counted():
    missing = states(checkup.check_worker)
    Worker.objects.create(name="here", seen_at=timezone.now())
    OutboxMessage.objects.create(address="a@example.com", message_id="1", state="failed")
    OutboxMessage.objects.create(
        address="a@example.com",
        message_id="2",
        next_attempt_at=timezone.now() - timedelta(hours=1),
    )

    assert missing == ["wrong"]
    assert states(checkup.check_worker) == ["ok", "warn", "warn"]


@pytest.mark.parametrize(
    ("url", "hosts", "proxies", "state"),
    [
        ("https://a.example", ["a.example"], 1, "ok"),
        ("https://a.example", ["a.example"], 0, "wrong"),
        ("https://a.example", ["b.example"], 1, "wrong"),
        ("http://localhost:8000", ["localhost"], 0, "warn"),
    ],
)
def test_address_hosts_and_proxies_must_fit(settings, url, hosts, proxies, state):
    settings.BASE_URL, settings.ALLOWED_HOSTS, settings.PROXY_COUNT = url, hosts, proxies

    assert states(checkup.check_address) == [state]


def test_a_database_that_is_up_to_date_and_writable_is_well_and_keeps_no_trace():
    found = list(checkup.check_database())

    assert {finding.state for finding in found} == {"ok"}
    assert Worker.objects.count() == 0


def test_a_file_that_others_can_read_is_wrong(tmp_path, monkeypatch):
    path = tmp_path / "upwell.env"
    path.write_text("")
    path.chmod(0o640)
    monkeypatch.setenv("UPWELL_ENV_FILE", str(path))
    open_to_others = states(checkup.check_file)
    path.chmod(0o600)
    monkeypatch.setenv("UPWELL_URI", "a slip of the pen")

    assert (open_to_others, states(checkup.check_file)) == (["wrong"], ["ok", "warn"])


def test_debug_is_wrong_and_no_folder_too(settings, tmp_path):
    settings.DEBUG = True
    settings.DATA_DIR = tmp_path / "missing"

    assert states(checkup.check_secrets) == states(checkup.check_disk) == ["wrong"]


def test_an_installation_without_an_administrator_who_can_sign_in_is_wrong():
    make_person(roles=["directory_administrator"])
    before = states(checkup.check_people)

    make_person(sign_in_email="ann@example.com", roles=["directory_administrator"])

    assert (before, states(checkup.check_people)) == (["wrong"], ["ok"])
