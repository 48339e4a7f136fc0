"""What changes the directory: imports of files, and changes of one person."""

from upwell.people.services.access import end_access
from upwell.people.services.addresses import choose_contact_addresses, use_contact_addresses
from upwell.people.services.directory import (
    OutdatedError,
    TooManyLeaveError,
    bring_in,
    raise_revision,
)
from upwell.people.services.imports import (
    change_mapping,
    confirm_import,
    start_import,
    try_again,
)
from upwell.people.services.people import (
    RoleChange,
    change_sign_in,
    grant_role,
    set_contact_address,
    take_role,
)
from upwell.people.services.steps import discard_import, has_failed

__all__ = [
    "OutdatedError",
    "RoleChange",
    "TooManyLeaveError",
    "bring_in",
    "change_mapping",
    "change_sign_in",
    "choose_contact_addresses",
    "confirm_import",
    "discard_import",
    "end_access",
    "grant_role",
    "has_failed",
    "raise_revision",
    "set_contact_address",
    "start_import",
    "take_role",
    "try_again",
    "use_contact_addresses",
]
