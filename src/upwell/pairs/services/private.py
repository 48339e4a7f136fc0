"""The part of a run that private requests have made: kept sealed with it, and shown to nobody.

Whoever has the prices of a proof, and the people, can read from them which pairs were not allowed.
So the certificate that is handed out goes without its proof where there is a private request, and
the whole one is sealed together with the couples.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from upwell.pairs.models import MatchRun
from upwell.pairs.services.blocks import blocked_couples
from upwell.people.models import Person
from upwell.policy import PrivateRequests
from upwell.programs.models import Cohort
from upwell.vault.services import seal, unseal

STEP = 4_096
"""The sealed part is filled up to a multiple of this, so that its length tells little."""


@dataclass(frozen=True)
class PrivatePart:
    requests: PrivateRequests
    certificate: dict[str, Any]


def private_requests(cohort: Cohort) -> PrivateRequests | None:
    """Those between people of a cohort, in no order that tells who asked; None for none."""
    inside = cohort.enrollments.order_by().values("person")
    rows = Person.objects.filter(pk__in=inside).values_list("pk", "employee_id")
    ids = {pk: employee_id or str(pk) for pk, employee_id in rows}
    couples = {
        (min(ids[a], ids[b]), max(ids[a], ids[b]))
        for a, b in blocked_couples(cohort)
        if a in ids and b in ids
    }
    return PrivateRequests(tuple(sorted(couples)), secrets.token_hex(16)) if couples else None


def seal_part(run: MatchRun, part: PrivatePart) -> None:
    text = json.dumps(
        {
            "couples": part.requests.couples,
            "salt": part.requests.salt,
            "certificate": part.certificate,
        }
    )
    seal(run, private_part=text.ljust(-(-len(text) // STEP) * STEP))


def private_part(run: MatchRun) -> PrivatePart | None:
    """None for a run without private requests, and for one whose part was erased.

    Raises VaultError where it cannot be read.
    """
    text = unseal(run, "private_part")
    if not text:
        return None
    kept = json.loads(str(text))
    couples = tuple((first, second) for first, second in kept["couples"])
    return PrivatePart(PrivateRequests(couples, kept["salt"]), kept["certificate"])
