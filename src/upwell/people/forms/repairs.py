from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from upwell.people.services.repairs import Repairs

KEEP, LEAVE_OUT, CORRECT = "", "leave_out", "correct"


class RepairForm(forms.Form):
    """What becomes of the lines of the loops that a preview shows.

    ``people`` holds the IDs that the page was made of: numbers alone could mean others by now.
    """

    people = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, preview: dict[str, Any], data: Any = None) -> None:
        self.loops: list[dict[str, Any]] = preview.get("changes", {}).get("loops", [])
        super().__init__(data, initial={"people": self.shown})
        for at, person in self.members():
            what = [
                (KEEP, _t("Leave it as it is")),
                (LEAVE_OUT, _t("Leave this line out")),
                (CORRECT, _t("Their manager is somebody else:")),
            ]
            named = {"name": person["name"]}
            self.fields[f"what_{at}"] = forms.ChoiceField(
                choices=what, required=False, label=_t("The line of %(name)s") % named
            )
            self.fields[f"manager_{at}"] = forms.CharField(
                required=False,
                max_length=300,
                label=_t("The manager of %(name)s") % named,
                widget=forms.TextInput(attrs={"placeholder": _t("ID, e-mail address or name")}),
            )

    @property
    def shown(self) -> str:
        return "\n".join(person["id"] for loop in self.loops for person in loop["people"])

    def members(self) -> Iterator[tuple[int, dict[str, Any]]]:
        return enumerate(person for loop in self.loops for person in loop["people"])

    @property
    def loop_rows(self) -> list[dict[str, Any]]:
        """Each loop with its people, and the fields of each."""
        numbers = iter(range(sum(len(loop["people"]) for loop in self.loops)))
        return [
            loop
            | {
                "people": [
                    person | {"what": self[f"what_{at}"], "by": self[f"manager_{at}"]}
                    for person, at in zip(loop["people"], numbers, strict=False)
                ]
            }
            for loop in self.loops
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("people", "").split() != self.shown.split():
            raise ValidationError(_t("The loops have changed. Please look at them again."))
        for at, _person in self.members():
            if given.get(f"what_{at}") == CORRECT and not given.get(f"manager_{at}"):
                self.add_error(f"manager_{at}", _t("Please say who it is."))
        if not any(given.get(f"what_{at}") for at, _person in self.members()):
            raise ValidationError(_t("Please choose for at least one line what becomes of it."))
        return given

    def repairs(self) -> Repairs:
        given = self.cleaned_data
        return {
            person["id"]: given[f"manager_{at}"] if given[f"what_{at}"] == CORRECT else ""
            for at, person in self.members()
            if given[f"what_{at}"]
        }
