"""A whole installation for the browser: a server with its worker, and a real mail server."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.e2e.steps import accept_invitation, give_second_factor

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # the browser is driven from the thread of the tests
)

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]


class Inbox:
    """Every message that the mail server took, oldest first."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- the name is aiosmtpd's
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((envelope.rcpt_tos[0], message))
        return "250 OK"

    def newest(self, address, containing="", *, within=30):
        """The text of the last message to an address, waited for."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for recipient, message in reversed(self.messages):
                text = message.get_body(("plain",)).get_content()
                if recipient == address and containing in text:
                    return text
            time.sleep(0.1)
        arrived = [(recipient, message["Subject"]) for recipient, message in self.messages]
        raise AssertionError(f"no message to {address} with {containing!r} among {arrived}")


@dataclass
class Installation:
    """A running Upwell."""

    url: str
    inbox: Inbox
    first_link: str
    folder: Path


@pytest.fixture(scope="session")
def base_url():
    """Each installation has its own address."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("The browser tests need Chromium: apt install chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture
def manager(installation, new_context):
    """A page of the first person, who is program manager and directory administrator."""
    page = new_context().new_page()
    page.set_default_timeout(60_000)
    accept_invitation(page, installation.first_link)
    give_second_factor(page)
    return page


@pytest.fixture
def variables():
    """What an installation is told besides; a test that needs another has its own."""
    return {"UPWELL_STOP_MINUTES": "0"}


@pytest.fixture
def installation(tmp_path, variables):
    """Upwell as its users run it, set up by `upwell init`, on ports that are free."""
    inbox = Inbox()
    mail = Controller(inbox, hostname="127.0.0.1", port=free_port())
    mail.start()
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = clean_environment(tmp_path) | variables
    said = upwell(
        environment,
        tmp_path,
        *("init", "--yes", "--name", "Meridian", "--url", url),
        *("--mail", f"smtp://127.0.0.1:{mail.port}?tls=none", "--from", "upwell@meridian.example"),
        *("--admin-email", "robin@meridian.example", "--admin-name", "Robin Vale"),
    )
    keep_copy_of_keys(environment, tmp_path)
    link = re.search(rf"{re.escape(url)}/\S+", said)
    assert link, said
    command = [sys.executable, "-m", "upwell", "serve", "--port", str(port)]
    log = (tmp_path / "server.log").open("wb")
    server = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        wait_until_it_answers(url, server, tmp_path / "server.log")
        yield Installation(url, inbox, link.group(), tmp_path)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        mail.stop()
        log.close()


def keep_copy_of_keys(environment, folder):
    """What an operator does before anything confidential is accepted."""
    safe = folder / "safe"
    safe.mkdir()
    copy = shutil.copy(folder / "master.keys", safe)
    upwell(environment, folder, "keys", "confirm", "--copy", str(copy))


def clean_environment(folder):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPWELL_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    mail_at_once = {"UPWELL_QUIET_HOURS": "none"}  # whatever hour a test runs at
    return {**kept, **mail_at_once, "PYTHONPATH": f"{ROOT / 'src'}", "HOME": str(folder)}


def upwell(environment, folder, *words):
    """Run a command and return what it printed."""
    command = [sys.executable, "-m", "upwell", *words]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(url, server, log):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"no answer at {url}:\n{log.read_text()[-4000:]}")
