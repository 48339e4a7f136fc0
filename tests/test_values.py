from datetime import time

import pytest

from upwell import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://mentoring.example.com/", "https://mentoring.example.com"),
        ("https://mentoring.example.com:8443", "https://mentoring.example.com:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_of_an_installation(text, expected):
    assert values.base_url(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20:00-07:30", (time(20), time(7, 30))),
        (" 12:00 – 13:00 ", (time(12), time(13))),
        ("none", None),
        ("None", None),
        ("", None),
    ],
)
def test_hours_of_quiet(text, expected):
    assert values.quiet_hours(text) == expected


@pytest.mark.parametrize(
    "text", ["20-7", "20:00", "20:00-24:00", "8:00-9:00", "08:00-08:00", "٢٠:٠٠-٠٧:٣٠", "off"]
)
def test_what_are_no_hours_of_quiet_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        values.quiet_hours(text)


@pytest.mark.parametrize(
    "text",
    [
        "not a url",
        "https://not a url",
        "https://a.example/path",
        "https://a.example:99999",
        "https://a.example:0",
        "https://user@a.example",
        "https://a_b.example",
        "http://a.example",
        "ftp://localhost",
        "https://",
        "https://[::1",
        "",
    ],
)
def test_what_is_no_address_of_an_installation_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- also those of urlsplit
        values.base_url(text)


@pytest.mark.parametrize(
    "text",
    ["not a url", "smtp://a b", "smtp://a:99999", "smtp://a:0", "smtp://a/b", "smtp://a?tls=no"],
)
def test_what_is_no_mail_server_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 -- also those of urlsplit
        values.mail_server(text)


def test_a_mail_server_in_a_network_of_containers_may_have_an_underscore():
    assert values.mail_server("smtp://mail_out:25?tls=none").host == "mail_out"
