"""`upwell verify`: prove a certificate again, from the people or the matrix alone."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from upwell.cli.arguments import RefusalError, load_certificate, refusing
from upwell.cli.case import Case, people_case, scores_case
from upwell.cli.page import make_console
from upwell.cli.words import _, number, translations
from upwell.matching.certificate import Verdict
from upwell.matching.document import DocumentError, check, check_pairs
from upwell.matching.said import say
from upwell.policy.faults import PolicyError
from upwell.policy.phrases import rule_name
from upwell.policy.policy import Policy
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
    try:
        case = case_of(body, asked)
        verdict, faults = checked(body, case)
    except DocumentError as error:
        faults = [say(error, translations.gettext)]
    except PolicyError as error:
        faults = error.sentences(translations)
    except SheetError as error:
        faults = [describe(error, translations.gettext)]
    if faults:
        show_faults(console, faults)
        return 1
    show_policy(console, body)
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
        stated = {**case.stated, "private_requests": True}
        return check_pairs(body, case.problem, stated, case.scale)
    return check(body, case.problem, case.stated, case.scale)


def show_proof(console: Console, verdict: Verdict, case: Case) -> None:
    named = {
        "pairs": number(verdict.pairs),
        "allowed": number(verdict.allowed_pairs),
        "value": case.scale.of(verdict.value),
    }
    console.print(_("Proven."), style="bold")
    console.print(
        _(
            "No choice among the %(allowed)s allowed pairs makes more than %(pairs)s pairs, and "
            "none with as many has a better total than %(value)s."
        )
        % named,
        soft_wrap=True,
    )


def show_faults(console: Console, faults: list[str]) -> None:
    console.print(_("Rejected."), style="bold")
    for fault in faults:
        console.print(f"  {say(fault, translations.gettext)}", markup=False, soft_wrap=True)


def show_without_proof(console: Console) -> None:
    console.print(_("The pairs are right; that none are better cannot be seen here."), style="bold")
    console.print(
        _(
            "They keep every rule that the file of people shows, and their total is as stated. "
            "Some people have asked in private to be kept apart. The proof would give that away, "
            "so it stays sealed where Upwell runs: have it checked there, on the page of the run."
        ),
        soft_wrap=True,
    )


def show_policy(console: Console, body: dict[str, Any]) -> None:
    """What the proof rests on; the verdict comes after it, where a reader's eye is."""
    console.print(_("The policy of this certificate:"), style="bold")
    console.print(policy_text(body), markup=False, soft_wrap=True)
    rules = [rule_name(code, translations) for code in body["not_checked"]]
    if rules:
        console.print(_("Not checked: %(rules)s.") % {"rules": ", ".join(rules)}, soft_wrap=True)
    if body["kind"] == "people":
        console.print(_("The people are those of %(day)s.") % {"day": body["read_on"]})


def case_of(body: dict[str, Any], asked: argparse.Namespace) -> Case:
    """The problem that the certificate should be about, under the policy that it states."""
    policy = body.get("policy")
    if asked.scores is None and body.get("kind") == "scores":
        raise DocumentError(_("this certificate is about a matrix; name it with --scores"))
    if asked.scores is not None:
        minimize = isinstance(policy, dict) and policy.get("minimize") is True
        return scores_case(asked.scores, minimize=minimize)
    try:
        read_on = date.fromisoformat(body.get("read_on", ""))
    except (TypeError, ValueError) as error:
        raise DocumentError(_("read_on is no date such as 2026-01-31")) from error
    mapping = body.get("mapping")
    if not isinstance(mapping, str):
        raise DocumentError(_("mapping is no text"))
    return people_case(
        asked.people,
        Policy.from_values(policy),
        Mapping.from_toml(mapping) if mapping else None,
        read_on,
    )


def policy_text(body: dict[str, Any]) -> str:
    if body["kind"] == "people":
        return Policy.from_values(body["policy"]).to_toml()
    return json.dumps(body["policy"], indent=1)
