"""Whom the words of a command mean: people by ID, e-mail address or name."""

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from upwell.cli.arguments import RefusalError
from upwell.cli.words import _
from upwell.policy.values import same_name
from upwell.sheets import People
from upwell.sheets.messages import shorten

SEPARATORS = (";", ",")
MOST_SUGGESTED = 3
ALIKE = 0.8
DIGITS = re.compile(r"(?<!\d)0+(?=\d)")


def find(people: People, asked: str, others: Sequence[str] = ()) -> list[str]:
    """The ids that the words fit best: an id as it is, then in other capitals, then by address or
    whole name. ``others`` are ids that are known besides. Nobody fits where the list is empty.
    """
    ids = tuple(dict.fromkeys((*people.ids, *others)))
    wanted = same_name(asked)
    if asked.strip() in ids or not wanted:
        return [asked.strip()] if wanted else []
    columns = (ids, people.emails or (), people.names)
    fitting = (
        [who for who, name in zip(ids, column, strict=False) if same_name(name) == wanted]
        for column in columns
    )
    return next(filter(None, fitting), [])


def the_one(
    people: People, asked: str, *, others: Sequence[str] = (), rather: Collection[str] = ()
) -> str:
    """The id of the only person whom the words fit; of several, of the only one out of ``rather``.

    Raises RefusalError.
    """
    found = find(people, asked, others)
    if len(found) > 1:
        found = [who for who in found if who in rather] or found
    if len(found) == 1:
        return found[0]
    raise several(people, asked, found) if found else unknown(people, asked)


def everyone(people: People, asked: str, others: Sequence[str] = ()) -> list[str]:
    """The ids of people named after each other, with commas, semicolons or spaces between them.

    Raises RefusalError that names all words that fit nobody, or several people.
    """
    parts = [asked]
    for separator in SEPARATORS:
        parts = [
            piece
            for part in parts
            for piece in ([part] if find(people, part, others) else split(part, separator))
        ]
    named: list[str] = []
    refused: list[str] = []
    for part in filter(None, parts):
        words = part.split()
        is_list = not find(people, part, others) and all(find(people, w, others) for w in words)
        for who in words if is_list else [part]:
            try:
                named.append(the_one(people, who, others=others))
            except RefusalError as error:
                refused.append(str(error))
    if refused:
        raise RefusalError(" ".join(refused))
    return list(dict.fromkeys(named))


def split(text: str, separator: str) -> list[str]:
    return [piece.strip().strip('"') for piece in text.split(separator)]


def several(people: People, asked: str, found: Iterable[str]) -> RefusalError:
    listed = ", ".join(called(people, who) for who in list(found)[:MOST_SUGGESTED])
    named = {"person": shorten(asked), "people": listed}
    return RefusalError(
        _("“%(person)s” fits several people, such as %(people)s. Please give the ID.") % named
    )


def unknown(people: People, asked: str) -> RefusalError:
    """Says whom somebody may have meant, where anybody comes near."""
    meant = suggestions(people, asked)
    named = {"person": shorten(asked), "people": ", ".join(called(people, who) for who in meant)}
    if meant:
        text = _("Nobody in the file is “%(person)s”. Did you mean %(people)s?")
    else:
        text = _("Nobody in the file has the ID, e-mail address or name “%(person)s”.")
    return RefusalError(text % named)


def suggestions(people: People, asked: str) -> list[str]:
    """Whom words may mean that fit nobody: ids but for zeros and signs, names but for letters.

    Of an id with a wrong digit nothing can be guessed: any other would be as near.
    """
    wanted = same_name(asked)
    by_id = [who for who in people.ids if spelled(who) == spelled(asked)]
    if by_id or any(mark.isdigit() for mark in wanted):
        return by_id[:MOST_SUGGESTED]
    by_name: dict[str, list[str]] = {}
    for column in (people.names, people.emails or ()):
        for who, name in zip(people.ids, column, strict=False):
            by_name.setdefault(same_name(name), []).append(who)
    parts = [name for name in by_name if wanted and set(wanted.split()) <= set(name.split())]
    near = parts or get_close_matches(wanted, by_name, MOST_SUGGESTED, ALIKE)
    return [who for name in near for who in by_name[name]][:MOST_SUGGESTED]


def spelled(who: str) -> str:
    """An id without what is easily mistyped: signs, leading zeros, and letters like digits."""
    plain = "".join(mark for mark in who.casefold() if mark.isalnum())
    return DIGITS.sub("", plain.translate(str.maketrans("oil", "011")))


def called(people: People, who: str) -> str:
    """The name with the id; of somebody who is not in the file, the id alone."""
    row = people.row_of.get(who)
    return who if row is None or people.names[row] == who else f"{people.names[row]} ({who})"
