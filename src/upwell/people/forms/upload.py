from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import PeopleImport, SavedMapping
from upwell.sheets import Mapping, SheetError, describe, limits

LARGEST_MAPPING = 1_000_000


class UploadForm(forms.Form):
    """A file of people, what it holds, and a mapping kept from an earlier time."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("CSV, TSV, XLSX or ODS, with a header row and one row for each person."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
    )
    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=[
            (
                PeopleImport.Kind.PART,
                _("Part of the organization: people are added and changed, nobody leaves"),
            ),
            (
                PeopleImport.Kind.WHOLE,
                _("The whole organization: whoever is not in the file has left"),
            ),
        ],
        initial=PeopleImport.Kind.PART,
        widget=forms.RadioSelect,
    )
    saved = forms.ModelChoiceField(
        SavedMapping.objects.all(),
        label=_("Saved mapping"),
        required=False,
        empty_label=_("The one that fits the file, if any"),
    )
    mapping = forms.FileField(
        label=_("Mapping from a file"),
        required=False,
        max_length=200,
        help_text=_("A .toml file from an earlier import of the same kind of file."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_too_large:
            said = _t("The file is too large. At most %(limit)s MB are read.")
            limit = limits.FILE // 2**20
            self.fields["file"].error_messages["required"] = said % {"limit": limit}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("saved") and self.files.get("mapping"):
            raise ValidationError(_t("Please choose a saved mapping or a file, not both."))
        return given

    def meant(self) -> tuple[Mapping | None, str]:
        """The mapping chosen, if any, and its name where it is a saved one."""
        given = self.cleaned_data
        if saved := given["saved"]:
            return Mapping.from_toml(saved.text), saved.name
        return given["mapping"], ""

    def clean_mapping(self) -> Mapping:
        upload: UploadedFile[bytes] | None = self.cleaned_data["mapping"]
        if upload is None:
            return Mapping()
        if (upload.size or 0) > LARGEST_MAPPING:
            raise ValidationError(_t("This is too long for a mapping."))
        try:
            return Mapping.from_toml(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise ValidationError(_t("The mapping is not a text in UTF-8.")) from None
        except SheetError as error:
            raise ValidationError(describe(error, _t)) from None


class MappingNameForm(forms.Form):
    name = forms.CharField(label=_("Name of the mapping"), max_length=100)


class ConfirmForm(forms.Form):
    """A yes to the import; with a number of leavers, also to that number."""

    leaving = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, leaving: int = 0, must_agree: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_agree, self.expected = must_agree, leaving
        self.fields["leaving"].initial = leaving

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("leaving") != self.expected:
            raise ValidationError(_t("The numbers have changed. Please look at them again."))
        if self.must_agree and not given.get("is_agreed"):
            raise ValidationError(_t("Please say yes to the number of people who leave."))
        return given
