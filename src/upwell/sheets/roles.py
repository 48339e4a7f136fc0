"""The part that a person takes in a program."""

from upwell.sheets.wordlists import sections
from upwell.sheets.words import key

ROLES = {
    key(word): "" if role == "neither" else role
    for role, listed in sections("roles").items()
    for word in listed
}


def role_of(value: str) -> str | None:
    """ "mentor", "mentee", "both", "" for neither, or None for an unknown word."""
    return ROLES.get(key(value)) if value else ""
