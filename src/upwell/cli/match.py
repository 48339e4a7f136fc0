"""`upwell match`: from a table of people, or a matrix of scores, to certified pairs."""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from upwell.cli.arguments import (
    RefusalError,
    add_people_options,
    command_name,
    load_mapping,
    load_policy,
    refusing,
    write_json,
)
from upwell.cli.case import Case, PeopleCase, objective_of, people_case, scores_case
from upwell.cli.comparison import compared, show_comparison
from upwell.cli.page import make_console, show_lines, show_result
from upwell.cli.preview import show_preview
from upwell.cli.progress import shown_progress
from upwell.cli.summary import figures, sheets_of
from upwell.cli.words import _
from upwell.matching.document import document
from upwell.matching.explain import Unmatched, unmatched
from upwell.matching.reading import Document
from upwell.matching.solve import Result, solve
from upwell.policy.policy import Objective
from upwell.sheets import read_people
from upwell.sheets.exports import export
from upwell.sheets.write import write_table


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    result = argparse.ArgumentParser(
        prog="upwell match",
        allow_abbrev=False,
        description=_("Pair mentors and mentees from a table of people, with a proof."),
    )
    add = result.add_argument
    add("people", nargs="?", type=Path, help=_("CSV, TSV, XLSX or ODS file of people"))
    add_people_options(result)
    add("--preview", action="store_true", help=_("show how the file is read, and stop"))
    add("--scores", metavar="MATRIX", type=Path, help=_("a matrix of scores instead (csv, npy)"))
    add("--minimize", action="store_true", help=_("the scores are costs"))
    add(
        "--objective",
        choices=get_args(Objective),
        help=_("total (the default) or fair, after most pairs; or stable: see --compare"),
    )
    add("--compare", action="store_true", help=_("show what each objective comes to, and stop"))
    add("--out", metavar="PAIRS", type=Path, help=_("write the pairs (csv, xlsx)"))
    add("--json", metavar="S.json", type=Path, help=_("write the summary"))
    add("--certificate", metavar="C.json", type=Path, help=_("write the certificate"))
    add("--time-limit", metavar="S", type=float, help=_("stop after about S seconds, with the gap"))
    return result


def run(words: list[str]) -> int:
    """Run the command; 0 if pairs were found, or the preview shown, and written as asked."""
    return refusing("match", lambda: match(parser().parse_args(words)))


def match(asked: argparse.Namespace) -> int:
    check_words(asked)
    started = time.monotonic()
    if asked.preview:
        preview(asked)
    elif asked.compare:
        compare_objectives(case_of(asked), stopping(started, asked.time_limit))
    else:
        pair(asked, case_of(asked), started)
    return 0


def preview(asked: argparse.Namespace) -> None:
    """Show how the file is read."""
    mapping = load_mapping(asked.mapping)
    reading = read_people(asked.people, mapping=mapping, level_order=asked.levels, today=today())
    show_preview(make_console(), reading)


def compare_objectives(case: Case, should_stop: Callable[[], bool]) -> None:
    with shown_progress() as show:
        found = compared(case, should_stop, show)
    show_comparison(make_console(), case, found)


def pair(asked: argparse.Namespace, case: Case, started: float) -> None:
    """Find the pairs, write what was asked for, and show what came of it."""
    with shown_progress() as show:
        result = solve(
            case.problem,
            objective=objective_of(case),
            should_stop=stopping(started, asked.time_limit),
            on_progress=show,
        )
    left_out = unmatched(case.problem, result)
    seconds = time.monotonic() - started
    if asked.json:
        write_json(asked.json, figures(case, result, left_out, seconds))
    if asked.certificate:
        write_json(asked.certificate, certificate(case, result))
    if asked.out:
        write_pairs(asked.out, case, result, left_out)
    console = make_console()
    show_result(console, case, result, left_out, seconds)
    show_lines(console, closing_lines(asked, has_left_out=bool(left_out)), indent="")


@export("pairs, in the terminal")
def write_pairs(path: Path, case: Case, result: Result, left_out: Sequence[Unmatched]) -> None:
    write_table(path, sheets_of(case, result, left_out))


