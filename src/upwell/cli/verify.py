"""`upwell verify`: prove a certificate again, from the people or the matrix alone."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

from rich.console import Console

from upwell.cli.arguments import RefusalError, load_certificate, refusing
from upwell.cli.case import Case, PeopleCase, objective_of, people_case, scores_case
from upwell.cli.claims import proven_again
from upwell.cli.page import make_console, show_lines, show_text
from upwell.cli.words import _, translations
from upwell.matching.certificate import Verdict
from upwell.matching.document import check, check_pairs
from upwell.matching.reading import DocumentError
from upwell.matching.said import say
from upwell.policy.compile import withheld
from upwell.policy.faults import PolicyError
from upwell.policy.own_ranking import OWN_RANKING
from upwell.policy.phrases import rule_name
from upwell.policy.policy import Objective, Policy
from upwell.sheets import Mapping, SheetError, describe

WITHOUT_PROOF = 3
"""The exit status where all is well that can be seen, and the proof is kept elsewhere."""


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell verify",
        allow_abbrev=False,
        description=_(
            "Prove a certificate again; exit status 0 if it holds, 1 if it does not, "
            "3 if its proof is sealed elsewhere."
        ),
    )
    result.add_argument("certificate", type=Path, help=_("the certificate (json)"))
    result.add_argument("people", nargs="?", type=Path, help=_("the file of people it is about"))
    result.add_argument("--scores", metavar="MATRIX", type=Path, help=_("the matrix instead"))
    result.add_argument(
        "--policy", action="store_true", help=_("first print the policy of the certificate")
    )
    return result


def run(words: list[str]) -> int:
    """Run the command: 0 proven, 1 rejected, 2 not understood, 3 without its proof."""
    return refusing("verify", lambda: verify(parser().parse_args(words)))


def verify(asked: argparse.Namespace) -> int:
    if (asked.people is None) == (asked.scores is None):
        raise RefusalError(_("Name the file of people, or the matrix with --scores."))
    table = asked.people or asked.scores
    if not table.is_file():
        raise RefusalError(_("There is no file %(path)s.") % {"path": table})
    body = load_certificate(asked.certificate)
    console = make_console()
    case = None
    try:
        case = case_of(body, asked)
        verdict, faults = checked(body, case)
    except DocumentError as error:
        faults = [say(error, translations.gettext)]
    except PolicyError as error:
        faults = error.sentences(translations)
    except SheetError as error:
        faults = [describe(error, translations.gettext)]
    if faults or case is None:
        show_faults(console, faults, is_of_others=is_of_others(body, case))
        return 1
    show_basis(console, body, with_policy=asked.policy)
    if is_without_proof(body):
        show_without_proof(console)
        return WITHOUT_PROOF
    show_proof(console, verdict, case)
    return 0


def is_without_proof(body: dict[str, Any]) -> bool:
    return body.get("private_requests") is True


def checked(body: dict[str, Any], case: Case) -> tuple[Verdict, list[str]]:
    """What the check of a certificate found, as far as it goes where the proof is not in it."""
    if is_without_proof(body):
        policy = case.compiled.policy if isinstance(case, PeopleCase) else Policy()
        is_ranked = OWN_RANKING in str(body.get("private_preferences"))
        stated = {**case.stated, **withheld(case.problem, policy, is_ranked=is_ranked)}
        return check_pairs(body, case.problem, stated, case.scale)
    return check(body, case.problem, case.stated, case.scale, objective=objective_of(case))


def show_proof(console: Console, verdict: Verdict, case: Case) -> None:
    console.print(_("Proven."), style="bold")
    show_text(console, proven_again(case, verdict))


def is_of_others(body: dict[str, Any], case: Case | None) -> bool:
    """Whether a certificate is about other people than the file has, or has them otherwise."""
    if case is None or body.get("kind") != "people":
        return False
    return bool(body.get("problem_digest") != case.problem.digest())


def show_faults(console: Console, faults: list[str], *, is_of_others: bool) -> None:
    console.print(_("Rejected."), style="bold")
    for fault in faults:
        show_lines(console, [say(fault, translations.gettext)])
    if is_of_others:
        show_text(
            console,
            _(
                "Where people were added, changed or have left since, that is to be expected. To "
                "go on from the pairs that stand, use upwell repair."
            ),
        )


def show_without_proof(console: Console) -> None:
    console.print(_("The pairs are right; that none are better cannot be seen here."), style="bold")
    show_text(
        console,
        _(
            "They keep every rule that the file of people shows, and their total is as stated. "
            "The proof stays sealed where Upwell runs, since private requests could be read from "
            "it if there are any: have it checked there, on the page of the run."
        ),
    )


def show_basis(console: Console, body: dict[str, Any], *, with_policy: bool) -> None:
    """What the proof rests on; the verdict comes last, where one looks."""
    if with_policy:
        console.print(_("The policy of this certificate:"), style="bold")
        console.print(policy_text(body), markup=False, soft_wrap=True)
        console.print()
    if body["kind"] == "people":
        show_text(console, _("The people are those of %(day)s.") % {"day": body["read_on"]})
    if not with_policy:
        show_text(console, _("The policy is that of the certificate; --policy prints it."))
    rules = [rule_name(code, translations) for code in body["not_checked"]]
    if rules:
        show_text(console, _("Not checked: %(rules)s.") % {"rules": ", ".join(rules)})
    console.print()


def case_of(body: dict[str, Any], asked: argparse.Namespace) -> Case:
    """The problem that the certificate should be about, under the policy that it states."""
    policy = body.get("policy")
    if asked.scores is None and body.get("kind") == "scores":
        raise DocumentError(_("this certificate is about a matrix; name it with --scores"))
    if asked.scores is not None:
        stated = policy if isinstance(policy, dict) else {}
        return scores_case(
            asked.scores,
            minimize=stated.get("minimize") is True,
            objective=next(
                (o for o in get_args(Objective) if o == stated.get("objective")), "total"
            ),
        )
    try:
        read_on = date.fromisoformat(body.get("read_on", ""))
    except (TypeError, ValueError) as error:
        raise DocumentError(_("read_on is no date such as 2026-01-31")) from error
    mapping = body.get("mapping")
    if not isinstance(mapping, str):
        raise DocumentError(_("mapping is no text"))
    case = people_case(
        asked.people,
        Policy.from_values(policy),
        Mapping.from_toml(mapping) if mapping else None,
        read_on,
    )
    return case.opened() if is_without_proof(body) else case


def policy_text(body: dict[str, Any]) -> str:
    if body["kind"] == "people":
        return Policy.from_values(body["policy"]).to_toml()
    return json.dumps(body["policy"], indent=1)
