"""The certificate as a document that anyone can keep and check again."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from upwell.matching.blocking import stability_gaps
from upwell.matching.certificate import Certificate, Verdict
from upwell.matching.criteria import Ints
from upwell.matching.exact import are_pins
from upwell.matching.problem import Problem
from upwell.matching.reading import POINTS, Document, Scale, read, read_pairs, short
from upwell.matching.run import Objective
from upwell.matching.said import said
from upwell.matching.solve import Result
from upwell.matching.verification import verify

FORMAT = "upwell-certificate-1"

Shown = Callable[[str], str | int]
"""How an id is written in lists."""

OBJECTIVES: dict[Objective, str] = {
    "total": "most pairs, then the best total",
    "fair": "most pairs, then the best lowest scores, then the best total",
    "stable": "no two who would both rather have each other",
}


def document(
    problem: Problem,
    result: Result,
    stated: Mapping[str, Any],
    *,
    scale: Scale = POINTS,
    shown_id: Shown = str,
) -> Document:
    """Write a result down with its proof, under a digest of its own.

    ``stated`` is what else the certificate says, such as its policy; ``shown_id`` how people are
    named in lists, ``int`` where they are numbers. Prices of 0 are left out; prices and t are in
    points.
    """
    proof = result.certificate
    body: Document = {
        "format": FORMAT,
        "objective": OBJECTIVES[result.objective],
        "K": len(result.pairs),
        "value": scale.of(result.value),
        "bound": scale.of(result.bound),
        "t": proof.t,
        "prices": {problem.mentees[j]: int(proof.prices[j]) for j in np.flatnonzero(proof.prices)},
        "cover": shown_cover(problem, (proof.cover_mentors, proof.cover_mentees), shown_id),
        "pairs": [
            [shown_id(problem.mentors[i]), shown_id(problem.mentees[j])] for i, j in result.pairs
        ],
        "problem_digest": problem.digest(),
        **stated,
        **several_seats(problem, result, shown_id),
        **lowest_scores(problem, proof, scale, shown_id),
    }
    if result.is_stable:
        body["blocking_pairs"] = result.survey.blocking_pairs
        body["pairs_bound"] = result.pairs_bound
    return {**body, "certificate_digest": digest(body)}


def several_seats(problem: Problem, result: Result, shown_id: Shown) -> Document:
    """What a document says besides where some people have several seats."""
    proof = result.certificate
    if not proof.other_covers:
        return {}
    return {
        "mentees": result.counts.mentees,
        "mentors": result.counts.mentors,
        "first": {"mentee": proof.first_mentee, "mentor": proof.first_mentor},
        "covers": {
            count: shown_cover(problem, cover, shown_id)
            for count, cover in proof.other_covers.items()
        },
    }


def lowest_scores(problem: Problem, proof: Certificate, scale: Scale, shown_id: Shown) -> Document:
    """What a document says besides of the floor and the steps, where there is a floor."""
    if proof.floor is None:
        return {}
    cover = proof.floor_mentors, proof.floor_mentees
    return {
        "floor": scale.of(proof.floor),
        "floor_count": proof.floor_count,
        "floor_cover": shown_cover(problem, cover, shown_id),
        "steps": [list(step) for step in proof.steps],
    }


def shown_cover(
    problem: Problem, cover: tuple[Ints, Ints], shown_id: Shown
) -> dict[str, list[str | int]]:
    return {
        "mentors": [shown_id(problem.mentors[i]) for i in cover[0]],
        "mentees": [shown_id(problem.mentees[j]) for j in cover[1]],
    }


def digest(body: Document) -> str:
    """The sha256 of the canonical JSON (sorted keys, no spaces, UTF-8) less the digest itself."""
    kept = {key: value for key, value in body.items() if key != "certificate_digest"}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def without_proof(body: Document) -> Document:
    """The document less its proof, from which could be read what pairs were not allowed."""
    proof = {"t", "prices", "first", "cover", "covers", "floor_count", "floor_cover", "steps"}
    kept = {key: value for key, value in body.items() if key not in proof}
    return {**kept, "certificate_digest": digest(kept)}


def with_open_value(body: Document, value: int) -> Document:
    """The same document, where a part of the points is told to nobody: with the total of the rest.

    Its bound and its lowest score are left out: together with the pairs they would tell that part.
    """
    kept = {key: entry for key, entry in body.items() if key not in {"bound", "floor"}}
    kept["value"] = value
    return {**kept, "certificate_digest": digest(kept)}


def check_pairs(
    body: Document, problem: Problem, stated: Mapping[str, Any], scale: Scale = POINTS
) -> tuple[Verdict, list[str]]:
    """Check all of a document without its proof that can be checked; raises as ``check`` does.

    Its pairs keep every rule of the problem and have the total that it states; whether another
    assignment is better stays open.
    """
    everyone, nobody = np.arange(len(problem.mentors)), np.array([], np.int64)
    prices = np.zeros(len(problem.mentees), np.int64)
    verdict = verify(problem, read_pairs(body, problem), Certificate(0, prices, everyone, nobody))
    figures = {"format": FORMAT, "objective": aim_of(body), **stated}
    if verdict.is_feasible:
        figures |= {"K": verdict.pairs, "value": scale.of(verdict.value)}
        figures |= of_several(body, verdict)
    others = {"K", "value", "bound", "pairs", "problem_digest"}
    others |= body.keys() & {"floor", "mentees", "mentors", "blocking_pairs", "pairs_bound"}
    return verdict, [*verdict.faults, *untrue(body, figures, others)]


def check(
    body: Document,
    problem: Problem,
    stated: Mapping[str, Any],
    scale: Scale = POINTS,
    *,
    objective: Objective | None = None,
) -> tuple[Verdict, list[str]]:
    """Prove a document again, from the problem alone.

    Where an objective is asked for, a proof of another one is a fault.

    Returns
    -------
    verdict : what the proof shows.
    faults : everything that the document says and that is not so; none means that it is proven.

    Raises
    ------
    DocumentError
        If something in it cannot be read at all.
    """
    pairs, certificate = read(body, problem, scale)
    verdict = verify(problem, pairs, certificate)
    figures = {
        "format": FORMAT,
        "objective": aim_of(body),
        "problem_digest": problem.digest(),
        **stated,
    }
    faults = list(verdict.faults)
    if verdict.is_feasible:
        figures |= proven_figures(body, verdict, scale)
        faults += aim_gaps(problem, pairs, verdict, body, objective)
    others = {"K", "value", "bound", "t", "prices", "cover", "pairs"}
    if certificate.other_covers:
        others |= {"mentees", "mentors", "first", "covers"}
    if is_stable(body):
        others |= {"blocking_pairs", "pairs_bound"}
    elif certificate.floor is not None:
        figures["floor"] = scale.of(certificate.floor)
        others |= {"floor_count", "floor_cover", "steps"}
    return verdict, [*faults, *untrue(body, figures, others)]


def is_stable(body: Document) -> bool:
    """Whether a document is of stable pairs."""
    return "blocking_pairs" in body


def proven_figures(body: Document, verdict: Verdict, scale: Scale) -> dict[str, Any]:
    """The figures that a document must state, as its proof shows them."""
    figures = {
        "K": verdict.pairs,
        "value": scale.of(verdict.value),
        "bound": scale.of(verdict.bound),
        **of_several(body, verdict),
    }
    if is_stable(body):
        figures |= {"blocking_pairs": 0, "pairs_bound": verdict.pairs_bound}
    return figures


def of_several(body: Document, verdict: Verdict) -> dict[str, int]:
    """How many mentees and mentors have somebody, where the document says so besides the pairs."""
    counts = {"mentees": verdict.counts.mentees, "mentors": verdict.counts.mentors}
    return counts if "mentees" in body or "mentors" in body else {}


def aim_gaps(
    problem: Problem, pairs: Ints, verdict: Verdict, body: Document, objective: Objective | None
) -> list[str]:
    """What keeps allowed pairs from being what the document says they are, or was asked for."""
    gaps: list[str] = []
    if is_stable(body) or objective == "stable":
        gaps += stability_gaps(problem, pairs)
    if not is_stable(body) or objective in {"total", "fair"}:
        gaps += proof_gaps(verdict)
    if objective == "fair" and "floor" not in body and not are_pins(problem, pairs).all():
        gaps.append(said("not proven: the lowest scores may not be as good as can be"))
    return gaps


def aim_of(body: Document) -> str:
    """The objective that a document of its form has: of stable pairs, with a floor, or neither.

    Without a part of the points it has no floor, and its own word is taken.
    """
    if is_stable(body):
        return OBJECTIVES["stable"]
    if "bound" not in body and body.get("objective") == OBJECTIVES["fair"]:
        return OBJECTIVES["fair"]
    return OBJECTIVES["fair" if "floor" in body else "total"]


def untrue(body: Document, figures: Mapping[str, Any], others: set[str]) -> list[str]:
    """What the document says otherwise than the figures, or besides them and the other entries."""
    faults: list[str] = []
    if body.get("certificate_digest") != digest(body):
        faults.append(said("the certificate has been changed: its digest does not fit"))
    known = {*figures, *others, "certificate_digest"}
    faults += [said("unknown entry %(key)r", key=key) for key in body if key not in known]
    faults += [
        said(
            "%(key)s says %(stated)s, but it is %(found)s",
            key=key,
            stated=short(body.get(key)),
            found=short(value),
        )
        for key, value in figures.items()
        if not same(body.get(key), value)
    ]
    return faults


def proof_gaps(verdict: Verdict) -> list[str]:
    """What keeps an allowed assignment from being proven the best."""
    gaps = list(count_gaps(verdict))
    if not verdict.is_highest_floor:
        gaps.append(said("not proven: another assignment may have a better lowest score"))
    if not verdict.has_all_steps:
        gaps.append(said("not proven: the lowest scores may not be as good as can be"))
    if verdict.gap:
        bounds = {"most": verdict.bound, "value": verdict.value}
        gaps.append(said("not proven: a total of up to %(most)s, not %(value)s", **bounds))
    return gaps


def count_gaps(verdict: Verdict) -> Iterator[str]:
    found, most = verdict.counts, verdict.most
    if found.pairs < most.pairs:
        bounds = {"most": most.pairs, "pairs": found.pairs}
        yield said("not proven: up to %(most)s pairs, not %(pairs)s", **bounds)
    if found.mentees < most.mentees:
        bounds = {"most": most.mentees, "mentees": found.mentees}
        yield said("not proven: up to %(most)s mentees with a mentor, not %(mentees)s", **bounds)
    if found.mentors < most.mentors:
        bounds = {"most": most.mentors, "mentors": found.mentors}
        yield said("not proven: up to %(most)s mentors with a mentee, not %(mentors)s", **bounds)


def same(stated: object, found: object) -> bool:
    """Equal as JSON, so that 1, 1.0 and true are three things."""
    return json.dumps(stated, sort_keys=True) == json.dumps(found, sort_keys=True)
