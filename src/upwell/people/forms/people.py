import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from upwell.people.forms.units import UnitField
from upwell.people.models import Level, Office, OrgUnit, Person, PersonQuerySet, Role


class FilterForm(forms.Form):
    """Which people a list shows; whatever is not understood does not narrow it."""

    q = forms.CharField(label=_("Name, e-mail or ID"), required=False, max_length=200)
    level = forms.ModelChoiceField(
        Level.objects.all(), label=_("Level"), required=False, empty_label=_("All levels")
    )
    office = forms.ModelChoiceField(
        Office.objects.all(), label=_("Office"), required=False, empty_label=_("All offices")
    )
    unit = UnitField(
        OrgUnit.objects.all(),
        label=_("Unit, with those below"),
        required=False,
        empty_label=_("All units"),
    )
    here = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("Here now")),
            ("unable", _("Here, with no way to sign in")),
            ("left", _("Have left")),
        ],
    )

    def people(self, people: PersonQuerySet, *, by: Person) -> PersonQuerySet:
        """The people asked for."""
        self.is_valid()
        given: dict[str, Any] = self.cleaned_data
        chosen = {name: given[name] for name in ("level", "office") if given.get(name)}
        if unit := given.get("unit"):
            chosen["unit__in"] = OrgUnit.objects.ids_from(unit)
        found = people.filter(is_active=given.get("here") != "left", **chosen)
        if given.get("here") == "unable":
            found = found.without_sign_in()
        return found.searched(given.get("q", ""), by=by)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


class ContactForm(forms.Form):
    contact_email = forms.EmailField(
        label=_("Contact address"),
        required=False,
        max_length=254,
        help_text=_("Where mail goes. The next import may change it again."),
    )


class SignInForm(forms.Form):
    sign_in_email = forms.EmailField(
        label=_("Sign-in address"),
        required=False,
        max_length=254,
        help_text=_("The person signs in with it. Left empty, they cannot sign in."),
    )

    def __init__(self, data: Any = None, *, address: str | None) -> None:
        super().__init__(data, initial={"sign_in_email": address})
        if address:
            self.fields["sign_in_email"].help_text = _(
                "Changing it ends every session of this person and tells both addresses. "
                "Left empty, the person cannot sign in."
            )


class AddressesForm(forms.Form):
    """Whose contact addresses to use: people named by ID, or else those that a list shows.

    ``revision`` says which state of the directory was looked at; without it nothing is done yet.
    ``back`` is the page of this installation to go on with.
    """

    people = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    and_invite = forms.BooleanField(label=_("and invite them by e-mail"), required=False)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_back(self) -> str:
        """No page where it leads elsewhere."""
        back: str = self.cleaned_data["back"]
        return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""

    def clean_people(self) -> list[UUID]:
        try:
            return [UUID(one) for one in re.split(r"[\s,]+", self.cleaned_data["people"]) if one]
        except ValueError:
            raise ValidationError(_("These are not IDs of people.")) from None

    def chosen(self, query: QueryDict, *, by: Person) -> PersonQuerySet:
        """The people meant; nobody where the IDs make no sense."""
        people: PersonQuerySet = Person.objects.all()
        if not self.is_valid():
            return people.none()
        if given := self.cleaned_data["people"]:
            return people.filter(pk__in=given)
        return FilterForm(query).people(people, by=by)


class RoleForm(forms.Form):
    kind = forms.ChoiceField(choices=Role.Kind.choices)
