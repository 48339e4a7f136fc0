"""Where `upwell serve` listens."""

import pytest

from upwell.cli.doctor import as_typed
from upwell.cli.serve import local_port


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("http://localhost:8317", 8317),
        ("http://127.0.0.1:8317", 8317),
        ("http://[::1]:8317", 8317),
        ("http://localhost", 8000),
        ("https://localhost:8443", 8000),
        ("http://mentoring.example.com:8080", 8000),
    ],
)
def test_a_local_address_is_listened_to_and_any_other_is_the_web_servers(url, port):
    assert local_port(url) == port


def test_what_to_do_is_said_as_one_types_it(monkeypatch):
    monkeypatch.setattr("upwell.cli.doctor.command_name", lambda: "./run upwell")

    assert as_typed("upwell serve (or: upwell worker)") == (
        "./run upwell serve (or: ./run upwell worker)"
    )
    assert as_typed("Set UPWELL_URL in upwell.env.") == "Set UPWELL_URL in upwell.env."
