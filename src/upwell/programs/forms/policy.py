"""The form face of the policy: its fields are made of the policy's own."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import getitem
from typing import Any, Literal, get_args, get_origin

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from upwell.policy import Policy, PolicyError
from upwell.policy.values import same_name
from upwell.programs.policy_faults import fault_sentence
from upwell.programs.policy_words import ASKED, PARTS

LARGEST_FILE = 1_000_000
Choices = Sequence[tuple[str, str]]


class PolicyForm(forms.Form):
    """Every rule and preference, by its key in the policy; what is not asked is kept.

    ``levels`` are the names of the directory's levels with what is shown of them. The digest
    ``since`` tells the policy that was read from one that was saved meanwhile.
    """

    since = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, policy: Policy, since: str = "", levels: Choices = ()
    ) -> None:
        super().__init__(data, initial={"since": since}, label_suffix="")
        self.policy = policy
        for key in ASKED:
            value = value_at(policy, key)
            choices = choices_for(key, value, levels) if isinstance(value, tuple) else ()
            self.fields[key] = field_for(key, field_at(policy, key), choices)
            self.initial[key] = spelled(value, choices) if choices else value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            self.read(given)
        return given

    def read(self, given: dict[str, Any]) -> None:
        """Make ``self.policy`` of the input, or put each fault beside the field it is about."""
        values = self.policy.model_dump()
        for key in filter(self.fields.__contains__, ASKED):
            *sections, name = key.split(".")
            holder = reduce(getitem, sections, values)
            holder[name] = kept(holder[name], given[key])
        try:
            self.policy = Policy.from_values(values)
        except PolicyError as error:
            for fault in error.faults:
                self.add_error(self.field_of(fault.key), fault_sentence(fault))

    def field_of(self, key: str) -> str | None:
        """The field of a key such as ``mentors.levels[1]``, or the first one of a section."""
        bare = key.partition("[")[0]
        asked = filter(self.fields.__contains__, ASKED)
        return next((name for name in asked if name == bare or name.startswith(f"{bare}.")), None)

    def parts(self) -> Iterator[dict[str, Any]]:
        """The fields as the page groups them, without groups of which nothing is asked."""
        for part in PARTS:
            fields = [self[key] for key in part.keys if key in self.fields]
            if fields:
                yield {"title": part.title, "text": part.text, "fields": fields}


def value_at(policy: Policy, key: str) -> Any:
    return reduce(getattr, key.split("."), policy)


def field_at(policy: Policy, key: str) -> FieldInfo:
    *sections, name = key.split(".")
    model: type[BaseModel] = type(reduce(getattr, sections, policy))
    return model.model_fields[name]


def field_for(key: str, info: FieldInfo, choices: Choices) -> forms.Field:
    asked, kind = ASKED[key], info.annotation
    texts: dict[str, Any] = {"label": asked.label, "help_text": asked.help}
    if kind is bool:
        return forms.BooleanField(required=False, **texts)
    if get_origin(kind) is tuple:
        return forms.MultipleChoiceField(
            required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **texts
        )
    if get_origin(kind) is Literal:
        words = [(value, asked.choices[value]) for value in get_args(kind)]
        return forms.ChoiceField(choices=words, widget=forms.RadioSelect, **texts)
    if kind is str:
        return forms.CharField(max_length=11, **texts)
    low, high = (next(getattr(m, end) for m in info.metadata if hasattr(m, end)) for end in ENDS)
    if kind is float:
        return forms.FloatField(min_value=low, max_value=high, step_size=0.5, **texts)
    return forms.IntegerField(min_value=low, max_value=high, **texts)


ENDS = ("ge", "le")


def choices_for(key: str, value: Sequence[str], levels: Choices) -> Choices:
    """What a list is chosen from: its own words, or else levels."""
    words = [(code, str(word)) for code, word in ASKED[key].choices.items()]
    return words or with_unknown(levels, value)


def with_unknown(levels: Choices, names: Sequence[str]) -> Choices:
    """The levels to choose from, and those of the policy that the directory does not have."""
    known = {same_name(name) for name, _shown in levels}
    absent = _t("%(level)s (not in the directory)")
    more = [(name, absent % {"level": name}) for name in names if same_name(name) not in known]
    return [*levels, *more]


def spelled(names: Sequence[str], choices: Choices) -> list[str]:
    wanted = {same_name(name) for name in names}
    return [name for name, _shown in choices if same_name(name) in wanted]


def kept(before: Any, given: Any) -> Any:
    """The value given; of the same levels in another order or spelling, those before."""
    if not isinstance(before, tuple):
        return given
    is_same = {same_name(name) for name in before} == {same_name(name) for name in given}
    return before if is_same else tuple(given)


class PolicyFileForm(forms.Form):
    """A whole policy as a TOML file."""

    since = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Policy file"),
        help_text=_("A .toml file, as it can be downloaded here. It replaces the whole policy."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def clean_file(self) -> Policy:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST_FILE:
            raise ValidationError(_t("This is too long for a policy."))
        try:
            return Policy.from_toml(upload.read().decode())
        except UnicodeDecodeError:
            raise ValidationError(_t("The policy is not a text in UTF-8.")) from None
        except PolicyError as error:
            raise ValidationError(error.sentences(translation)) from None
