"""What a file would change in the directory, or has changed, as lines of the terminal."""

from typing import Any

from upwell.cli.words import _, ngettext, number
from upwell.people.services.changes import changes_of
from upwell.people.services.difference import Difference
from upwell.people.services.leaving import reasons_to_stay
from upwell.people.words import change_in_words
from upwell.sheets import Reading

ROWS = 12


def change_lines(reading: Reading, difference: Difference) -> list[str]:
    """The kinds of changes with their rows, then loops, and who stays since they are needed."""
    found = changes_of(reading, difference)
    lines = [kind_line(kind) for kind in found["kinds"]]
    lines += [loop_line(loop) for loop in found["loops"]]
    if more := found["loop_count"] - len(found["loops"]):
        lines.append(_("… and %(count)s more loops") % {"count": number(more)})
    if found["loops"]:
        lines.append(_("The pages of an import can leave a line of a loop out, or correct it."))
    return [*lines, *(_(text) % named for text, named in reasons_to_stay(difference.staying))]


def kind_line(kind: dict[str, Any]) -> str:
    count = kind["count"]
    said = change_in_words(kind["kind"], count, ngettext) % {"count": number(count)}
    rows = [str(person["row"]) for person in kind["first"] if person["row"]]
    return f"{said}{rows_of(rows, count)}"


def rows_of(rows: list[str], count: int) -> str:
    """The first rows, behind a colon; nothing for what is in no row."""
    if not rows:
        return ""
    more = ", …" if count > len(rows[:ROWS]) else ""
    named = {"rows": ", ".join(rows[:ROWS]) + more}
    text = ngettext(": row %(rows)s", ": rows %(rows)s", count)
    return text % named


def loop_line(loop: dict[str, Any]) -> str:
    people = loop["people"]
    names = " → ".join([*(person["name"] for person in people), people[0]["name"]])
    rows = rows_of([str(person["row"]) for person in people if person["row"]], len(people))
    text = (
        _("A new loop among managers (%(names)s)")
        if loop["is_new"]
        else _("A loop among managers, there before (%(names)s)")
    )
    return text % {"names": names} + rows
