from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from upwell.people.models import OrgUnit


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # -- no class of Django's at run time takes one
    """A choice of units by their paths, in the order of the tree."""

    def label_from_instance(self, unit: OrgUnit) -> str:
        return self.paths.get(unit.pk, unit.name)

    @cached_property
    def paths(self) -> dict[int, str]:
        return OrgUnit.objects.paths()


class UnitForm(forms.Form):
    """What a unit is called and where it stands."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = UnitField(
        OrgUnit.objects.all(), label=_("Under"), required=False, empty_label=_("At the top")
    )

    def __init__(self, data: Any = None, *, unit: OrgUnit) -> None:
        super().__init__(data, initial={"name": unit.name, "parent": unit.parent_id})
