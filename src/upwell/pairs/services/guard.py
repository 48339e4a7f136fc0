"""Published pairs held against the directory of today, again and again."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from upwell.delivery.jobs import enqueue
from upwell.delivery.models import Job
from upwell.pairs.models import Conflict, Couple, MatchRun
from upwell.pairs.services.alerts import tell_managers
from upwell.pairs.services.current import in_line
from upwell.pairs.services.levels import too_close
from upwell.people.models import Directory
from upwell.policy import Policy
from upwell.programs.models import Program
from upwell.programs.services.lines import directory_lines
from upwell.programs.services.table import told

GUARD = "upwell.pairs.services.guard_pairs"
EVERY = timedelta(days=1)
ATTEMPTS = 5
BATCH = 1_000
Report = Callable[[dict[str, Any]], None]
Broken = set[tuple[int, str]]
"""Rules by the couple that breaks them."""


def guard_daily() -> None:
    """Ask for a check where none was asked for since a day; called on each tick of a worker."""
    lately = Job.objects.filter(service=GUARD, created_at__gt=timezone.now() - EVERY)
    if not lately.exists() and Couple.objects.active().exists():
        enqueue(GUARD, "")


def guard_pairs(target: str, *, report: Report) -> None:
    """Note which pairs under way now stand in one reporting line, or too close in level.

    The rules are those of the run that made the pair, or of the program now where none did.
    Nothing is ended; what holds no longer is forgotten, and managers are told of what is new.
    Harmless when run twice. ``target`` is of no account.
    """
    for _attempt in range(ATTEMPTS):
        revision, _columns = told()
        broken = broken_rules(timezone.localdate())
        report({"pairs": len(broken)})
        if keep(broken, revision):
            return
    raise RuntimeError("the directory kept changing while pairs were held against it")


def broken_rules(today: date) -> Broken:
    """What breaks which rule in the directory as it stands."""
    by_policy = couples_by_policy(today)
    known = directory_lines() if by_policy else None
    found: Broken = set()
    for text, couples in by_policy.items():
        policy = Policy.from_json(text)
        at = {(couple.mentor_id, couple.mentee_id): couple.pk for couple in couples}
        lines = in_line(policy, at, known)
        found |= {(at[two], Conflict.Rule.REPORTING_LINE.value) for two in lines if two in at}
        close = too_close(policy, ((couple.mentor, couple.mentee) for couple in couples))
        found |= {(at[two], Conflict.Rule.LEVEL_GAP.value) for two in close}
    return found


def couples_by_policy(today: date) -> dict[str, list[Couple]]:
    """The couples under way, of cohorts that have not ended, by the text of their policy."""
    people = ("pair__cohort", "mentor__level", "mentee__level")
    couples = [
        couple
        for couple in Couple.objects.active().select_related(*people).defer("pair__reasons")
        if couple.pair.cohort.ends_on > today
    ]
    made = {one.pair.run_id for one in couples if one.pair.run_id is not None}
    runs = MatchRun.objects.only("policy_json").in_bulk(made)
    without = {one.pair.cohort.program_id for one in couples if one.pair.run_id is None}
    programs = Program.objects.only("policy_json").in_bulk(without)
    found: dict[str, list[Couple]] = defaultdict(list)
    for couple in couples:
        run = runs.get(couple.pair.run_id) if couple.pair.run_id else None
        source = run or programs[couple.pair.cohort.program_id]
        found[source.policy_json].append(couple)
    return found


def keep(broken: Broken, revision: int) -> bool:
    """Make the conflicts those found; False where the directory has changed since it was read."""
    with transaction.atomic():
        row = Directory.objects.select_for_update().filter(pk=1).first()
        if (row.revision if row else 0) != revision:
            return False
        known = {(one.couple_id, one.rule): one.pk for one in Conflict.objects.all()}
        gone = [pk for key, pk in known.items() if key not in broken]
        for start in range(0, len(gone), BATCH):
            Conflict.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        still = set(Couple.objects.values_list("pk", flat=True)) if broken else set()
        new = [
            Conflict(couple_id=couple, rule=rule)
            for couple, rule in sorted(broken - known.keys())
            if couple in still
        ]
        Conflict.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
        tell_managers([(one.couple_id, one.rule) for one in new])
    return True
