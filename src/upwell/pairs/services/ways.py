"""The ways of a repair in words: who gets whom, which pairs end, and how good each way is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import Couple, Proposal, Repair
from upwell.pairs.queries.adrift import adrift_in
from upwell.pairs.services.words import reason_sentences
from upwell.people.models import Person
from upwell.programs.models import Enrollment


@dataclass(frozen=True)
class Standing:
    """Whose pairs are over, by name, and the couples that go on, each with mentor and mentee."""

    alone: dict[UUID, str]
    couples: list[tuple[int, UUID, UUID]]


@dataclass(frozen=True)
class Begun:
    """A pair that would begin."""

    mentor: Person
    mentee: Person
    quality: str
    label: str
    why: str


@dataclass(frozen=True)
class Way:
    """One way; ``number`` is its place among those found and ``name`` what people call it.

    ``ends`` are the pairs that would end, ``without`` names who would have nobody then, of those
    who had somebody, and ``hearing`` counts who would be told. ``worth`` is the share of its pairs
    that are strong, good ones counted half.
    """

    number: int
    name: str
    moved: int
    people: int
    worth: float
    proof: str
    begins: list[Begun]
    ends: list[Couple]
    without: list[str]
    hearing: int
    parts: list[dict[str, Any]]

    @property
    def is_advised(self) -> bool:
        return self.number == 0


def ways_of(repair: Repair) -> list[Way]:
    """All of them, as they were found. Five queries at most; who was deleted since is left out."""
    enrollments, couples = rows_of(repair)
    alone = {one.person_id: one.person.name for one in adrift_in(repair.cohort)}
    under_way = Couple.objects.active().filter(pair__cohort=repair.cohort).order_by()
    stood = list(under_way.values_list("pk", "mentor", "mentee"))
    return [
        way_of(number, option, enrollments, couples, Standing(alone, stood))
        for number, option in enumerate(repair.options)
    ]


def rows_of(repair: Repair) -> tuple[Mapping[UUID, Enrollment], Mapping[int, Couple]]:
    keys = {
        UUID(one[side])
        for option in repair.options
        for one in option["begins"]
        for side in ("mentor", "mentee")
    }
    places = ("person__level", "person__unit", "person__office")
    enrollments = Enrollment.objects.select_related(*places).in_bulk(keys)
    ends = {pk for option in repair.options for pk in option["ends"]}
    return enrollments, Couple.objects.with_people().in_bulk(ends)


def way_of(
    number: int,
    option: dict[str, Any],
    enrollments: Mapping[UUID, Enrollment],
    couples: Mapping[int, Couple],
    standing: Standing,
) -> Way:
    begins = [found for one in option["begins"] if (found := begun_of(one, enrollments))]
    ends = [couples[pk] for pk in option["ends"] if pk in couples]
    people = [
        *(side for one in begins for side in (one.mentor, one.mentee)),
        *(side for one in ends for side in (one.mentor, one.mentee)),
    ]
    return Way(
        number=number,
        name=_("Way %(number)s") % {"number": number + 1},
        moved=option["moved"],
        people=option["people"],
        worth=worth_of(option),
        proof=proof_of(option),
        begins=begins,
        ends=ends,
        without=without_anybody(begins, ends, standing),
        hearing=len({person.pk for person in people if person.is_active}),
        parts=[
            {"kind": quality.value, "label": quality.label, "count": option[quality.value]}
            for quality in Proposal.Quality
        ],
    )


def without_anybody(begins: list[Begun], ends: list[Couple], standing: Standing) -> list[str]:
    """By name, of those who are here: whoever is in no pair that stays or begins."""
    over = {one.pk for one in ends}
    placed = {who for pk, *two in standing.couples if pk not in over for who in two}
    placed |= {side.pk for one in begins for side in (one.mentor, one.mentee)}
    ended = [side for one in ends for side in (one.mentor, one.mentee)]
    left = {side.pk: side.name for side in ended if side.is_active}
    return sorted(name for pk, name in (standing.alone | left).items() if pk not in placed)


def worth_of(option: dict[str, Any]) -> float:
    """From the bands of its pairs alone: totals would tell what is told to nobody."""
    counts: list[int] = [option[quality] for quality in Proposal.Quality.values]
    strong, good, _weak = counts
    return (strong + good / 2) / max(1, sum(counts))


def begun_of(one: dict[str, Any], enrollments: Mapping[UUID, Enrollment]) -> Begun | None:
    mentor, mentee = (enrollments.get(UUID(one[side])) for side in ("mentor", "mentee"))
    if mentor is None or mentee is None:
        return None
    why = " ".join(reason_sentences(one["reasons"], mentee=mentee.person.name))
    label = str(Proposal.Quality(one["quality"]).label)
    return Begun(mentor.person, mentee.person, one["quality"], label, why)


def proof_of(option: dict[str, Any]) -> str:
    """What is certain of it."""
    moved = option["moved"]
    if option["is_exact"] and not moved:
        return _("Proven: nothing that keeps every other pair is better.")
    if option["is_exact"]:
        text = ngettext(
            "Proven: nothing that changes at most %(count)s other pair is better.",
            "Proven: nothing that changes at most %(count)s other pairs is better.",
            moved,
        )
        return text % {"count": moved}
    return {
        "little": _("Not proven best: another way with as few changes may be a little better."),
        "some": _("Not proven best: another way with as few changes may be somewhat better."),
    }.get(option["gap"], _("Not proven best: another way with as few changes may be better."))
