"""What changes the directory: imports of files, and changes of one person."""

from upwell.people.services.access import end_access
from upwell.people.services.addresses import choose_contact_addresses, use_contact_addresses
from upwell.people.services.away import enter_away, remove_away
from upwell.people.services.directory import (
    OutdatedError,
    TooManyLeaveError,
    bring_in,
    raise_revision,
)
from upwell.people.services.dismissals import dismiss_likeness
from upwell.people.services.free_days import free_days
from upwell.people.services.imports import (
    change_mapping,
    confirm_import,
    repair_import,
    start_import,
    try_again,
)
from upwell.people.services.levels import remove_level
from upwell.people.services.mail import choose_mail, stop_mail, stopped_by
from upwell.people.services.mappings import (
    delete_mapping,
    find_mapping,
    rename_mapping,
    save_mapping,
)
from upwell.people.services.merge import merge_people
from upwell.people.services.offices import place_office
from upwell.people.services.people import (
    RoleChange,
    change_sign_in,
    grant_role,
    set_contact_address,
    take_role,
)
from upwell.people.services.steps import discard_import, has_failed
from upwell.people.services.units import change_unit

__all__ = [
    "OutdatedError",
    "RoleChange",
    "TooManyLeaveError",
    "bring_in",
    "change_mapping",
    "change_sign_in",
    "change_unit",
    "choose_contact_addresses",
    "choose_mail",
    "confirm_import",
    "delete_mapping",
    "discard_import",
    "dismiss_likeness",
    "end_access",
    "enter_away",
    "find_mapping",
    "free_days",
    "grant_role",
    "has_failed",
    "merge_people",
    "place_office",
    "raise_revision",
    "remove_away",
    "remove_level",
    "rename_mapping",
    "repair_import",
    "save_mapping",
    "set_contact_address",
    "start_import",
    "stop_mail",
    "stopped_by",
    "take_role",
    "try_again",
    "use_contact_addresses",
]
