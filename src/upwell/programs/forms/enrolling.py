"""What somebody says of themselves when they enroll, and how they can be reached."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs.forms.kept import KeptForm
from upwell.programs.models import Answers, Channel, Enrollment, Topic
from upwell.programs.models.answers import LONGEST_OFF_LIMITS, LONGEST_SENTENCE
from upwell.programs.models.topics import LONGEST_NAME
from upwell.programs.queries.enrolling import by_name
from upwell.programs.queries.seen import digest
from upwell.sheets import Topic as Named

MOST_WANTED, MOST_OFFERED = 3, 12
USUAL = 2
MOST_LANGUAGES = 10
PHONE = re.compile(r"\+?[\d\s()/.-]{5,30}(?:\s*(?:x|ext\.?)\s*\d{1,6})?")


@dataclass(frozen=True)
class Option:
    """A topic to choose; ``strength`` is 0 where it is not chosen."""

    topic: Topic
    strength: int

    def with_strength(self, given: Any) -> int:
        """As it is given, else as it was, else the usual one."""
        return int(given) if str(given) in {"1", "2", "3"} else self.strength or USUAL


@dataclass(frozen=True)
class OptionGroup:
    """Topics that stand together. The first group fits the goal of the program."""

    name: str
    options: Sequence[Option]

    @property
    def is_chosen(self) -> bool:
        return any(option.strength for option in self.options)

    def ticked(self, strengths: Mapping[str, Any]) -> "OptionGroup":
        """As a form was sent: with the strengths of what is ticked, by public ids."""
        given = ((one, strengths.get(str(one.topic.public_id))) for one in self.options)
        options = [
            replace(one, strength=0 if strength is None else one.with_strength(strength))
            for one, strength in given
        ]
        return replace(self, options=options)


class TopicsWidget(forms.Widget):
    """Ticks with a strength beside each: ``topics`` and ``topics_<id>``."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        keys = data.getlist(name) if hasattr(data, "getlist") else data.get(name, ())
        return [(key, data.get(f"{name}_{key}", "")) for key in keys]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class TopicsField(forms.Field):
    """Topics of a choice by their public ids, each with its strength, sorted by name."""

    widget = TopicsWidget

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.most = most
        self.choices: Mapping[UUID, Option] = {}

    def clean(self, value: Any) -> list[Named]:
        found = {}
        for key, strength in value or ():
            option = self.option_of(key)
            name = option.topic.name
            found[name] = Named(name, option.with_strength(strength))
        return [found[name] for name in sorted(found)]

    def option_of(self, key: Any) -> Option:
        try:
            return self.choices[UUID(str(key))]
        except (ValueError, KeyError):
            raise ValidationError(_t("One of the topics is no longer there.")) from None


class LanguagesField(forms.CharField):
    """Names of languages in lower case, sorted; as they are written, parted by commas."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(name.capitalize() for name in value)
        return value

    def clean(self, value: Any) -> list[str]:
        parts = re.split(r"[,;/\n]+", super().clean(value) or "")
        found = sorted({" ".join(part.split()).lower() for part in parts} - {""})
        if len(found) > MOST_LANGUAGES or any(len(name) > 40 for name in found):
            raise ValidationError(_t("Give at most ten languages, parted by commas."))
        return found


class MinutesField(forms.TimeField):
    """A time of day, as minutes after midnight."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return time(value // 60 % 24, value % 60) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        given = super().clean(value)
        return None if given is None else given.hour * 60 + given.minute


class ColleagueField(forms.CharField):
    """One person of the directory, by the whole e-mail address."""

    widget = forms.EmailInput

    def prepare_value(self, value: Any) -> Any:
        return address_of(value) if isinstance(value, Person) else value

    def clean(self, value: Any) -> Person | None:
        address = (super().clean(value) or "").strip()
        if not address:
            return None
        for field in ("sign_in_email", "contact_email"):
            people = Person.objects.active().filter(**{f"{field}__iexact": address})
            found: list[Person] = list(people[:2])
            if len(found) == 1:
                return found[0]
        raise ValidationError(_t("Nobody in the directory has exactly this address."))


def address_of(person: Person) -> str:
    return person.contact_email or person.sign_in_email or ""