def closing_lines(asked: argparse.Namespace, *, has_left_out: bool) -> list[str]:
    """The files written, where those without a counterpart are, and the one next step."""
    files = [path for path in (asked.out, asked.json, asked.certificate) if path]
    lines = [_("Written: %(path)s") % {"path": path} for path in files]
    if has_left_out and asked.out:
        lines.append(whereabouts(asked.out))
    if asked.certificate:
        table = asked.people or f"--scores {asked.scores}"
        named = {"command": f"{command_name()} verify {asked.certificate} {table}"}
        return [*lines, _("To prove it again: %(command)s") % named]
    if not files:
        return [
            _(
                "Add --out pairs.xlsx for a file of the pairs with their reasons, and of whoever "
                "is not placed."
            )
        ]
    return lines


def whereabouts(out: Path) -> str:
    """Where to look up all those who have nobody."""
    if out.suffix.lower() == ".xlsx":
        return _("Everybody without a counterpart is in its sheet “Not placed”.")
    return _("Everybody without a counterpart is in the sheet “Not placed” of an .xlsx file.")


def certificate(case: Case, result: Result) -> Document:
    shown_id = str if isinstance(case, PeopleCase) else int
    return document(case.problem, result, case.stated, scale=case.scale, shown_id=shown_id)


def check_words(asked: argparse.Namespace) -> None:
    """Refuse words that do not go together, before anything is read."""
    if (asked.people is None) == (asked.scores is None):
        raise RefusalError(_("Name a file of people, or a matrix with --scores."))
    if asked.scores is None:
        unfitting = ["minimize"] if asked.minimize else []
        other = _("a matrix of scores")
    else:
        of_people = ("levels", "mentors", "mentees", "policy", "mapping", "preview")
        unfitting = [name for name in of_people if getattr(asked, name)]
        other = _("a file of people")
    if unfitting:
        named = {"option": f"--{unfitting[0]}", "input": other}
        raise RefusalError(_("%(option)s goes with %(input)s only.") % named)
    if asked.time_limit is not None and not asked.time_limit > 0:
        raise RefusalError(_("--time-limit must be above 0 seconds."))
    results = [name for name in ("objective", "out", "json", "certificate") if getattr(asked, name)]
    if asked.compare and results:
        named = {"option": f"--{results[0]}"}
        raise RefusalError(_("%(option)s is for one result; --compare shows several.") % named)
    check_outputs(asked, asked.people, asked.scores, asked.policy, asked.mapping)


def check_outputs(asked: argparse.Namespace, *inputs: Path | None) -> None:
    """Refuse what could not be written, or would replace an input, before the work is done."""
    if asked.out and asked.out.suffix.lower() not in {".csv", ".xlsx"}:
        raise RefusalError(_("--out must end in .csv or .xlsx: %(path)s") % {"path": asked.out})
    taken = [path for path in inputs if path]
    for path in filter(None, (asked.out, asked.json, asked.certificate)):
        if not path.absolute().parent.is_dir():
            raise RefusalError(_("There is no folder %(folder)s.") % {"folder": path.parent})
        if path.is_dir():
            raise RefusalError(_("%(path)s is a folder, not a file.") % {"path": path})
        if path.resolve() in {other.resolve() for other in taken}:
            raise RefusalError(_("%(path)s is already used for something else.") % {"path": path})
        taken.append(path)


def case_of(asked: argparse.Namespace) -> Case:
    if asked.scores is not None:
        return scores_case(
            asked.scores, minimize=asked.minimize, objective=asked.objective or "total"
        )
    return people_of(asked)


def people_of(asked: argparse.Namespace) -> PeopleCase:
    """The people of a file under the policy that was asked for."""
    policy = load_policy(asked.policy, asked.levels, asked.mentors, asked.mentees)
    if asked.objective:
        policy = policy.model_copy(update={"objective": asked.objective})
    return people_case(asked.people, policy, load_mapping(asked.mapping), today())


def today() -> date:
    """The day on which a past end date means that somebody has left."""
    return date.today()  # noqa: DTZ011 -- the user's own day


def stopping(started: float, limit: float | None) -> Callable[[], bool]:
    """Whether the time is up."""
    return lambda: limit is not None and time.monotonic() - started >= limit
