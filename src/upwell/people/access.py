"""Who opens the pages of the directory and of signing in, and what they show of people."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from upwell.core.access import EVERYBODY, READ, SIGNED_IN, WRITE, Audience, Entry, Subject
from upwell.core.http import Request
from upwell.people.models import PeopleImport, Person, PersonQuerySet, Role

P = ParamSpec("P")

MANAGE = (Role.Kind.PROGRAM_MANAGER, Role.Kind.DIRECTORY_ADMINISTRATOR)


def requires(
    *kinds: Role.Kind,
) -> Callable[
    [Callable[Concatenate[Request, P], HttpResponse]],
    Callable[Concatenate[Request, P], HttpResponse],
]:
    """The page exists only for whoever holds one of the roles; for everybody else it is a 404."""

    def decorate(
        view: Callable[Concatenate[Request, P], HttpResponse],
    ) -> Callable[Concatenate[Request, P], HttpResponse]:
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.role_kinds.isdisjoint(kinds):
                raise Http404
            return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        return guarded

    return decorate


def holds(*kinds: Role.Kind) -> Callable[[Any], bool]:
    """Whether somebody signed in holds one of the roles in the organization."""
    return lambda user: bool(user.is_authenticated and not user.role_kinds.isdisjoint(kinds))


def holders(kind: Role.Kind) -> Callable[[Person], PersonQuerySet]:
    return lambda person: Person.objects.holding(kind)


def only(person: Person) -> PersonQuerySet:
    found: PersonQuerySet = Person.objects.filter(pk=person.pk)
    return found


ONESELF = Audience("oneself", _("you yourself"), SIGNED_IN.admits, only)
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
INVITED = Audience("invited", _("whoever holds the link of an invitation"), EVERYBODY.admits)

DIRECTORY = Subject(
    "people.directory",
    _("your entry in the directory: name, title, level, unit, office, languages, working hours"),
)
ADDRESSES = Subject("people.addresses", _("your contact address and your sign-in address"))
LINES = Subject("people.lines", _("who you report to, and how many people report to you"))
ROLES = Subject("people.roles", _("which roles you hold, and whether you were invited"))

BOTH = READ | WRITE
STAFF = (PROGRAM_MANAGERS, ADMINISTRATORS)

DIRECTORY_PAGES = [
    Entry("people:person_list", READ, STAFF, shows=(DIRECTORY,)),
    Entry("people:import_start", BOTH, STAFF),
    Entry(
        "people:person_detail",
        READ,
        (ONESELF, *STAFF),
        {"pk": Person},
        shows=(DIRECTORY, ADDRESSES, LINES),
    ),
    Entry("people:person_detail", READ, (ADMINISTRATORS,), {"pk": Person}, shows=(ROLES,)),
]
IMPORTS = [
    Entry("people:import_preview", BOTH, STAFF, {"pk": PeopleImport}),
    Entry("people:import_confirm", WRITE, STAFF, {"pk": PeopleImport}),
    Entry("people:import_discard", WRITE, STAFF, {"pk": PeopleImport}),
    Entry("people:import_retry", WRITE, STAFF, {"pk": PeopleImport}),
    Entry("people:import_mapping", READ, STAFF, {"pk": PeopleImport}),
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
        "account_inactive",
        "account_reset_password",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "account_password_reset_completed",
        "mfa_authenticate",
    )
]
OWN_SIGN_IN = [
    Entry("account_email", READ, (ONESELF,), shows=(ADDRESSES,)),
    *(
        Entry(name, BOTH, (ONESELF,))
        for name in (
            "account_reauthenticate",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes",
        )
    ),
]
ACCESS = [*DIRECTORY_PAGES, *IMPORTS, *ADMINISTRATION, *INVITATIONS, *SIGN_IN, *OWN_SIGN_IN]
