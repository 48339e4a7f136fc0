"""Whether a run still fits the people, right before it is published."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from upwell.pairs.models import Couple, EarlierPair, MatchRun, Proposal
from upwell.pairs.queries import newcomers
from upwell.pairs.queries.naming import some
from upwell.pairs.services.blocks import blocked_couples
from upwell.pairs.services.levels import too_close
from upwell.policy import Policy, PolicyError
from upwell.policy.lines import ReportingLines
from upwell.programs.models import Enrollment
from upwell.programs.policy_faults import fault_sentence
from upwell.programs.services.lines import directory_lines
from upwell.vault.errors import VaultError

UNREADABLE = gettext_noop(
    "What people have asked for in private cannot be read at present. Tell your IT."
)
DirectoryRows = tuple[ReportingLines, dict[UUID, int]]
"""The lines of everybody, and the row of each."""


def current_proposals(run: MatchRun) -> list[Proposal]:
    """The pairs of a run with their people.

    Raises ValidationError where they cannot be made as they stand: somebody has left, was taken out
    or has said no, or two may not be paired any more.
    """
    related = run.proposals.select_related("mentor__person__level", "mentee__person__level")
    proposals = list(related.order_by("pk"))
    check_present(run, proposals)
    check_apart(run, proposals)
    check_levels(run, proposals)
    return proposals


def check_present(run: MatchRun, proposals: Sequence[Proposal]) -> None:
    people = [side.person for row in proposals for side in (row.mentor, row.mentee)]
    gone = dict.fromkeys(person.name for person in people if not person.is_active)
    if gone:
        raise ValidationError(
            ngettext(
                "%(names)s has left since this run. Start another one.",
                "%(names)s have left since this run. Start another one.",
                len(gone),
            )
            % {"names": some(gone)}
        )
    if len(proposals) < run.figures["pairs"]:
        raise withdrawn()
    sides = (side for row in proposals for side in (row.mentor, row.mentee))
    out = dict.fromkeys(
        side.person.name for side in sides if side.state != Enrollment.State.ENROLLED
    )
    if out:
        raise stepped_out(out)


def stepped_out(names: Collection[str]) -> ValidationError:
    return ValidationError(
        ngettext(
            "%(names)s has said since this run that they do not take part. Start another one.",
            "%(names)s have said since this run that they do not take part. Start another one.",
            len(names),
        )
        % {"names": some(names)}
    )


def withdrawn() -> ValidationError:
    return ValidationError(_("Somebody has been taken out since this run. Start another one."))


def check_apart(run: MatchRun, proposals: Sequence[Proposal]) -> None:
    """Refuse pairs within a reporting line of today, paired already, or asked to be apart."""
    couples = {(row.mentor.person_id, row.mentee.person_id): row for row in proposals}
    policy = Policy.from_json(run.policy_json)
    apart = {*in_line(policy, couples), *paired_before(couples), *asked_apart(run)}
    names = [named(row) for two, row in couples.items() if two in apart]
    if names:
        raise ValidationError(
            _(
                "Since this run, these must be kept apart"
                " (reporting line, earlier pair or private request): %(names)s. Start another run."
            )
            % {"names": some(names)}
        )


def check_levels(run: MatchRun, proposals: Sequence[Proposal]) -> None:
    """Refuse pairs who have come closer in level than the policy of the run allows."""
    couples = ((row.mentor.person, row.mentee.person) for row in proposals)
    close = set(too_close(Policy.from_json(run.policy_json), couples))
    names = [
        named(row) for row in proposals if (row.mentor.person_id, row.mentee.person_id) in close
    ]
    if names:
        raise ValidationError(
            _("Since this run, these have come too close in level: %(names)s. Start another run.")
            % {"names": some(names)}
        )


def named(row: Proposal) -> str:
    return f"{row.mentor.person} – {row.mentee.person}"


def check_complete(run: MatchRun) -> None:
    """Refuse a run that people of the cohort are not part of: they would be forgotten."""
    names = list(newcomers(run).values_list("person__name", flat=True))
    if names:
        raise ValidationError(
            ngettext(
                "%(names)s has joined since this run. Start another one, so that nobody is"
                " forgotten.",
                "%(names)s have joined since this run. Start another one, so that nobody is"
                " forgotten.",
                len(names),
            )
            % {"names": some(names)}
        )


def in_line(
    policy: Policy, couples: Iterable[tuple[UUID, UUID]], known: DirectoryRows | None = None
) -> Iterator[tuple[UUID, UUID]]:
    """Couples of whom one stands above the other today, as far up as the policy looks."""
    rules = policy.rules
    distance = rules.reporting_distance if rules.reporting_lines == "distance" else None
    return within(distance, couples, known)


def within(
    distance: int | None,
    couples: Iterable[tuple[UUID, UUID]],
    known: DirectoryRows | None = None,
) -> Iterator[tuple[UUID, UUID]]:
    """The same up to so many steps; None for any. Other couples of these people may be there."""
    lines, row_of = known or directory_lines()
    sides = [sorted({*side}) for side in zip(*couples, strict=True)]
    if not sides:
        return
    mentors, mentees = sides
    try:
        rows = [[row_of[pk] for pk in side] for side in sides]
        found = lines.pairs(rows[0], rows[1], distance)
    except PolicyError as error:
        raise ValidationError([fault_sentence(fault) for fault in error.faults]) from None
    for mentor, mentee in found:
        yield mentors[mentor], mentees[mentee]


def paired_before(couples: Iterable[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Those of the couples who are a pair by now, or have been one, in either role and anywhere."""
    ids = {person for couple in couples for person in couple}
    rows = {
        *Couple.objects.values_list("mentor", "mentee"),
        *EarlierPair.objects.values_list("mentor", "mentee"),
    }
    known = {(a, b) for a, b in rows if a in ids and b in ids}
    return known | {(b, a) for a, b in known}


def asked_apart(run: MatchRun) -> set[tuple[UUID, UUID]]:
    """Couples of whom one has asked for it, in both orders."""
    try:
        asked = blocked_couples(run.cohort)
    except VaultError:
        raise unreadable() from None
    return asked | {(meant, who) for who, meant in asked}


def unreadable() -> ValidationError:
    return ValidationError(_(UNREADABLE))
