"""The part that a person takes in a program."""

from upwell.sheets.words import key

ROLES = {
    "mentor": "mentor mentors mentorin reversementor mentora juniormentor teacher",
    "mentee": "mentee mentees mentoree learner menti executive mentorado mentorada",
    "both": "both either mentorandmentee mentormentee menteementor beide lesdeux ambos",
    "": "none neither no nein non na",
}
BY_KEY = {key(word): role for role, listed in ROLES.items() for word in listed.split()}


def role_of(value: str) -> str | None:
    """ "mentor", "mentee", "both", "" for neither, or None for an unknown word."""
    return BY_KEY.get(key(value)) if value else ""
