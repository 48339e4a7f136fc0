"""The certificate as a document that anyone can keep and check again."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from upwell.matching.certificate import Certificate, Verdict, verify
from upwell.matching.problem import Ints, Problem
from upwell.matching.said import said
from upwell.matching.solve import Result

FORMAT = "upwell-certificate-1"
OBJECTIVE = "most pairs, then the best total"

Document = dict[str, Any]


@dataclass(frozen=True)
class Scale:
    """How points are stated: divided by a factor, and as costs where less is better."""

    factor: int = 1
    is_cost: bool = False

    def of(self, points: int) -> int | float:
        signed = -points if self.is_cost else points
        return signed if self.factor == 1 else signed / self.factor


POINTS = Scale()


class DocumentError(ValueError):
    """The document is not a certificate, or not one of this problem; the text says why."""


def document(
    problem: Problem,
    result: Result,
    stated: Mapping[str, Any],
    *,
    scale: Scale = POINTS,
    shown_id: Callable[[str], str | int] = str,
) -> Document:
    """Write a result down with its proof, under a digest of its own.

    ``stated`` is what else the certificate says, such as its policy; ``shown_id`` how people are
    named in lists, ``int`` where they are numbers. Prices of 0 are left out; prices and t are in
    points.
    """
    proof = result.certificate
    prices = {problem.mentees[j]: int(proof.prices[j]) for j in np.flatnonzero(proof.prices)}
    body: Document = {
        "format": FORMAT,
        "objective": OBJECTIVE,
        "K": len(result.pairs),
        "value": scale.of(result.value),
        "bound": scale.of(result.bound),
        "t": proof.t,
        "prices": prices,
        "cover": {
            "mentors": [shown_id(problem.mentors[i]) for i in proof.cover_mentors],
            "mentees": [shown_id(problem.mentees[j]) for j in proof.cover_mentees],
        },
        "pairs": [
            [shown_id(problem.mentors[i]), shown_id(problem.mentees[j])] for i, j in result.pairs
        ],
        "problem_digest": problem.digest(),
        **stated,
    }
    return {**body, "certificate_digest": digest(body)}


def digest(body: Document) -> str:
    """The sha256 of the canonical JSON (sorted keys, no spaces, UTF-8) less the digest itself."""
    kept = {key: value for key, value in body.items() if key != "certificate_digest"}
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def without_proof(body: Document) -> Document:
    """The document less its proof, from which could be read what pairs were not allowed."""
    kept = {key: value for key, value in body.items() if key not in {"t", "prices", "cover"}}
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
    figures = {"format": FORMAT, "objective": OBJECTIVE, **stated}
    if verdict.is_feasible:
        figures |= {"K": verdict.pairs, "value": scale.of(verdict.value)}
    others = {"K", "value", "bound", "pairs", "problem_digest"}
    return verdict, [*verdict.faults, *untrue(body, figures, others)]


def check(
    body: Document, problem: Problem, stated: Mapping[str, Any], scale: Scale = POINTS
) -> tuple[Verdict, list[str]]:
    """Prove a document again, from the problem alone.

    Returns
    -------
    verdict : what the proof shows.
    faults : everything that the document says and that is not so; none means that it is proven.

    Raises
    ------
    DocumentError
        If something in it cannot be read at all.
    """
    pairs, certificate = read(body, problem)
    verdict = verify(problem, pairs, certificate)
    faults = list(verdict.faults)
    figures = {
        "format": FORMAT,
        "objective": OBJECTIVE,
        "problem_digest": problem.digest(),
        **stated,
    }
    if verdict.is_feasible:
        figures["K"] = verdict.pairs
        figures["value"] = scale.of(verdict.value)
        figures["bound"] = scale.of(verdict.bound)
        faults += proof_gaps(verdict)
    others = {"K", "value", "bound", "t", "prices", "cover", "pairs"}
    return verdict, [*faults, *untrue(body, figures, others)]


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
    gaps: list[str] = []
    if verdict.pairs < verdict.pairs_bound:
        bounds = {"most": verdict.pairs_bound, "pairs": verdict.pairs}
        gaps.append(said("not proven: up to %(most)s pairs, not %(pairs)s", **bounds))
    if verdict.gap:
        bounds = {"most": verdict.bound, "value": verdict.value}
        gaps.append(said("not proven: a total of up to %(most)s, not %(value)s", **bounds))
    return gaps


def same(stated: object, found: object) -> bool:
    """Equal as JSON, so that 1, 1.0 and true are three things."""
    return json.dumps(stated, sort_keys=True) == json.dumps(found, sort_keys=True)


def short(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"


def read(body: Document, problem: Problem) -> tuple[Ints, Certificate]:
    """The pairs and the proof of a document, as indices into the problem."""
    pairs = read_pairs(body, problem)
    mentors, mentees = places(problem)
    prices = np.zeros(len(problem.mentees), np.int64)
    entries = body.get("prices")
    if not isinstance(entries, dict):
        raise DocumentError(said("prices must be an object of mentees and points"))
    for person, points in entries.items():
        prices[place(mentees, person, "prices")] = whole_number(points, "prices")
    cover = body.get("cover")
    if not isinstance(cover, dict) or set(cover) != {"mentors", "mentees"}:
        raise DocumentError(said("cover must hold mentors and mentees"))
    sides = (("mentors", mentors), ("mentees", mentees))
    covers = [
        np.array([place(ids, person, "cover") for person in listed(cover[side], side)], np.int64)
        for side, ids in sides
    ]
    proof = Certificate(whole_number(body.get("t"), "t"), prices, covers[0], covers[1])
    return pairs, proof


def read_pairs(body: Document, problem: Problem) -> Ints:
    mentors, mentees = places(problem)
    pairs = [
        (place(mentors, pair[0], "pairs"), place(mentees, pair[1], "pairs"))
        for pair in listed(body.get("pairs"), "pairs")
        if is_couple(pair)
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)


def places(problem: Problem) -> tuple[dict[str, int], dict[str, int]]:
    """The index of each id, mentors and mentees."""
    sides = (problem.mentors, problem.mentees)
    mentors, mentees = ({person: index for index, person in enumerate(side)} for side in sides)
    return mentors, mentees


def is_couple(pair: object) -> bool:
    if isinstance(pair, list) and len(pair) == 2:
        return True
    raise DocumentError(said("pairs must hold [mentor, mentee], not %(found)s", found=short(pair)))


def listed(value: object, name: str) -> list[Any]:
    if isinstance(value, list):
        return value
    raise DocumentError(said("%(name)s must be a list", name=name))


def place(ids: dict[str, int], person: object, where: str) -> int:
    name = str(person) if isinstance(person, int) else person
    if isinstance(name, str) and name in ids:
        return ids[name]
    named = {"where": where, "found": short(person)}
    raise DocumentError(
        said("%(where)s names %(found)s, who is not among those to be matched", **named)
    )


def whole_number(value: object, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62:
        return value
    raise DocumentError(
        said("%(name)s must hold whole numbers, not %(found)s", name=name, found=short(value))
    )
