"""The part of a run that is told to nobody: kept sealed with it, for every run alike.

Whoever has the prices of a proof, and the people, can read from them which pairs were not allowed;
and on a digest without a salt, couples can be tried out. So the certificate that is handed out goes
without its proof and with a salted digest, whether or not anybody has asked for anything. The whole
one is sealed together with the couples kept apart. It opens only while nobody who may have asked
has been erased: each of them has a share of its key, sealed as their own.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from upwell.matching.document import with_open_value, without_proof
from upwell.pairs.models import Couple, EarlierPair, MatchRun, RunShare
from upwell.pairs.models.choosing import MOST_CHOICES
from upwell.pairs.services.blocks import lists_of
from upwell.pairs.services.choices import read_orders
from upwell.people.models import Person
from upwell.policy import Policy, PrivateRequests
from upwell.programs.models import Cohort
from upwell.programs.services.background import read_backgrounds
from upwell.vault.scopes import Kind
from upwell.vault.services import erased_ids, seal, seal_all, unseal, unseal_all
from upwell.vault.shares import lock_text, new_share, unlock_text

LABEL = "pairs.run.private_part"
STEP = 4_096
"""The sealed part is filled up to a multiple of this, so that its length tells little."""


@dataclass(frozen=True)
class Asked:
    """Who is kept apart in private, and everybody who may have asked for it."""

    requests: PrivateRequests
    askers: tuple[UUID, ...]


@dataclass(frozen=True)
class PrivatePart:
    requests: PrivateRequests
    certificate: dict[str, Any]


class ErasedError(Exception):
    """The private part of a run is gone with the data of somebody who was erased."""


def private_requests(cohort: Cohort, policy: Policy, *, is_ranked: bool = False) -> Asked:
    """All that keeps people of a cohort apart in private, in no order that tells why.

    What they have asked for, and the pairs of all programs, in Upwell and from before. Where the
    policy weighs backgrounds, what they have agreed to let count, too: then everybody has a share,
    whether or not they have answered; so has everybody of a round in which people put short lists
    in order, where that ``is_ranked``. Raises VaultError where something cannot be read.
    """
    inside = cohort.enrollments.order_by().values("person")
    rows = Person.objects.filter(pk__in=inside).values_list("pk", "employee_id")
    ids = {pk: employee_id or str(pk) for pk, employee_id in rows}
    lists = lists_of(cohort)
    asked = {(person, one) for person, found in lists.items() for one in found}
    own = Couple.objects.filter(mentor__in=inside, mentee__in=inside).order_by()
    told = EarlierPair.objects.among(cohort).order_by()
    earlier = {one for rows in (own, told) for one in rows.values_list("mentor", "mentee")}
    couples = {
        (min(ids[a], ids[b]), max(ids[a], ids[b]))
        for a, b in asked | earlier
        if a in ids and b in ids
    }
    lived = read_backgrounds(cohort) if policy.preferences.background else {}
    backgrounds = {ids[person]: row for person, row in lived.items()}
    orders = read_orders(cohort) if is_ranked else {}
    rankings = {ids[one]: [ids[other] for other in order] for one, order in orders.items()}
    requests = PrivateRequests(
        tuple(sorted(couples)),
        secrets.token_hex(16),
        backgrounds,
        rankings if is_ranked else None,
    )
    return Asked(requests, tuple(sorted({*lists, *lived, *orders})))


def handed_out(whole: dict[str, Any], open_value: int) -> dict[str, Any]:
    """The certificate without what is told to nobody: its proof, and a part of its figures."""
    shown = without_proof(whole)
    return with_open_value(shown, open_value) if "private_preferences" in shown else shown


def seal_part(run: MatchRun, part: PrivatePart, askers: Iterable[UUID]) -> list[RunShare]:
    """Seal it into the run; both the run and the shares are to be saved by the caller.

    Raises ValidationError where nothing can be sealed, or somebody who may have asked was erased.
    """
    shares = [RunShare(run=run, person_id=person) for person in askers]
    words = [new_share() for _share in shares]
    if len(seal_all(shares, "secret", words)) < len(shares):
        raise ValidationError(_("Somebody of this run was erased meanwhile."))
    kept = {
        "couples": part.requests.couples,
        "salt": part.requests.salt,
        "backgrounds": part.requests.backgrounds,
        "rankings": part.requests.rankings,
        "filler": filler(part.requests.rankings or {}),
        "certificate": part.certificate,
    }
    text, own = json.dumps(kept), new_share()
    filled = text.ljust(-(-len(text) // STEP) * STEP)
    locked = lock_text(filled, [own, *words], label=LABEL, row=run.pk)
    seal(run, private_part=json.dumps({"own": own, "shares": len(shares), "locked": locked}))
    return shares


def filler(rankings: Mapping[str, Sequence[str]]) -> str:
    """As long as what could be ranked and is not, so that the length does not tell who has."""
    longest = max((len(json.dumps(one)) for one in rankings), default=0) + len(", ")
    ranked = sum(len(json.dumps([*order])) for order in rankings.values())
    return " " * max(0, len(rankings) * (MOST_CHOICES * longest + len("[]")) - ranked)


def private_part(run: MatchRun) -> PrivatePart:
    """Raises ErasedError where it is gone, VaultError where it cannot be read."""
    text = unseal(run, "private_part")
    shares = list(run.shares.all())
    words = unseal_all(shares, "secret").values()
    outer: dict[str, Any] = json.loads(str(text)) if text else {"shares": -1}
    if len(shares) != outer["shares"] or not all(words) or is_somebody_erased(run):
        raise ErasedError
    locked, keys = outer["locked"], [outer["own"], *map(str, words)]
    kept = json.loads(unlock_text(locked, keys, label=LABEL, row=run.pk))
    couples = tuple((first, second) for first, second in kept["couples"])
    requests = PrivateRequests(
        couples, kept["salt"], kept.get("backgrounds", {}), kept.get("rankings")
    )
    return PrivatePart(requests, kept["certificate"])


def is_somebody_erased(run: MatchRun) -> bool:
    """Whether anybody of the cohort was, so that the answer does not tell who had asked."""
    people = run.cohort.enrollments.order_by().values_list("person", flat=True)
    return not erased_ids(Kind.PERSON).isdisjoint(people)
