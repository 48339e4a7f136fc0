"""Input about people and files of people."""

from upwell.people.forms.mapping import MappingForm
from upwell.people.forms.people import (
    AddressesForm,
    ContactForm,
    FilterForm,
    RoleForm,
    SignInForm,
)
from upwell.people.forms.upload import ConfirmForm, UploadForm

__all__ = [
    "AddressesForm",
    "ConfirmForm",
    "ContactForm",
    "FilterForm",
    "MappingForm",
    "RoleForm",
    "SignInForm",
    "UploadForm",
]
