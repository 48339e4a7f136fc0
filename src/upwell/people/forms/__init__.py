"""Input about people and files of people."""

from upwell.people.forms.away import AwayForm, OfficeForm
from upwell.people.forms.mail import MailForm
from upwell.people.forms.mapping import MappingForm
from upwell.people.forms.merge import MergeForm
from upwell.people.forms.people import (
    AddressesForm,
    ContactForm,
    FilterForm,
    RoleForm,
    SignInForm,
)
from upwell.people.forms.repairs import RepairForm
from upwell.people.forms.units import UnitForm
from upwell.people.forms.upload import ConfirmForm, MappingNameForm, UploadForm

__all__ = [
    "AddressesForm",
    "AwayForm",
    "ConfirmForm",
    "ContactForm",
    "FilterForm",
    "MailForm",
    "MappingForm",
    "MappingNameForm",
    "MergeForm",
    "OfficeForm",
    "RepairForm",
    "RoleForm",
    "SignInForm",
    "UnitForm",
    "UploadForm",
]
