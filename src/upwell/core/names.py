"""Names as they are kept: what a reader cannot see does not count."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.sheets.words import bare, is_visible


class NameField(forms.CharField):
    """A name without control characters, marks that turn its direction, and superfluous space.

    Refuses one of which nothing can be seen.
    """

    def to_python(self, value: Any) -> str:
        return " ".join(bare(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_visible(value):
            raise ValidationError(_("Please give a name that can be seen."))
