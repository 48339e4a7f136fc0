"""A lesson or a guideline in the program's own words."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.learning.models import TextKind
from upwell.learning.models.own_texts import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE
from upwell.learning.queries import digest_of
from upwell.learning.texts import LEAST_CHECKS, MOST_CHECKS, Check, Guideline, Lesson

OPTIONS = ("first", "second", "third")


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class KindForm(forms.Form):
    """Which texts are published or taken back."""

    kind = forms.ChoiceField(choices=TextKind.choices)

    @property
    def which(self) -> TextKind:
        return TextKind(self.cleaned_data["kind"])


class CheckForm(forms.Form):
    """One question with three options; left empty, a further one is no question."""

    question = forms.CharField(label=_("Question"), max_length=LONGEST_LINE, required=False)
    first = forms.CharField(label=_("First option"), max_length=LONGEST_LINE, required=False)
    second = forms.CharField(label=_("Second option"), max_length=LONGEST_LINE, required=False)
    third = forms.CharField(label=_("Third option"), max_length=LONGEST_LINE, required=False)
    right = forms.TypedChoiceField(
        label=_("The right one"),
        choices=[(0, _("the first")), (1, _("the second")), (2, _("the third"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Shown after every answer, right or wrong."),
        max_length=LONGEST_LINE,
        required=False,
    )

    def __init__(self, data: Any = None, *, number: int, check: Check | None, language: str):
        initial: dict[str, Any] = {}
        if check:
            initial = {"question": check.question, "right": check.right, "why": check.why}
            initial |= dict(zip(OPTIONS, check.options, strict=True))
        super().__init__(data, prefix=f"check{number}", initial=initial, label_suffix="")
        self.number = number
        for name, field in self.fields.items():
            field.required = number <= LEAST_CHECKS
            if name != "right":
                field.widget.attrs["lang"] = language

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written into it; what is ticked alone asks nothing."""
        return not any(self.cleaned_data.get(name) for name in ("question", *OPTIONS, "why"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not self.is_empty:
            for name in ("question", *OPTIONS, "why"):
                if not given.get(name):
                    self.add_error(name, _t("Please fill this in, or empty the whole question."))
            if given.get("right") is None:
                self.add_error("right", _t("Say which one is right."))
        return given

    @property
    def check(self) -> dict[str, Any]:
        """As it is kept."""
        given = self.cleaned_data
        return {
            "question": given["question"],
            "options": [given[name] for name in OPTIONS],
            "right": given["right"],
            "why": given["why"],
        }


class TextForm(forms.Form):
    """The words of a text in one language; ``since`` is the digest of what is shown.

    Of a lesson there are up to four questions, in forms of their own under ``checks``.
    """

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        help_text=_(
            "Markdown: ## begins a heading, - an item of a list, > something to say aloud, and"
            " **two stars** make words bold."
        ),
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    again = forms.BooleanField(
        label=_("People should do it again"),
        help_text=_(
            "Tick this when what the lesson asks of people has changed, and not for a comma:"
            " whoever has done it is asked once more."
        ),
        required=False,
    )
    since = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, words: Guideline, language: str) -> None:
        given = {"title": words.title, "text": words.text.strip(), "since": digest_of(words)}
        super().__init__(data, initial=given, label_suffix="")
        for name in ("title", "text"):
            self.fields[name].widget.attrs["lang"] = language
        self.checks: list[CheckForm] = []
        if isinstance(words, Lesson):
            self.checks = [
                CheckForm(data, number=number, check=check, language=language)
                for number, check in enumerate(padded(words.checks), start=1)
            ]
        else:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        are_right = [one.is_valid() for one in self.checks]
        if not all(are_right):
            raise ValidationError(_t("Something is missing in the questions."))
        if self.checks:
            given["checks"] = [one.check for one in self.checks if not one.is_empty]
        return given


def padded(checks: tuple[Check, ...]) -> list[Check | None]:
    return [*checks, *[None] * (MOST_CHECKS - len(checks))]
