"""Forms that are saved as one goes, in several windows if need be."""

import json
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from upwell.programs.queries.seen import HOURS, Seen, digest, digests
from upwell.programs.services.windows import Kept
from upwell.sheets import Topic as Named


class KeptForm(forms.Form):
    """A form that is saved as one goes, in several windows if need be.

    ``seen`` tells what stood there when the window was opened: only what was changed since is
    given, and what somebody has changed elsewhere meanwhile is not overwritten but named.
    ``window`` tells the window from others.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    window = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stored: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(stored), label_suffix="")
        self.stored = stored
        self.initial["seen"] = json.dumps(self.seen_now)
        self.initial["window"] = get_random_string(16)

    @property
    def names(self) -> list[str]:
        return [name for name in self.fields if name in self.stored]

    @property
    def seen_now(self) -> dict[str, str]:
        return digests({name: self.stored[name] for name in self.names})

    @property
    def seen_then(self) -> Seen:
        """What the window sent of what it has shown."""
        self.is_valid()
        window = self.cleaned_data.get("window", "")
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            found = {}
        given = found.items() if isinstance(found, dict) else ()
        return Seen({name: text for name, text in given if isinstance(text, str)}, window)

    def seen_after(self, kept: Kept) -> str:
        """What the window has shown, once it knows what was kept of what it sent."""
        return json.dumps({**self.seen_now, **self.seen_then.digests, **kept.digests})

    def given(self) -> dict[str, Any]:
        """What is valid, and another than when the window was opened."""
        seen = self.seen_then.digests
        changed = {name for name in self.names if self.is_changed(name, seen)}
        if not changed.isdisjoint(HOURS):
            is_whole = self.cleaned_data.keys() >= {*HOURS}
            changed = changed | {*HOURS} if is_whole else changed - {*HOURS}
        return {name: self.cleaned_data[name] for name in self.names if name in changed}

    def is_changed(self, name: str, seen: Mapping[str, str]) -> bool:
        if name not in self.cleaned_data or self.is_omitted(name):
            return False
        return digest(self.cleaned_data[name]) != seen.get(name, digest(self.stored[name]))

    def is_omitted(self, name: str) -> bool:
        """Whether the browser sent nothing of a field, not even that it is empty."""
        widget = self.fields[name].widget
        return bool(widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name)))

    def show(self, kept: Kept) -> None:
        """Name what was changed elsewhere; what the form sends next, it sends having shown that."""
        for name, value in kept.elsewhere.items():
            said = _(
                "Meanwhile “%(value)s” was saved elsewhere, such as in another window. Send the"
                " page again to keep what stands here."
            )
            self.add_error(name, said % {"value": self.words_of(name, value)})
        shown = Kept({**kept.digests, **digests(kept.elsewhere)}, {})
        self.send(seen=self.seen_after(shown))

    def send(self, **values: str | None) -> None:
        """Let the form, shown once more, send these; None takes a tick away."""
        sent: Any = self.data
        sent = sent.copy()
        for name, value in values.items():
            sent.pop(name, None)
            if value is not None:
                sent[name] = value
        self.data = sent

    def words_of(self, name: str, value: Any) -> str:
        """An answer as the page would show it."""
        field = self.fields[name]
        shown = field.prepare_value(value)
        if isinstance(field, forms.BooleanField):
            return _("yes") if shown else _("no")
        if isinstance(field, forms.MultipleChoiceField):
            chosen: Any = field.choices
            shown = [str(label) for code, label in chosen if code in (shown or ())]
        if isinstance(shown, list):
            return ", ".join(map(name_of, shown)) or _("nothing")
        if isinstance(shown, time):
            return time_format(shown)
        return str(shown) if shown not in (None, "") else _("nothing")


def name_of(one: Any) -> str:
    return one.name if isinstance(one, Named) else str(one)
