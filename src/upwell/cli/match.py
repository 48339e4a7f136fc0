"""`upwell match`: from a table of people, or a matrix of scores, to certified pairs."""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from upwell.cli.arguments import (
    RefusalError,
    command_name,
    level_list,
    level_order,
    load_mapping,
    load_policy,
    refusing,
    write_json,
)
from upwell.cli.case import Case, PeopleCase, people_case, scores_case
from upwell.cli.page import make_console, show_lines, show_result
from upwell.cli.preview import show_preview
from upwell.cli.progress import shown_progress
from upwell.cli.summary import figures, sheets_of
from upwell.cli.words import _
from upwell.matching.document import Document, document
from upwell.matching.explain import Unmatched, unmatched
from upwell.matching.solve import Result, solve
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
    add("--levels", metavar="A<B<C", type=level_order, help=_("every level, lowest first"))
    add("--mentors", metavar="LEVELS", type=level_list, help=_("levels of the mentors"))
    add("--mentees", metavar="LEVELS", type=level_list, help=_("levels of the mentees"))
    add("--policy", metavar="P.toml", type=Path, help=_("rules and preferences"))
    add("--mapping", metavar="M.toml", type=Path, help=_("which column is what"))
    add("--preview", action="store_true", help=_("show how the file is read, and stop"))
    add("--scores", metavar="MATRIX", type=Path, help=_("a matrix of scores instead (csv, npy)"))
    add("--minimize", action="store_true", help=_("the scores are costs"))
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
        mapping = load_mapping(asked.mapping)
        reading = read_people(
            asked.people, mapping=mapping, level_order=asked.levels, today=today()
        )
        show_preview(make_console(), reading)
        return 0
    case = case_of(asked)
    with shown_progress() as show:
        result = solve(
            case.problem, should_stop=stopping(started, asked.time_limit), on_progress=show
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
    show_lines(console, closing_lines(asked), indent="")
    return 0


@export("pairs, in the terminal")
def write_pairs(path: Path, case: Case, result: Result, left_out: Sequence[Unmatched]) -> None:
    write_table(path, sheets_of(case, result, left_out))


def closing_lines(asked: argparse.Namespace) -> list[str]:
    """The files written, and the one next step."""
    files = [path for path in (asked.out, asked.json, asked.certificate) if path]
    lines = [_("Written: %(path)s") % {"path": path} for path in files]
    if asked.certificate:
        table = asked.people or f"--scores {asked.scores}"
        named = {"command": f"{command_name()} verify {asked.certificate} {table}"}
        return [*lines, _("To prove it again: %(command)s") % named]
    if not files:
        return [_("Add --out pairs.xlsx to have the pairs with their reasons in a file.")]
    return lines


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
    check_outputs(asked)


def check_outputs(asked: argparse.Namespace) -> None:
    """Refuse what could not be written, before the work is done."""
    if asked.out and asked.out.suffix.lower() not in {".csv", ".xlsx"}:
        raise RefusalError(_("--out must end in .csv or .xlsx: %(path)s") % {"path": asked.out})
    taken = [path for path in (asked.people, asked.scores, asked.policy, asked.mapping) if path]
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
        return scores_case(asked.scores, minimize=asked.minimize)
    policy = load_policy(asked.policy, asked.levels, asked.mentors, asked.mentees)
    return people_case(asked.people, policy, load_mapping(asked.mapping), today())


def today() -> date:
    """The day on which a past end date means that somebody has left."""
    return date.today()  # noqa: DTZ011 -- the user's own day


def stopping(started: float, limit: float | None) -> Callable[[], bool]:
    """Whether the time is up."""
    return lambda: limit is not None and time.monotonic() - started >= limit
