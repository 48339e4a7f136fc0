"""The mail server of the demo."""

import smtplib
from email.message import EmailMessage

from upwell.delivery import mailbox


def send(port, subject, date):
    email = EmailMessage()
    email["From"], email["To"], email["Subject"] = "upwell@example.com", "a@example.com", subject
    email["Date"], email["Message-ID"] = date, f"<{subject}@example.com>"
    email.set_content("Dear Änne\n")
    email.add_alternative("<p>Dear Änne</p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(email)


def test_messages_are_kept_and_read_newest_first(tmp_path):
    folder = tmp_path / "mail"

    with mailbox.serve(folder) as port:
        send(port, "older", "Mon, 02 Mar 2026 10:00:00 +0000")
        send(port, "newer", "Tue, 03 Mar 2026 10:00:00 -0000")

    newer, older = mailbox.messages(folder)
    assert (newer.subject, older.subject) == ("newer", "older")
    assert (newer.to, newer.sender) == ("a@example.com", "upwell@example.com")
    assert (newer.text, newer.html) == ("Dear Änne\n", "<p>Dear Änne</p>\n")
    assert newer.message_id == "<newer@example.com>"
    assert mailbox.read(folder, older.key) == older


def test_read_takes_no_path(tmp_path):
    (tmp_path / "secret").write_text("x")

    assert mailbox.read(tmp_path, "../secret") is None
    assert mailbox.messages(tmp_path / "absent") == []
