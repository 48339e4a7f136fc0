"""What came of a run as data: the summary file, and the rows of the pairs file."""

from collections.abc import Iterator, Sequence
from typing import Any

from upwell.cli.case import Case, PeopleCase
from upwell.cli.words import _, translations
from upwell.matching.explain import Unmatched
from upwell.matching.solve import Result
from upwell.policy.compile import Compiled
from upwell.policy.phrases import quality, quality_word, unmatched_reason
from upwell.policy.reasons import reason_text, reasons
from upwell.sheets.write import Cell


def figures(
    case: Case, result: Result, left_out: Sequence[Unmatched], seconds: float
) -> dict[str, Any]:
    """The summary. Values, bounds, the floor and its price are in the units of the input."""
    problem, scale = case.problem, case.scale
    return {
        "mentors": len(problem.mentors),
        "mentees": len(problem.mentees),
        "allowed_pairs": result.survey.allowed_pairs,
        "pairs": len(result.pairs),
        "pairs_bound": result.pairs_bound,
        "value": scale.of(result.value),
        "bound": scale.of(result.bound),
        "gap": abs(scale.of(result.gap)),
        "floor": None if result.floor is None else scale.of(result.floor),
        "blocking_pairs": result.survey.blocking_pairs,
        "seconds": round(seconds, 3),
        "passes": result.passes,
        "reporting_lines_unknown": case.stated["reporting_lines_unknown"],
        "not_checked": case.stated["not_checked"],
        "unmatched": [
            {"id": shown_id(case, who), "role": who.role, "reason": why(case, who)}
            for who in left_out
        ],
        "problem_digest": problem.digest(),
        **aim(case, result),
    }


def aim(case: Case, result: Result) -> dict[str, Any]:
    """What the summary says besides, where something else came before the total."""
    if result.objective == "stable":
        return {"objective": result.objective}
    if result.price is None:
        return {}
    return {"objective": result.objective, "price": abs(case.scale.of(result.price))}


def shown_id(case: Case, who: Unmatched) -> str | int:
    side = case.problem.mentors if who.role == "mentor" else case.problem.mentees
    return side[who.index] if isinstance(case, PeopleCase) else who.index


def shown_name(case: Case, who: Unmatched) -> str:
    """Who it is; in a matrix, where they stand."""
    if isinstance(case, PeopleCase):
        rows = case.compiled.mentor_rows if who.role == "mentor" else case.compiled.mentee_rows
        return case.compiled.people.names_apart[rows[who.index]]
    text = _("row %(index)s") if who.role == "mentor" else _("column %(index)s")
    return text % {"index": who.index}


def why(case: Case, who: Unmatched) -> str:
    """The reason in words."""
    if who.why == "rules" and not isinstance(case, PeopleCase):
        return _("Every pair of theirs is forbidden.")
    return unmatched_reason(who, translations)


def sheets_of(
    case: Case, result: Result, left_out: Sequence[Unmatched]
) -> dict[str, Iterator[Sequence[Cell]]]:
    """The pairs, and who was not placed, as sheets for a file."""
    return {
        _("Pairs"): pair_rows(case, result),
        _("Not placed"): unmatched_rows(case, left_out),
    }


def pair_rows(case: Case, result: Result) -> Iterator[Sequence[Cell]]:
    if not isinstance(case, PeopleCase):
        yield [_("Mentor (row from 0)"), _("Mentee (column from 0)"), _("Score")]
        for (mentor, mentee), score in zip(result.pairs.tolist(), result.scores, strict=True):
            yield [mentor, mentee, case.scale.of(int(score))]
        return
    yield [
        *(_("Mentor"), _("Mentor ID"), _("Mentor's e-mail")),
        *(_("Mentor's level"), _("Mentor's unit"), _("Mentor's office")),
        *(_("Mentee"), _("Mentee ID"), _("Mentee's e-mail")),
        *(_("Mentee's level"), _("Mentee's unit"), _("Mentee's office")),
        *(_("How good"), _("Score"), _("Why these two")),
    ]
    compiled = case.compiled
    for (mentor, mentee), score in zip(result.pairs.tolist(), result.scores.tolist(), strict=True):
        yield [
            *person_cells(case, compiled.mentor_rows[mentor]),
            *person_cells(case, compiled.mentee_rows[mentee]),
            quality_word(quality(score, compiled), translations),
            score,
            why_these(compiled, mentor, mentee),
        ]


def why_these(compiled: Compiled, mentor: int, mentee: int) -> str:
    learner = compiled.people.names[compiled.mentee_rows[mentee]]
    found = reasons(compiled, mentor, mentee)
    sentences = [reason_text(reason, translations, mentee=learner) for reason in found]
    return " ".join(sentences) or _("Part of the best result for everybody.")


def person_cells(case: PeopleCase, row: int) -> list[Cell]:
    people = case.compiled.people
    others = (people.emails, people.levels, people.units, people.offices)
    return [
        people.names[row],
        people.ids[row],
        *(column[row] if column else "" for column in others),
    ]


def unmatched_rows(case: Case, left_out: Sequence[Unmatched]) -> Iterator[Sequence[Cell]]:
    if not isinstance(case, PeopleCase):
        yield [_("Role"), _("Number"), _("Why nobody")]
        for who in left_out:
            yield [role_word(who), who.index, why(case, who)]
        return
    person = (_("Person"), _("ID"), _("E-mail"), _("Level"), _("Unit"), _("Office"))
    yield [_("Role"), *person, _("Why nobody")]
    compiled = case.compiled
    for who in left_out:
        rows = compiled.mentor_rows if who.role == "mentor" else compiled.mentee_rows
        yield [role_word(who), *person_cells(case, rows[who.index]), why(case, who)]


def role_word(who: Unmatched) -> str:
    return _("mentor") if who.role == "mentor" else _("mentee")
