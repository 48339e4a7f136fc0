"""Which topics a list shows, and a topic as it is written."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.core.names import NameField
from upwell.people.models import Person
from upwell.programs.catalog import TopicTexts
from upwell.programs.models import Topic
from upwell.programs.models.topics import LONGEST_NAME, TopicQuerySet
from upwell.sheets.words import bare

UNFILED, ARCHIVED = "unfiled", "archived"


class TopicFilterForm(forms.Form):
    """Which topics a list shows; whatever is not understood does not narrow it."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    group = forms.ChoiceField(label=_("Group"), required=False)

    def __init__(self, data: Any, *, by: Person) -> None:
        super().__init__(data, label_suffix="")
        self.is_for_managers = by.is_program_manager
        choices: list[tuple[str, Any]] = [("", _("All groups")), *Topic.Group.choices]
        if self.is_for_managers:
            choices += [(UNFILED, _("Not filed yet")), (ARCHIVED, _("Not offered any more"))]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]

    def topics(self, topics: TopicQuerySet) -> TopicQuerySet:
        """The topics asked for: those offered, unless others are; a search finds unfiled ones."""
        self.is_valid()
        group, text = self.chosen, self.cleaned_data.get("q", "")
        if group == UNFILED:
            found = topics.unfiled()
        elif group == ARCHIVED:
            found = topics.filter(is_archived=True)
        elif group:
            found = topics.offered().filter(group=group)
        else:
            found = topics.filter(is_archived=False) if text else topics.offered()
        return found.searched(text)

    @property
    def chosen(self) -> str:
        """The code of the group asked for; "" for all."""
        group: str = self.cleaned_data.get("group", "")
        return group

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


class LinesField(forms.CharField):
    """Several texts, one on each line."""

    def __init__(self, *, most: int, longest: int, rows: int, **kwargs: Any) -> None:
        self.most, self.longest = most, longest
        super().__init__(
            required=False,
            max_length=most * (longest + 2),
            widget=forms.Textarea(attrs={"rows": rows}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else "\n".join(value)

    def clean(self, value: Any) -> tuple[str, ...]:
        text: str = super().clean(value)
        lines = tuple(dict.fromkeys(filter(None, (tidy(line) for line in text.splitlines()))))
        if len(lines) > self.most:
            raise ValidationError(_t("At most %(most)s lines are kept.") % {"most": self.most})
        if any(len(line) > self.longest for line in lines):
            said = _t("A line has at most %(most)s characters.")
            raise ValidationError(said % {"most": self.longest})
        return lines


def tidy(line: str) -> str:
    return " ".join(bare(line).split())


class TopicForm(forms.Form):
    """A topic of the catalog with its texts."""

    name = NameField(label=_("Name"), max_length=LONGEST_NAME)
    also = LinesField(
        most=20,
        longest=LONGEST_NAME,
        rows=3,
        label=_("Other names"),
        help_text=_(
            "One on each line: what people write for it, such as “ChatGPT”. Whoever lists one of"
            " these in a spreadsheet has this topic."
        ),
    )
    group = forms.ChoiceField(
        label=_("Group"),
        choices=[("", _("Choose …")), *Topic.Group.choices],
    )
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    description = forms.CharField(
        label=_("What it is about"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One to three sentences."),
    )
    questions = LinesField(
        most=20,
        longest=400,
        rows=8,
        label=_("Questions to ask"),
        help_text=_("One on each line. The mentee asks them."),
    )
    activities = LinesField(
        most=10,
        longest=1000,
        rows=6,
        label=_("Things to do together"),
        help_text=_("One on each line, with minutes and what it takes."),
    )
    reading = forms.CharField(
        label=_("To read in a minute"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Leave a blank line between paragraphs."),
    )

    def __init__(self, data: Any = None, *, topic: Topic | None = None) -> None:
        super().__init__(data, initial=initial_of(topic) if topic else {}, label_suffix="")
        self.initial.setdefault("language", (get_language() or "en").partition("-")[0])

    def clean_description(self) -> str:
        return tidy(self.cleaned_data["description"])

    def clean_reading(self) -> str:
        """Paragraphs with one blank line between them, however the browser ends its lines."""
        lines = [tidy(line) for line in self.cleaned_data["reading"].splitlines()]
        return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()

    def clean(self) -> dict[str, Any]:
        """All of it is one thing: the texts of a topic."""
        given = super().clean() or {}
        return given if self.errors else {"texts": TopicTexts(**given)}


def initial_of(topic: Topic) -> dict[str, Any]:
    fields = ("name", "group", "description", "questions", "activities", "reading")
    names = topic.names.values_list("key", "name")
    values = {field: getattr(topic, field) for field in fields}
    if topic.language:
        values["language"] = topic.language
    return values | {"also": [name for key, name in names if key != topic.key]}


class FileTopicForm(forms.Form):
    """The topic that another one is to be filed under."""

    under = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("File it under"),
        empty_label=_("Choose …"),
        to_field_name="public_id",
    )

    def __init__(self, data: Any = None, *, topic: Topic) -> None:
        super().__init__(data, label_suffix="")
        topics = Topic.objects.offered().exclude(pk=topic.pk)
        self.fields["under"].queryset = topics.for_list()  # type: ignore[attr-defined]
