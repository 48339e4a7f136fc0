from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.sheets import Mapping, Place, field_names
from upwell.sheets.offices import is_zone

FIELD_NAMES = {field: _(name) for field, name in field_names.FIELD_NAMES.items()}
DATE_ORDERS = [
    ("", _("Find it out")),
    ("dmy", _("Day, month, year")),
    ("mdy", _("Month, day, year")),
    ("ymd", _("Year, month, day")),
]

UNIT_SEPARATORS = [
    ("", _("Find it out")),
    ("/", "Sales / EMEA"),
    (">", "Sales > EMEA"),
    ("|", "Sales | EMEA"),
    ("\\", "Sales \\ EMEA"),
    ("none", _("Units are no paths")),
]


class MappingForm(forms.Form):
    """How a file is meant: its columns, the order of its levels, and words of its status.

    The fields depend on what was read, so they are made of a preview.
    """

    levels = forms.CharField(
        label=_("Levels, lowest first"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("One on each line. Move lines to change the order."),
    )
    present = forms.CharField(
        label=_("Words of the status column for “still here”"),
        required=False,
        help_text=_("Only those that are not understood by themselves, with commas between."),
    )
    left = forms.CharField(label=_("Words of the status column for “has left”"), required=False)
    date_order = forms.ChoiceField(label=_("Order of dates"), required=False, choices=DATE_ORDERS)

    unit_separator = forms.ChoiceField(
        label=_("Between the units of a path"), required=False, choices=UNIT_SEPARATORS
    )

    def __init__(self, preview: dict[str, Any], data: Any = None) -> None:
        self.preview, self.base = preview, Mapping.from_toml(preview["mapping"])
        super().__init__(data, initial=self.initial_values())
        for name, report in self.columns():
            choices = [("", _("Not stored")), *FIELD_NAMES.items()]
            label = _t("“%(column)s” is") % {"column": report["header"]}
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.initial[name] = report["field"]
        for name, office in self.offices():
            self.fields[name] = forms.CharField(
                label=_t("Time zone of %(office)s") % {"office": office},
                required=False,
                max_length=64,
                widget=forms.TextInput(attrs={"placeholder": "Europe/London"}),
            )
            self.initial[name] = self.base.offices.get(office, Place()).zone

    def initial_values(self) -> dict[str, Any]:
        return {
            "levels": "\n".join(self.preview["levels"]),
            "present": ", ".join(self.base.present),
            "left": ", ".join(self.base.left),
            "date_order": self.base.date_order,
            "unit_separator": self.base.unit_separator,
        }

    def columns(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The columns that can be mapped, each with the name of its field here."""
        for at, report in enumerate(self.preview["columns"]):
            if report["state"] != "refused" and report["header"]:
                yield f"column_{at}", report

    def offices(self) -> Iterator[tuple[str, str]]:
        return ((f"office_{at}", name) for at, name in enumerate(self.preview["offices"]))

    @property
    def column_rows(self) -> list[dict[str, Any]]:
        """Every column of the file beside its field, where it may be mapped."""
        names = {report["header"]: name for name, report in self.columns()}
        return [
            report | {"choice": self[names[report["header"]]]}
            if report["state"] != "refused" and report["header"] in names
            else report
            for report in self.preview["columns"]
        ]

    @property
    def office_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _office in self.offices()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen: dict[str, str] = {}
        for name, report in self.columns():
            field = given.get(name)
            if field and field in chosen:
                said = _t(
                    "“%(one)s” and “%(other)s” are both read as %(field)s. Please choose one."
                )
                named = {"one": chosen[field], "other": report["header"]}
                raise ValidationError(said, params=named | {"field": FIELD_NAMES[field]})
            if field:
                chosen[field] = report["header"]
        if not chosen:
            raise ValidationError(_t("Please map at least one column."))
        for name, _office in self.offices():
            if given.get(name) and not is_zone(given[name]):
                self.add_error(name, _t("There is no such time zone. One is Europe/London."))
        given["columns"] = chosen
        return given

    def mapping(self) -> Mapping:
        """What was laid down; an order of levels that was only guessed stays a guess."""
        given = self.cleaned_data
        zones = {office: given[name] for name, office in self.offices()}
        places = {
            office: replace(self.base.offices.get(office, Place()), zone=zone)
            for office, zone in zones.items()
        }
        return replace(
            self.base,
            columns=given["columns"],
            level_order=self.level_order(),
            present=words(given["present"]),
            left=words(given["left"]),
            date_order=given["date_order"],
            unit_separator=given["unit_separator"],
            offices=self.base.offices | places,
        )

    def level_order(self) -> tuple[str, ...]:
        """Nothing where another column has the levels now: their order has to be found out."""
        given = tuple(filter(None, map(str.strip, self.cleaned_data["levels"].splitlines())))
        is_same_column = self.cleaned_data["columns"].get("level") == self.base.columns.get("level")
        is_guess = self.preview["levels_guessed"] and given == tuple(self.preview["levels"])
        return given if is_same_column and not is_guess else ()


def words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))
