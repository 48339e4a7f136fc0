"""Words of messages, and as whom to read them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from upwell.programs.message_texts import Words
from upwell.programs.models.message_texts import LONGEST_BODY, LONGEST_SUBJECT


class MessageForm(forms.Form):
    """The text of a message in one language; ``since`` is the digest of what is shown."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        help_text=_("An empty line begins a new paragraph."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    since = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, words: Words, since: str, language: str) -> None:
        given = {"subject": words.subject, "body": words.body, "since": since}
        super().__init__(data, initial=given)
        for name in ("subject", "body"):
            self.fields[name].widget.attrs["lang"] = language


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)


class ReaderForm(forms.Form):
    """As whom a message is read, who else is looked for, and in which language."""

    q = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=200)
    reader = forms.UUIDField(required=False)
    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES, required=False)
