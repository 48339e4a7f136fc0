from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Office
from upwell.people.services.free_days import countries, guess_place, subdivisions


class AwayForm(forms.Form):
    starts_on = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"})
    )


class OfficeForm(forms.Form):
    """Where an office lies, for its public holidays; what is not known is guessed."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    subdivision = forms.CharField(
        label=_("Part of the country"),
        required=False,
        max_length=50,
        help_text=_(
            "Such as BY for Bavaria. Left empty, only holidays of the whole country count."
        ),
    )

    def __init__(self, data: Any = None, *, office: Office) -> None:
        known = (office.country, office.subdivision)
        country, part = known if office.country else guess_place(office.name, office.zone)
        super().__init__(data, initial={"country": country, "subdivision": part})
        choices = [("", _t("Not known")), *((code, name) for code, name in countries().items())]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]  # -- of a ChoiceField

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known = subdivisions(given.get("country", ""))
        part = given.get("subdivision", "").strip()
        given["subdivision"] = next((one for one in known if one.upper() == part.upper()), "")
        if part and not given["subdivision"]:
            said = _t("That part is not known. Known are: %(known)s.")
            self.add_error("subdivision", said % {"known": ", ".join(known) or "–"})
        return given
