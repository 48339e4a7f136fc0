"""What people tell about their background, and what it may be used for."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from upwell.programs.background_words import ASKED, CONSENTS, NOT_SAID


class BackgroundForm(forms.Form):
    """A choice for each question, and a box for each use that is offered."""

    def __init__(
        self,
        data: Any = None,
        *,
        uses: Collection[str],
        answers: Mapping[str, str],
        agreed: Collection[str],
    ) -> None:
        super().__init__(data, initial={**answers, **dict.fromkeys(agreed, True)}, label_suffix="")
        self.uses = [name for name in CONSENTS if name in uses]
        for name, asked in ASKED.items():
            texts: dict[str, Any] = {"label": asked.label, "help_text": asked.help}
            choices = [("", NOT_SAID), *asked.choices.items()]
            widget = forms.Select(attrs={"autocomplete": "off"})
            self.fields[name] = forms.ChoiceField(
                choices=choices, required=False, widget=widget, **texts
            )
        for name in self.uses:
            box: dict[str, Any] = {"label": CONSENTS[name].agree}
            self.fields[name] = forms.BooleanField(required=False, **box)

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in ASKED]

    @property
    def consents(self) -> list[dict[str, Any]]:
        """Each use with its words and its box."""
        return [{"words": CONSENTS[name], "field": self[name]} for name in self.uses]

    @property
    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ASKED}

    @property
    def agreed(self) -> list[str]:
        return [name for name in self.uses if self.cleaned_data[name]]
