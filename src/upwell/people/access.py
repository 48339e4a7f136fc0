"""Who opens the pages of the directory and of signing in, and what they show of people."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from upwell.core.access import EVERYBODY, READ, SIGNED_IN, WRITE, Audience, Entry, Subject
from upwell.people.models import (
    Away,
    Level,
    Office,
    OrgUnit,
    PeopleImport,
    Person,
    PersonQuerySet,
    Role,
    SavedMapping,
)

MANAGE = (Role.Kind.PROGRAM_MANAGER, Role.Kind.DIRECTORY_ADMINISTRATOR)


def holds(*kinds: Role.Kind) -> Callable[[Any], bool]:
    """Whether somebody signed in holds one of the roles in the organization."""
    return lambda user: bool(user.is_authenticated and not user.role_kinds.isdisjoint(kinds))


def holders(kind: Role.Kind) -> Callable[[Person], PersonQuerySet]:
    return lambda person: Person.objects.holding(kind)


def only(person: Person) -> PersonQuerySet:
    found: PersonQuerySet = Person.objects.filter(pk=person.pk)
    return found


ONESELF = Audience("oneself", _("you yourself"), SIGNED_IN.admits, only, _("the person"))
PROGRAM_MANAGERS = Audience(
    "program_managers",
    _("everybody who manages a program"),
    holds(Role.Kind.PROGRAM_MANAGER),
    holders(Role.Kind.PROGRAM_MANAGER),
)
ADMINISTRATORS = Audience(
    "directory_administrators",
    _("the directory administrators"),
    holds(Role.Kind.DIRECTORY_ADMINISTRATOR),
    holders(Role.Kind.DIRECTORY_ADMINISTRATOR),
)
WITH_SECOND_FACTOR = Audience(
    "with_second_factor", _("you yourself, with your authenticator"), SIGNED_IN.admits
)
IMPORTER = Audience("importer", _("whoever brought the file in"), holds(*MANAGE))
READER = Audience(
    "mail_reader", _("whoever holds the link at the foot of a message"), EVERYBODY.admits
)
INVITED = Audience("invited", _("whoever holds the link of an invitation"), EVERYBODY.admits)

DIRECTORY = Subject(
    "people.directory",
    _("your entry in the directory"),
    _(
        "name, employee ID, title, level, unit, team, service line, office, region, time zone,"
        " languages, working hours"
    ),
)
CONTACT = Subject("people.contact", _("your contact address"))
SIGN_IN_ADDRESS = Subject("people.sign_in_address", _("your sign-in address"))
AWAY = Subject("people.away", _("on which days you are away"))
MAIL = Subject("people.mail", _("which messages you get"))
LINES = Subject("people.lines", _("who you report to, and how many people report to you"))
ROLES = Subject("people.roles", _("which roles you hold"))
CAN_SIGN_IN = Subject("people.can_sign_in", _("whether you have a sign-in address"))
INVITATION = Subject(
    "people.invitation", _("whether you were invited, and whether you have signed in")
)
LAST_SIGN_IN = Subject(
    "people.last_sign_in",
    _("when you were invited and signed in last, and whether you have an authenticator"),
)

BOTH = READ | WRITE
STAFF = (PROGRAM_MANAGERS, ADMINISTRATORS)

DIRECTORY_PAGES = [
    Entry("people:person_list", READ, STAFF, shows=(DIRECTORY, CONTACT, CAN_SIGN_IN)),
    Entry("people:import_start", BOTH, STAFF),
    Entry("people:import_start", READ, (ADMINISTRATORS,), shows=(ROLES,)),  # whose a file is
    Entry(
        "people:sign_in_addresses",
        BOTH,
        (ADMINISTRATORS,),
        shows=(DIRECTORY, CONTACT, SIGN_IN_ADDRESS),
    ),
    Entry(
        "people:person_detail",
        READ,
        (ONESELF, *STAFF),
        {"pk": Person},
        shows=(DIRECTORY, CONTACT, LINES),
    ),
    Entry(
        "people:person_detail",
        READ,
        (ADMINISTRATORS,),
        {"pk": Person},
        shows=(ROLES, SIGN_IN_ADDRESS, CAN_SIGN_IN, LAST_SIGN_IN),
    ),
]
IMPORTERS = (IMPORTER, ADMINISTRATORS)
IMPORTS = [
    Entry(
        "people:import_preview",
        BOTH,
        IMPORTERS,
        {"pk": PeopleImport},
        shows=(DIRECTORY, CONTACT, LINES, AWAY),
    ),
    Entry(
        "people:import_repair",
        WRITE,
        IMPORTERS,
        {"pk": PeopleImport},
        shows=(DIRECTORY, CONTACT, LINES),
    ),
    Entry("people:import_confirm", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_discard", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_retry", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_mapping", READ, IMPORTERS, {"pk": PeopleImport}),
]
MAPPINGS = [
    Entry("people:mapping_list", READ, STAFF),
    Entry("people:mapping_save", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:mapping_rename", WRITE, STAFF, {"pk": SavedMapping}),
    Entry("people:mapping_delete", WRITE, STAFF, {"pk": SavedMapping}),
]
AWAY_PAGES = [
    Entry("people:away_list", BOTH, (ONESELF,), shows=(AWAY,)),
    Entry("people:away_remove", WRITE, (ONESELF,), {"pk": Away}),
    Entry("people:office_list", READ, STAFF, shows=(DIRECTORY,)),
    Entry("people:office_change", BOTH, (ADMINISTRATORS,), {"pk": Office}, shows=(DIRECTORY,)),
]
MAIL_PAGES = [
    Entry("people:mail_choices", BOTH, (ONESELF,), shows=(MAIL,)),
    Entry("people:mail_stop", BOTH, (READER,)),
]
DUPLICATES = [
    Entry("people:likeness_dismiss", WRITE, (ADMINISTRATORS,), {"pk": Person, "other": Person}),
    Entry("people:duplicate_list", READ, (ADMINISTRATORS,), shows=(DIRECTORY, CONTACT)),
    Entry(
        "people:person_merge",
        BOTH,
        (ADMINISTRATORS,),
        {"pk": Person, "other": Person},
        shows=(DIRECTORY, CONTACT, SIGN_IN_ADDRESS),
    ),
]
LEVELS = [
    Entry("people:level_list", READ, STAFF, shows=(DIRECTORY,)),
    Entry("people:level_remove", WRITE, (ADMINISTRATORS,), {"pk": Level}),
]
UNITS = [
    Entry("people:unit_list", READ, STAFF, shows=(DIRECTORY,)),
    Entry("people:unit_change", BOTH, (ADMINISTRATORS,), {"pk": OrgUnit}, shows=(DIRECTORY,)),
]
ADMINISTRATION = [
    Entry(f"people:{name}", WRITE, (ADMINISTRATORS,), {"pk": Person})
    for name in (
        "person_contact",
        "person_sign_in",
        "person_invite",
        "second_factor_reset",
    )
] + [
    Entry(f"people:{name}", BOTH, (ADMINISTRATORS,), {"pk": Person})
    for name in ("role_grant", "role_take")
]
INVITATIONS = [
    Entry("people:invitation", READ, (INVITED,)),
    Entry("people:invitation_accept", BOTH, (INVITED,)),
]
SIGN_IN = [
    Entry(name, BOTH, (EVERYBODY,))
    for name in (
        "account_login",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_logout",
        "account_signup",
        "account_reset_password",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "mfa_authenticate",
    )
]
ANSWERS = [
    Entry("account_inactive", READ, (EVERYBODY,)),
    Entry("account_password_reset_completed", READ, (EVERYBODY,)),
]
OWN_SIGN_IN = [
    Entry("account_email", READ, (ONESELF,), shows=(SIGN_IN_ADDRESS, CAN_SIGN_IN)),
    *(
        Entry(name, BOTH, (ONESELF,))
        for name in ("mfa_activate_totp", "mfa_generate_recovery_codes")
    ),
    Entry("account_change_password", BOTH, STAFF),
    Entry("account_set_password", BOTH, STAFF),
    Entry("mfa_index", READ, (ONESELF,)),
]
AUTHENTICATORS = [
    Entry("account_reauthenticate", BOTH, (WITH_SECOND_FACTOR,)),
    Entry("mfa_reauthenticate", BOTH, (WITH_SECOND_FACTOR,)),
    Entry("mfa_deactivate_totp", BOTH, (WITH_SECOND_FACTOR,)),
    Entry("mfa_view_recovery_codes", READ, (WITH_SECOND_FACTOR,)),
    Entry("mfa_download_recovery_codes", READ, (WITH_SECOND_FACTOR,)),
]
LANGUAGE = [Entry("people:language_choose", WRITE, (EVERYBODY,))]
ACCESS = [
    *LANGUAGE,
    *DIRECTORY_PAGES,
    *IMPORTS,
    *MAPPINGS,
    *AWAY_PAGES,
    *MAIL_PAGES,
    *DUPLICATES,
    *LEVELS,
    *UNITS,
    *ADMINISTRATION,
    *INVITATIONS,
    *SIGN_IN,
    *ANSWERS,
    *OWN_SIGN_IN,
    *AUTHENTICATORS,
]
