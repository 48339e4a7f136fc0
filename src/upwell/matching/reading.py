"""The pairs and the proof of a document, read as what anybody may have written."""

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from upwell.matching.certificate import COUNTS, Certificate, Count
from upwell.matching.criteria import Ints
from upwell.matching.problem import Problem
from upwell.matching.said import said

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


def short(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "…"


def read(body: Document, problem: Problem, scale: Scale = POINTS) -> tuple[Ints, Certificate]:
    """The pairs and the proof of a document, as indices into the problem."""
    pairs = read_pairs(body, problem)
    _mentors, mentees = indices_of(problem)
    prices = np.zeros(len(problem.mentees), np.int64)
    entries = body.get("prices")
    if not isinstance(entries, dict):
        raise DocumentError(said("prices must be an object of mentees and points"))
    for person, points in entries.items():
        prices[index_of(mentees, person, "prices")] = whole_number(points, "prices")
    t, cover = whole_number(body.get("t"), "t"), read_cover(body, "cover", problem)
    proof = with_first(Certificate(t, prices, *cover), body, problem)
    if "floor" not in body:
        return pairs, proof
    steps = [
        (whole_number(score, "steps"), whole_number(bonus, "steps"))
        for score, bonus in map(couple, listed(body.get("steps"), "steps"))
    ]
    floor = points_of(body["floor"], scale)
    above = read_cover(body, "floor_cover", problem)
    return pairs, replace(
        proof,
        floor=floor,
        floor_count=read_count(body.get("floor_count")),
        floor_mentors=above[0],
        floor_mentees=above[1],
        steps=tuple(steps),
    )


def with_first(proof: Certificate, body: Document, problem: Problem) -> Certificate:
    """The proof with what it has where some people have several seats."""
    if "first" not in body and "covers" not in body:
        return proof
    first, covers = body.get("first"), body.get("covers")
    if not isinstance(first, dict) or set(first) != {"mentee", "mentor"}:
        raise DocumentError(said("first must hold mentee and mentor"))
    if not isinstance(covers, dict):
        raise DocumentError(said("covers must hold mentees and mentors"))
    return replace(
        proof,
        first_mentee=whole_number(first["mentee"], "first"),
        first_mentor=whole_number(first["mentor"], "first"),
        other_covers={read_count(key): read_cover(covers, key, problem) for key in covers},
    )


def read_count(stated: object) -> Count:
    for count in COUNTS:
        if stated == count:
            return count
    raise DocumentError(
        said("%(found)s is none of pairs, mentees and mentors", found=short(stated))
    )


def points_of(stated: object, scale: Scale) -> int:
    """The points that a figure was stated from."""
    if isinstance(stated, int | float) and not isinstance(stated, bool):
        points = stated * scale.factor * (-1 if scale.is_cost else 1)
        if abs(points) < 2**53 and scale.of(round(points)) == stated:
            return round(points)
    raise DocumentError(said("floor must hold a score, not %(found)s", found=short(stated)))


def couple(entry: object) -> list[Any]:
    if isinstance(entry, list) and len(entry) == 2:
        return entry
    raise DocumentError(said("steps must hold [score, bonus], not %(found)s", found=short(entry)))


def read_cover(body: Document, key: str, problem: Problem) -> tuple[Ints, Ints]:
    cover = body.get(key)
    if not isinstance(cover, dict) or set(cover) != {"mentors", "mentees"}:
        raise DocumentError(said("%(key)s must hold mentors and mentees", key=key))
    mentors, mentees = (
        np.array([index_of(ids, person, key) for person in listed(cover[side], side)], np.int64)
        for side, ids in zip(("mentors", "mentees"), indices_of(problem), strict=True)
    )
    return mentors, mentees


def read_pairs(body: Document, problem: Problem) -> Ints:
    mentors, mentees = indices_of(problem)
    pairs = [
        (index_of(mentors, pair[0], "pairs"), index_of(mentees, pair[1], "pairs"))
        for pair in listed(body.get("pairs"), "pairs")
        if is_couple(pair)
    ]
    return np.array(pairs, np.int64).reshape(-1, 2)


def indices_of(problem: Problem) -> tuple[dict[str, int], dict[str, int]]:
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


def index_of(ids: dict[str, int], person: object, where: str) -> int:
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
