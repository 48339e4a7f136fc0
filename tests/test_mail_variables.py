"""The mail server as one variable."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from upwell import variables


@pytest.fixture
def given(monkeypatch):
    """Set UPWELL_MAIL_* to what a test gives."""

    def give(**values):
        monkeypatch.setattr(
            variables, "env", lambda name, default=None: values.get(name.lower(), default)
        )

    return give


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p%40ss@mail.example.com", ("mail.example.com", 587, "u", "p@ss", False, True)),
        ("smtps://u:p@mail.example.com", ("mail.example.com", 465, "u", "p", True, False)),
        ("smtp://localhost:25?tls=none", ("localhost", 25, "", "", False, False)),
    ],
)
def test_mail_url(given, url, expected):
    given(mail_url=url)

    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert variables.env_mail() == dict(
        zip([f"EMAIL_{name}" for name in names], expected, strict=True)
    )


def test_without_a_mail_url_there_is_no_server(given):
    given()

    assert variables.env_mail() == {"EMAIL_HOST": ""}
    assert variables.env_mail_from("") == "Upwell <upwell@localhost>"


@pytest.mark.parametrize(
    "url", ["mail.example.com", "http://x", "smtp://", "smtp://x:port", "smtp://x?tls=maybe"]
)
def test_a_wrong_mail_url_is_refused(given, url):
    given(mail_url=url)

    with pytest.raises(ImproperlyConfigured, match="UPWELL_MAIL_URL must look like"):
        variables.env_mail()


def test_mail_from(given):
    given(mail_from="Mentoring <mentoring@example.com>")

    assert variables.env_mail_from("x") == "Mentoring <mentoring@example.com>"


@pytest.mark.parametrize("sender", ["nobody", "a@", "a@b.com\nBcc: c@d.com"])
def test_a_wrong_sender_is_refused(given, sender):
    given(mail_from=sender)

    with pytest.raises(ImproperlyConfigured, match="UPWELL_MAIL_FROM must look like"):
        variables.env_mail_from("x")
