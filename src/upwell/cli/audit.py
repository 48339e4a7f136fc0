"""`upwell audit`: whether the audit log is what was sealed, and what it says."""

import argparse
from typing import TYPE_CHECKING

from upwell.cli import audit_list
from upwell.cli.site import RefusedError, refusing, say, set_up_installation
from upwell.cli.words import _, ngettext, number

if TYPE_CHECKING:
    from upwell.audit.verify import Fault, Verdict


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell audit",
        allow_abbrev=False,
        description=_("Verify or list the audit log. Exit status 1: it is not what was sealed."),
    )
    steps = result.add_subparsers(dest="step", required=True, metavar="STEP")
    verify = steps.add_parser("verify", help=_("read the whole log and compare every seal"))
    verify.add_argument(
        "--new-head",
        action="store_true",
        help=_("after a restore, or where the head file is lost: write it anew, and record that"),
    )
    listed = steps.add_parser("list", help=_("print the newest entries"))
    audit_list.add_options(listed)
    return result


def run(words: list[str]) -> int:
    asked = parser().parse_args(words)
    return refusing("audit", lambda: act(asked))


def act(asked: argparse.Namespace) -> int:
    set_up_installation()
    from upwell.audit.head import HeadFileError  # noqa: PLC0415 -- set up above
    from upwell.vault.errors import VaultError  # noqa: PLC0415 -- as above

    try:
        if asked.step == "list":
            return audit_list.show(asked)
        return verify(is_new_head=asked.new_head)
    except (HeadFileError, VaultError) as error:
        raise RefusedError(str(error)) from error


def verify(*, is_new_head: bool) -> int:
    from upwell.audit import head, services  # noqa: PLC0415 -- set up before
    from upwell.audit import verify as verifying  # noqa: PLC0415 -- as above

    verdict = verifying.verify(head.chain_key())
    report(verdict)
    services.record_verified(verdict)
    if is_new_head and not verdict.is_good:
        replace_head(verdict)
        return 0
    return 0 if verdict.is_good else 1


def replace_head(verdict: "Verdict") -> None:
    """Refused where an entry that is there is wrong: that would be made to look right."""
    from upwell.audit import services  # noqa: PLC0415 -- set up before

    if not verdict.is_chain_whole:
        raise RefusedError(
            _(
                "The head file stays: an entry that is there is wrong, so a new one would hide it. "
                "Restore the database from a backup in which that entry verifies, and then: "
                "upwell audit verify --new-head"
            )
        )
    services.replace_head(verdict.end, verdict.known)
    say(_("The head file says so now, and the log says that it was written anew."))


def report(verdict: "Verdict") -> None:
    count = ngettext("%(count)s sealed entry", "%(count)s sealed entries", verdict.sealed)
    say(count % {"count": number(verdict.sealed)})
    if verdict.tail and verdict.tail_since:
        text = ngettext(
            "%(count)s entry since %(since)s is not sealed yet, and not verified",
            "%(count)s entries since %(since)s are not sealed yet, and not verified",
            verdict.tail,
        )
        since = verdict.tail_since.isoformat(timespec="seconds")
        say(text % {"count": number(verdict.tail), "since": since})
    if verdict.fault:
        say(fault_text(verdict.fault))
        say(what_to_do(verdict))
    if verdict.is_head_lost:
        say(
            _(
                "The head file is lost: every entry that is there is as it was sealed, but whether "
                "later ones were cut off cannot be said. Without a copy of it: "
                "upwell audit verify --new-head"
            )
        )
    elif verdict.known and not verdict.fault:
        say(_("The head file agrees: %(count)s") % {"count": number(verdict.known.count)})


def fault_text(fault: "Fault") -> str:
    named = {"number": number(fault.sequence), "entry": fault.entry}
    if fault.is_missing:
        return _("The first wrong entry: number %(number)s is missing.") % named
    return _("The first wrong entry: number %(number)s (%(entry)s) is not as sealed.") % named


def what_to_do(verdict: "Verdict") -> str:
    if verdict.fault and verdict.fault.sequence == 1 and not verdict.fault.is_missing:
        return _(
            "Where even the first is wrong, audit.key may be another: put it back from its copy."
        )
    if verdict.is_chain_whole:
        return _(
            "All that are there are good; later ones are missing. After the restore of an older "
            "backup that is so: upwell audit verify --new-head. Otherwise somebody took them out."
        )
    return _(
        "Keep this database and its backups as they are, and compare the entry in the newest "
        "backup that verifies: upwell audit list --json"
    )
