"""A password rule: long must not mean the same again and again."""

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_LETTERS = 6


class PredictableValidator:
    """Refuses what repeats itself and what is a common password with digits around it.

    Django's list of common passwords holds hardly any of 15 characters or more.
    """

    def __init__(self) -> None:
        self.common = CommonPasswordValidator()

    def validate(self, password: str, user: Any = None) -> None:
        text = password.casefold()
        repeats = (text + text).find(text, 1) < len(text)
        core = "".join(letter for letter in text if letter.isalpha())
        if repeats or len(set(text)) < FEWEST_LETTERS or core in self.common.passwords:
            raise ValidationError(
                _("This password is too easy to guess: it repeats itself or is a common one."),
                code="password_predictable",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t repeat itself.")
