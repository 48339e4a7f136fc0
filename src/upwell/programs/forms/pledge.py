"""The pledge of a program, in every language of the installation."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _t

from upwell.programs.models import Program
from upwell.programs.queries.pledge import current_pledge

LONGEST = 6_000
PREFIX = "text_"


class PledgeForm(forms.Form):
    """One text for each language; an empty one is not asked of anybody."""

    def __init__(self, data: Any = None, *, program: Program) -> None:
        super().__init__(data, label_suffix="")
        for code, name in settings.LANGUAGES:
            self.fields[f"{PREFIX}{code}"] = forms.CharField(
                label=name,
                required=False,
                max_length=LONGEST,
                initial=current_pledge(program, code).text,
                widget=forms.Textarea(attrs={"rows": 14, "lang": code}),
                help_text=_t("Paragraphs are parted by an empty line."),
            )

    @property
    def texts(self) -> dict[str, str]:
        """By code of the language, with one kind of line end."""
        return {
            code: self.cleaned_data[f"{PREFIX}{code}"].replace("\r\n", "\n")
            for code, _name in settings.LANGUAGES
        }