class AnswersForm(KeptForm):
    """What mentors and mentees are asked alike."""

    topics = TopicsField(most=MOST_WANTED, label=_("Topics"))
    other_topic = forms.CharField(
        label=_("Something else"), required=False, max_length=LONGEST_NAME
    )
    signs = forms.BooleanField(label=_("I promise this"), required=False)
    pledge = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        stored: Mapping[str, Any],
        groups: Sequence[OptionGroup],
        is_signed: bool,
        pledge: str,
    ) -> None:
        super().__init__(data, stored=stored)
        options = [option for group in groups for option in group.options]
        self.fields["topics"].choices = {one.topic.public_id: one for one in options}  # type: ignore[attr-defined]
        sent = {str(key): strength for key, strength in self["topics"].data or ()} if data else {}
        self.groups = [group.ticked(sent) for group in groups] if self.is_bound else groups
        if is_signed:
            del self.fields["signs"], self.fields["pledge"]
        else:
            self.initial["pledge"] = pledge

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "topics" in given:
            given["topics"] = self.chosen(given["topics"], given.get("other_topic", ""))
            self.check_count(given["topics"])
        return given

    def chosen(self, ticked: Sequence[Named], written: str) -> list[Named]:
        """The topics ticked and the one written in, sorted by name."""
        other = " ".join(written.split())
        if not other or same_name(other) in {same_name(one.name) for one in ticked}:
            return [*ticked]
        known = {same_name(one.name): one.strength for one in self.stored["topics"]}
        return sorted([*ticked, Named(other, known.get(same_name(other), USUAL))], key=by_name)

    def check_count(self, topics: Sequence[Named]) -> None:
        """Refuse more than one may choose, unless somebody else has chosen just these for them."""
        most: int = self.fields["topics"].most  # type: ignore[attr-defined]
        if len(topics) > most and digest(topics) != digest(self.stored["topics"]):
            said = _t("Choose at most %(most)s. These were %(count)s.")
            self.add_error("topics", said % {"most": most, "count": len(topics)})

    def check_final(self) -> None:
        """Add what is missing for a yes to the errors."""
        if "topics" not in self.errors and not self.cleaned_data["topics"]:
            self.add_error("topics", _t("Choose at least one topic."))
        if "signs" in self.fields and not self.cleaned_data.get("signs"):
            self.add_error("signs", _t("Without the promise you cannot take part."))

    def ask_for(self, pledge: str) -> None:
        """Have this text promised: who has read another one has not."""
        if "pledge" in self.fields and self.data.get("pledge") != pledge:
            self.send(pledge=pledge, signs=None)


class MenteeForm(AnswersForm):
    """One screen: at most eight fields."""

    sentence = forms.CharField(
        label=_("What do younger colleagues understand better than you?"),
        required=False,
        max_length=LONGEST_SENTENCE,
        help_text=_("One sentence. It heads your mentor’s first agenda; nobody else reads it."),
    )
    assistant = ColleagueField(
        label=_("Your assistant’s e-mail address"),
        required=False,
        max_length=254,
        help_text=_("They say how to reach you, and book the meetings. They see no agenda."),
    )
    field_order = ("sentence", "topics", "other_topic", "assistant", "signs")


class MentorForm(AnswersForm):
    """Five minutes on a phone."""

    topics = TopicsField(most=MOST_OFFERED, label=_("What could you show a senior leader?"))
    interests = forms.CharField(
        label=_("What else interests you?"),
        required=False,
        max_length=200,
        help_text=_("Your counterpart reads it. It makes a good first conversation."),
    )
    hopes = forms.MultipleChoiceField(
        label=_("Whose perspective would you like to hear?"),
        required=False,
        choices=Answers.Hope.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = LanguagesField(
        label=_("Languages you can have the conversation in"), required=False, max_length=400
    )
    hours_from = MinutesField(label=_("You can meet from"), required=False)
    hours_until = MinutesField(label=_("until"), required=False)
    capacity = forms.IntegerField(
        label=_("How many leaders would you mentor?"), required=False, min_value=1, max_value=5
    )
    off_limits = forms.CharField(
        label=_("What do you not want to be asked about?"),
        required=False,
        max_length=LONGEST_OFF_LIMITS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nobody reads it, unless you say so below."),
    )
    shows_off_limits = forms.BooleanField(label=_("My counterpart may read this"), required=False)
    tells_manager = forms.BooleanField(label=_("My line manager may know"), required=False)
    field_order = (
        *("topics", "other_topic", "interests", "hopes", "languages", "hours_from", "hours_until"),
        *("capacity", "off_limits", "shows_off_limits", "tells_manager", "signs"),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_hours(self, given)
        return given


def check_hours(form: forms.Form, given: dict[str, Any]) -> None:
    """Both ends or none; a day that ends before it begins goes past midnight."""
    start, end = given.get("hours_from"), given.get("hours_until")
    if (start is None) != (end is None):
        form.add_error("hours_until", _t("Give both times, or none."))
    elif start is not None and end is not None:
        given["hours_until"] = end if end > start else end + 24 * 60


class ReachForm(KeptForm):
    """How and when somebody can be reached; filled in by themselves or their assistant."""

    mobile = forms.CharField(label=_("Mobile phone"), required=False, max_length=40)
    phone = forms.CharField(label=_("Work phone"), required=False, max_length=40)
    email = forms.CharField(
        label=_("E-mail"), required=False, max_length=120, widget=forms.EmailInput
    )
    chat = forms.CharField(
        label=_("Chat"),
        required=False,
        max_length=120,
        help_text=_("Such as “Teams: Ada Byron”."),
    )
    hours_from = MinutesField(label=_("Can meet from"), required=False)
    hours_until = MinutesField(label=_("until"), required=False)

    def clean_mobile(self) -> str:
        return phone(self.cleaned_data["mobile"])

    def clean_phone(self) -> str:
        return phone(self.cleaned_data["phone"])

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"].strip()
        if address:
            validate_email(address)
        return address

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        check_hours(self, given)
        return given

    def filled(self) -> dict[str, Any]:
        """Only what is filled in: what a link holder leaves empty stays as it is."""
        return {name: value for name, value in self.given().items() if value not in (None, "")}


def phone(text: str) -> str:
    """As it was written; Raises ValidationError for what nobody can dial."""
    number = " ".join(text.split())
    if number and not PHONE.fullmatch(number):
        raise ValidationError(_t("Write the number with digits, such as +49 30 901820."))
    return number


def form_for(enrollment: Enrollment) -> type[AnswersForm]:
    return MentorForm if enrollment.is_mentor else MenteeForm


CHANNELS = tuple(str(kind) for kind in Channel.Kind)
