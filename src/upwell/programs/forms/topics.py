"""A file of topics, and how its columns are meant."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.forms.mapping import FIELD_NAMES
from upwell.people.services.preview import unsaid
from upwell.programs.models import TopicsImport
from upwell.programs.services.topics_file import FIELDS
from upwell.sheets import Mapping, describe, limits

IS_ADDING = _("Also add people of the file who have a role there and do not take part yet")


class TopicsFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("CSV, TSV, XLSX or ODS, with a header row and one row for each person."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )
    is_adding = forms.BooleanField(label=IS_ADDING, required=False)

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            said = _t("The file is too large. At most %(limit)s MB are read.")
            self.fields["file"].error_messages["required"] = said % {"limit": limits.FILE // 2**20}


class TopicsMappingForm(forms.Form):
    """Which column of a file of topics is what. Its fields depend on what was read."""

    is_adding = forms.BooleanField(label=IS_ADDING, required=False)

    def __init__(self, found: TopicsImport, data: Any = None) -> None:
        self.preview, self.base = found.preview, Mapping.from_toml(found.preview["mapping"])
        super().__init__(data, initial={"is_adding": found.is_adding})
        names = [("", _("Not used")), *((field, FIELD_NAMES[field]) for field in FIELDS)]
        for name, report in self.columns():
            label = _t("“%(column)s” is") % {"column": report["header"]}
            self.fields[name] = forms.ChoiceField(label=label, choices=names, required=False)
            self.initial[name] = report["field"]

    def columns(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The columns that can be mapped, each with the name of its field here."""
        for at, report in enumerate(self.preview["columns"]):
            if report["state"] != "refused" and report["header"]:
                yield f"column_{at}", report

    @property
    def column_rows(self) -> Iterator[dict[str, Any]]:
        """Every column of the file beside its field, where it may be mapped."""
        names = {id(report): name for name, report in self.columns()}
        for report in self.preview["columns"]:
            name, reason = names.get(id(report)), report["reason"]
            is_refused = report["state"] == "refused"
            yield report | {
                "choice": self[name] if name else None,
                "reason": describe(unsaid(reason), _t) if reason and is_refused else "",
            }

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
            raise ValidationError(_t("Please say of at least one column what it is."))
        given["columns"] = chosen
        return given

    def mapping(self) -> Mapping:
        return replace(self.base, columns=self.cleaned_data["columns"])
