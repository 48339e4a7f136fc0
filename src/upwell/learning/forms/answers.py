"""The short check at the end of a lesson."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from upwell.learning.texts import Check, Lesson


@dataclass(frozen=True)
class Answered:
    """A question with what was chosen, if anything was, and whether that is right."""

    field: BoundField
    check: Check
    chosen: int | None

    @property
    def is_right(self) -> bool:
        return self.chosen == self.check.right


class AnswerForm(forms.Form):
    """The questions of a lesson; ``version`` is that of the lesson that was read."""

    version = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, lesson: Lesson) -> None:
        super().__init__(data, initial={"version": lesson.version}, label_suffix="")
        self.lesson = lesson
        for number, check in enumerate(lesson.checks):
            self.fields[name_of(number)] = forms.TypedChoiceField(
                label=check.question,
                choices=list(enumerate(check.options)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the three.")},
            )

    @property
    def answers(self) -> list[int]:
        """What was chosen, of a form that is valid."""
        return [self.cleaned_data[name_of(number)] for number in range(len(self.lesson.checks))]

    @property
    def version_read(self) -> int:
        version: int = self.cleaned_data["version"]
        return version

    def answered(self) -> Iterator[Answered]:
        """Question by question; also of a form that is not sent yet, or not whole."""
        self.full_clean()
        given = self.cleaned_data if self.is_bound else {}
        for number, check in enumerate(self.lesson.checks):
            yield Answered(self[name_of(number)], check, given.get(name_of(number)))

    @property
    def is_right(self) -> bool:
        """Whether every question is answered, and rightly."""
        return self.is_bound and self.is_valid() and all(one.is_right for one in self.answered())


def name_of(number: int) -> str:
    return f"answer{number}"
