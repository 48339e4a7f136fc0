"""What a reader must know before believing a result."""

from collections.abc import Iterator

from upwell.cli.case import Case, PeopleCase
from upwell.cli.words import _, ngettext, number, translations
from upwell.policy.phrases import rule_name
from upwell.sheets import describe
from upwell.sheets.messages import listed

MOST_COLUMNS = 12
COLUMN_OF = {
    "level_gap": "levels",
    "reporting_line": "managers",
    "unit": "units",
    "team": "teams",
    "region": "regions",
    "overlap_hours": "zones",
    "shared_language": "languages",
}


def notes(case: Case) -> list[str]:
    """Rules that were not checked, what was guessed, and how the file was read."""
    if not isinstance(case, PeopleCase):
        return list(case.notes)
    return [
        *rule_notes(case),
        *untold(case),
        *guesses(case),
        *file_notes(case),
        *column_notes(case),
    ]


def rule_notes(case: PeopleCase) -> Iterator[str]:
    """What could not be checked, reporting lines first."""
    compiled = case.compiled
    unknown = dict(compiled.unknown)
    if compiled.reporting_lines_unknown:
        unknown = {"reporting_line": compiled.reporting_lines_unknown, **unknown}
    for code in sorted(compiled.not_checked, key=lambda code: code != "reporting_line"):
        yield not_checked(case, code)
    for code, count in unknown.items():
        if code not in compiled.not_checked:
            text = ngettext(
                "%(rule)s: not known, so not checked, for %(count)s person",
                "%(rule)s: not known, so not checked, for %(count)s people",
                count,
            )
            yield text % {"rule": rule_name(code, translations), "count": number(count)}
    if compiled.unknown_couples:
        text = ngettext(
            "The policy keeps %(count)s couple apart of whom somebody does not take part.",
            "The policy keeps %(count)s couples apart of whom somebody does not take part.",
            compiled.unknown_couples,
        )
        yield text % {"count": number(compiled.unknown_couples)}


def untold(case: PeopleCase) -> list[str]:
    """What counts inside Upwell alone."""
    if not case.compiled.policy.preferences.background:
        return []
    return [_("Not weighed: different backgrounds, whose answers never leave Upwell")]


def not_checked(case: PeopleCase, code: str) -> str:
    """Why a rule could be checked for nobody."""
    column = getattr(case.compiled.people, COLUMN_OF[code])
    text = (
        _("%(rule)s: not checked (no such column)")
        if column is None
        else _("%(rule)s: not checked (the column says too little)")
    )
    return text % {"rule": rule_name(code, translations)}


def guesses(case: PeopleCase) -> list[str]:
    policy, guessed = case.compiled.policy, case.compiled.guessed
    lines = []
    if case.reading.level_order_guessed and policy.levels.order:
        order = " < ".join(policy.levels.order)
        lines.append(
            _("Order of levels, guessed: %(order)s (--levels to change)") % {"order": order}
        )
    if "mentees" in guessed:
        levels = ", ".join(policy.mentees.levels)
        lines.append(_("Mentees, guessed: %(levels)s (--mentees to change)") % {"levels": levels})
    if "mentors" in guessed:
        levels = ", ".join(policy.mentors.levels)
        lines.append(_("Mentors, guessed: %(levels)s (--mentors to change)") % {"levels": levels})
    return lines


def file_notes(case: PeopleCase) -> Iterator[str]:
    """How many rows there are, who has left, what is wrong, and the reader's own notices."""
    reading = case.reading
    text = ngettext("%(rows)s row read.", "%(rows)s rows read.", reading.rows)
    yield text % {"rows": number(reading.rows)}
    if reading.left:
        text = ngettext(
            "%(left)s person has left and was set aside.",
            "%(left)s people have left and were set aside.",
            reading.left,
        )
        yield text % {"left": number(reading.left)}
    if reading.problem_count:
        text = ngettext(
            "%(count)s problem in the file; --preview says where.",
            "%(count)s problems in the file; --preview says where.",
            reading.problem_count,
        )
        yield text % {"count": number(reading.problem_count)}
    for notice in reading.notices:
        yield describe(notice, translations.gettext)


def column_notes(case: PeopleCase) -> Iterator[str]:
    """The columns that are not used, by why; of a mapping they are left out on purpose."""
    texts = {
        "unmapped": _("Columns not understood, so not used: %(columns)s (--preview says more)"),
        "second_best": _("Columns not used, as others fit better: %(columns)s"),
        "refused": _("Columns refused, and never stored: %(columns)s"),
    }
    found: dict[str, list[str]] = {why: [] for why in texts}
    for report in case.reading.columns:
        why = "refused" if report.state == "refused" else report.reason and report.reason.code
        if why in found and report.header:
            found[why].append(report.header)
    if case.stated["mapping"]:
        del found["unmapped"]
    for why, headers in found.items():
        if headers:
            yield texts[why] % {"columns": listed(headers, MOST_COLUMNS)}
