"""What came of a run: the news, the proof, the figures and what is worth a minute."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import MatchRun, Proposal
from upwell.pairs.queries.proof import Proof, proof_of
from upwell.pairs.queries.publication import newcomers
from upwell.pairs.queries.rules import couple_rules_now, own_policy
from upwell.pairs.queries.unchecked import Unchecked, unchecked_rules
from upwell.pairs.queries.unweighed import unweighed

MOST_TODOS = 3


@dataclass(frozen=True)
class Todo:
    """One thing worth a minute."""

    title: str
    text: str
    href: str
    label: str


@dataclass(frozen=True)
class Outcome:
    """``parts`` are of the meter: the number of pairs of each quality.

    ``joined`` counts who takes part and is not in the run, which cannot be published for that.
    """

    headline: str
    proof: Proof
    parts: list[dict[str, Any]]
    unchecked: list[Unchecked]
    todos: list[Todo]
    left_out: dict[str, int]
    fine_percent: int
    joined: int

    @property
    def left_out_total(self) -> int:
        return sum(self.left_out.values())


def outcome_of(run: MatchRun) -> Outcome:
    """Five queries; the run comes with its cohort and program."""
    left_out = run.unplaced.count_by_role()
    placed = run.proposals.order_by().values("mentee").distinct().count()
    unchecked = unchecked_rules(run)
    joined = 0 if run.is_published else newcomers(run).count()
    return Outcome(
        headline=joined_since(joined) if joined else headline(placed, left_out),
        proof=proof_of(run),
        parts=[
            {"kind": quality.value, "label": quality.label, "count": run.figures[quality.value]}
            for quality in Proposal.Quality
        ],
        unchecked=unchecked,
        todos=todos(run, unchecked, left_out, joined)[:MOST_TODOS],
        left_out=left_out,
        fine_percent=fine_percent(run.figures),
        joined=joined,
    )


def fine_percent(figures: dict[str, Any]) -> int:
    """The share of strong and good pairs in percent, rounded down: 100 means all of them."""
    fine = figures["strong"] + figures["good"]
    return int(100 * fine // figures["pairs"]) if figures["pairs"] else 0


def headline(placed: int, left_out: dict[str, int]) -> str:
    """The news in one sentence. ``placed`` counts mentees."""
    total = placed + left_out["mentee"]
    if not placed:
        return _("Nobody could be paired")
    if left_out["mentee"]:
        text = ngettext(
            "%(placed)s of %(total)s mentees has a mentor",
            "%(placed)s of %(total)s mentees have a mentor",
            placed,
        )
        return text % {"placed": intcomma(placed), "total": intcomma(total)}
    if left_out["mentor"]:
        return _("Every mentee has a mentor")
    return _("Everyone has a counterpart")


def todos(
    run: MatchRun, unchecked: list[Unchecked], left_out: dict[str, int], joined: int
) -> list[Todo]:
    """The most important first. Once published, nothing here can be put right any more."""
    if run.is_published:
        return []
    found = [
        not_weighed(run),
        people_joined(run, joined),
        changed_policy(run),
        missing_facts(unchecked),
        people_left_out(run, left_out),
        weak_pairs(run),
    ]
    return [todo for todo in found if todo]


def people_joined(run: MatchRun, joined: int) -> Todo | None:
    if not joined:
        return None
    return Todo(
        joined_since(joined),
        _("They are not in this run. Another one finds a counterpart for them, too."),
        reverse("pairs:run_list", args=[run.cohort_id]),
        _("Start another run"),
    )


def joined_since(joined: int) -> str:
    text = ngettext(
        "%(count)s person has joined since", "%(count)s people have joined since", joined
    )
    return text % {"count": intcomma(joined)}


def changed_policy(run: MatchRun) -> Todo | None:
    if has_changed_by_hand(run):
        title = _("What is kept together or apart by hand has changed since")
        text = _("These pairs were found before that.")
    elif has_changed(run):
        title = _("The policy has changed since")
        text = _("These pairs were found under the one before.")
    else:
        return None
    return Todo(
        title,
        text,
        reverse("pairs:run_list", args=[run.cohort_id]),
        _("Start another run"),
    )


def has_changed(run: MatchRun) -> bool:
    """Whether the program's policy asks something else of pairs now.

    Of a run under other rules than the program's, never.
    """
    if run.has_other_rules:
        return False
    now, then = run.cohort.program.policy, own_policy(run)
    return now.pairing_json() != then.pairing_json()


def has_changed_by_hand(run: MatchRun) -> bool:
    """Whether other couples are to be kept together or apart now. One query."""
    return bool(couple_rules_now(run.cohort_id) != run.couple_rules)


def not_weighed(run: MatchRun) -> Todo | None:
    found = unweighed(run)
    if not found:
        return None
    title, text = found
    href = reverse("programs:topics_import", args=[run.cohort_id])
    if "topics" in run.figures["not_used"]:
        return Todo(title, text, href, _("Read topics from a file"))
    policy = reverse("programs:policy_edit", args=[run.cohort.program_id])
    return Todo(title, text, policy, _("Look at the policy"))


def missing_facts(unchecked: list[Unchecked]) -> Todo | None:
    if not unchecked:
        return None
    text = _("Complete the directory and run again, or confirm them when you publish.")
    first = unchecked[0]
    if len(unchecked) == 1 and first.code == "reporting_line" and first.people:
        title = ngettext(
            "%(count)s reporting line is not known",
            "%(count)s reporting lines are not known",
            first.people,
        ) % {"count": intcomma(first.people)}
    else:
        title = ngettext(
            "%(count)s rule could not be checked for everybody",
            "%(count)s rules could not be checked for everybody",
            len(unchecked),
        ) % {"count": len(unchecked)}
    return Todo(title, text, "#unchecked", _("See which"))


def people_left_out(run: MatchRun, left_out: dict[str, int]) -> Todo | None:
    mentees, mentors = left_out["mentee"], left_out["mentor"]
    href = reverse("pairs:run_unplaced", args=[run.pk])
    if mentees:
        title = ngettext(
            "%(count)s mentee has no mentor", "%(count)s mentees have no mentor", mentees
        )
        text = _("Each is named with the reason: more mentors, or another rule, may help.")
        return Todo(title % {"count": intcomma(mentees)}, text, href, _("See why"))
    if mentors:
        title = ngettext(
            "%(count)s mentor has no mentee", "%(count)s mentors have no mentee", mentors
        )
        text = _("They are your reserve, should somebody leave.")
        return Todo(title % {"count": intcomma(mentors)}, text, href, _("See who"))
    return None


def weak_pairs(run: MatchRun) -> Todo | None:
    weak = run.figures["weak"]
    if not weak:
        return None
    title = ngettext("%(count)s pair is weak", "%(count)s pairs are weak", weak)
    text = _("More topics from their mentors, or more mentors, could lift it.")
    return Todo(title % {"count": intcomma(weak)}, text, "?quality=weak#pairs", _("See them"))
