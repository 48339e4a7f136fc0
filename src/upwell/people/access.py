"""Who opens the pages of the directory and of signing in, and what they show of people."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from upwell.core.access import EVERYBODY, READ, SIGNED_IN, WRITE, Audience, Entry, Subject
from upwell.people.models import PeopleImport, Person, PersonQuerySet, Role

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
INVITED = Audience("invited", _("whoever holds the link of an invitation"), EVERYBODY.admits)

DIRECTORY = Subject(
    "people.directory",
    _(
        "your entry in the directory: name, employee ID, title, level, unit, office, languages,"
        " working hours"
    ),
)
CONTACT = Subject("people.contact", _("your contact address"))
SIGN_IN_ADDRESS = Subject("people.sign_in_address", _("your sign-in address"))
LINES = Subject("people.lines", _("who you report to, and how many people report to you"))
ROLES = Subject("people.roles", _("which roles you hold, and whether you were invited"))

BOTH = READ | WRITE
STAFF = (PROGRAM_MANAGERS, ADMINISTRATORS)

DIRECTORY_PAGES = [
    Entry("people:person_list", READ, STAFF, shows=(DIRECTORY, CONTACT)),
    Entry("people:import_start", BOTH, STAFF),
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
        shows=(ROLES, SIGN_IN_ADDRESS),
    ),
]
IMPORTERS = (IMPORTER, ADMINISTRATORS)
IMPORTS = [
    Entry("people:import_preview", BOTH, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_confirm", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_discard", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_retry", WRITE, IMPORTERS, {"pk": PeopleImport}),
    Entry("people:import_mapping", READ, IMPORTERS, {"pk": PeopleImport}),
]
ADMINISTRATION = [
    Entry(f"people:{name}", WRITE, (ADMINISTRATORS,), {"pk": Person})
    for name in (
        "person_contact",
        "person_sign_in",
        "person_invite",
        "role_grant",
        "role_take",
        "second_factor_reset",
    )
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
    Entry("account_email", READ, (ONESELF,), shows=(SIGN_IN_ADDRESS,)),
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
    *ADMINISTRATION,
    *INVITATIONS,
    *SIGN_IN,
    *ANSWERS,
    *OWN_SIGN_IN,
    *AUTHENTICATORS,
]
