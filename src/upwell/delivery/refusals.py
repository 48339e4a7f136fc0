"""What a mail server's refusal means: whose fault it is, and whether to try again."""

import smtplib
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """A server's answer, kept as its code or the kind of failure and nothing more.

    ``is_final``: the message will never be taken. ``is_of_server``: no other will be taken now.
    ``is_fault``: it is our own mistake, and must not pass unseen.
    """

    code: str
    is_final: bool = False
    is_of_server: bool = False
    is_fault: bool = False


def refusal_of(error: Exception) -> Refusal:
    """Read what ``smtplib`` raised."""
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return of_code(max(code for code, _text in error.recipients.values()))
    if isinstance(error, smtplib.SMTPDataError):
        return of_code(error.smtp_code)
    if isinstance(error, smtplib.SMTPResponseException):  # sender, sign-in, greeting: ours to mend
        return Refusal(str(error.smtp_code), is_of_server=True)
    if isinstance(error, smtplib.SMTPNotSupportedError):  # an address in letters it does not know
        return Refusal(kind, is_final=True)
    if isinstance(error, OSError):  # refused, cut off, too slow, TLS; SMTPException is one, too
        return Refusal(kind, is_of_server=True)
    return Refusal(kind, is_final=True, is_fault=True)


def of_code(code: int) -> Refusal:
    return Refusal(str(code), is_final=500 <= code < 600, is_of_server=code == 421)
