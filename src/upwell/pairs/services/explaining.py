"""Two people of a run explained: why they are a pair, or what it would take, and who else there is.

All costs are those of the best that is open, and told in three bands. So the answer is one function
of what whoever runs the cohort may know, and the same whether or not anybody asked for something in
private.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from upwell.matching.exact import pair_score
from upwell.matching.explain import could_give
from upwell.matching.regret import SIDES, Regret, Role
from upwell.matching.stored import Kept
from upwell.pairs.models import MatchRun, Proposal, RunFindings
from upwell.pairs.services.proof import not_among, why_not
from upwell.pairs.services.words import reason_sentences
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.policy.phrases import Cost, cost, cost_text, graded, open_names, rule_names
from upwell.programs.models import Enrollment

OTHERS = 3
PLACES = tuple(f"person__{name}" for name in ("level", "unit", "office"))
PLACE = 16
"""The bytes of an enrollment's id."""


@dataclass(frozen=True)
class Other:
    """Somebody else for one of two people: how good, at what cost, and whom they have now."""

    person: Person
    quality: str
    label: str
    costs: str
    has: list[str]


@dataclass(frozen=True)
class Explained:
    """What is known of two people in a run, in words.

    ``reasons`` are those of a pair, ``rules`` what stands between two who are none; ``costs`` what
    it would cost to pair them and ``takes`` what could bring them together, where that is known.
    ``others`` are the best other counterparts of each, by role; ``has`` whom they have.
    """

    mentor: Person
    mentee: Person
    is_pair: bool
    quality: str = ""
    label: str = ""
    reasons: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    costs: str = ""
    takes: list[str] = field(default_factory=list)
    has: dict[str, list[str]] = field(default_factory=dict)
    others: dict[str, list[Other]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Looked:
    """The findings of a run at hand: the problem and who is who in it."""

    run: MatchRun
    policy: Policy
    kept: Kept
    places: bytes

    def index_of(self, role: Role, enrollment: Enrollment) -> int:
        """Raises ValidationError for somebody who is not on that side."""
        first, end = self.span(role)
        at = self.places.find(enrollment.pk.bytes, first * PLACE, end * PLACE)
        while at % PLACE and at >= 0:  # the end of one and the start of the next
            at = self.places.find(enrollment.pk.bytes, at + 1, end * PLACE)
        if at < 0:
            raise not_among(enrollment)
        return at // PLACE - first

    def enrollment_at(self, role: Role, index: int) -> UUID:
        start = (self.span(role)[0] + index) * PLACE
        return UUID(bytes=self.places[start : start + PLACE])

    def span(self, role: Role) -> tuple[int, int]:
        mentors, mentees = len(self.kept.problem.mentors), len(self.kept.problem.mentees)
        return (0, mentors) if role == "mentor" else (mentors, mentors + mentees)


def explain_two(run: MatchRun, mentor: Enrollment, mentee: Enrollment) -> Explained:
    """Everything that can be told of two people. Raises ValidationError for who is not in the run,
    or once what it was computed from is deleted.
    """
    if not (run.inputs and run.has_inputs):
        raise ValidationError(
            _("What this run was computed from is deleted, so it can no longer be explained.")
        )
    proposal = run.proposals.filter(mentor=mentor, mentee=mentee).first()
    looked, has = look_at(run), counterparts(run, [mentor.pk, mentee.pk])
    told = Explained(
        mentor.person,
        mentee.person,
        is_pair=proposal is not None,
        has={"mentor": has[mentor.pk], "mentee": has[mentee.pk]},
    )
    if proposal:
        told = of_pair(told, proposal)
    elif looked is None:
        return replace(told, rules=why_not(run, mentor, mentee))
    if looked is None:
        return told
    at = looked.index_of("mentor", mentor), looked.index_of("mentee", mentee)
    found = told if proposal else what_it_takes(told, looked, at)
    return replace(found, others=all_others(looked, at))


def of_pair(told: Explained, proposal: Proposal) -> Explained:
    return replace(
        told,
        quality=proposal.quality,
        label=str(proposal.get_quality_display()),
        reasons=reason_sentences(proposal.reasons, mentee=told.mentee.name),
    )


def look_at(run: MatchRun) -> Looked | None:
    """None while the findings are not made yet, and once they are deleted."""
    found = RunFindings.objects.filter(run=run).exclude(arrays=b"").first()
    if found is None:
        return None
    kept = Kept.from_bytes(bytes(found.arrays))
    return Looked(run, Policy.from_json(run.policy_json), kept, bytes(found.enrollments))


def what_it_takes(told: Explained, looked: Looked, at: tuple[int, int]) -> Explained:
    """The rules between two, or what pairing them would cost and what could bring them together."""
    problem, residual = looked.kept.problem, looked.kept.residual
    rules = rule_names(problem.rules_between(*at), translation)
    if rules or residual is None:
        return replace(told, rules=rules)
    if list(at) in looked.kept.pairs.tolist():
        return replace(told, costs=cost_text("little", translation))
    regret = residual.of_pair(*at)
    if regret is None:
        return told
    band = band_of(looked, regret)
    is_exact = regret.is_exact and not regret.weakens and regret.points > 0
    codes = could_give(problem, *at, regret.points) if is_exact and band != "little" else ()
    takes = open_names(problem, codes, translation)
    return replace(told, costs=cost_text(band, translation), takes=takes)


def costs_of(looked: Looked, regret: Regret) -> str:
    return cost_text(band_of(looked, regret), translation)


def band_of(looked: Looked, regret: Regret) -> Cost:
    """Nothing and a little are one: else who costs nothing and is no pair would tell.

    So nothing else is said of those in it either, for of nothing there would be nothing to say.
    """
    name = cost(regret, looked.run.figures["full_score"])
    return "little" if name == "nothing" else name


def all_others(looked: Looked, at: tuple[int, int]) -> dict[str, list[Other]]:
    """The best other counterparts of both, by the role of whose they would be."""
    if looked.kept.residual is None:
        return {}
    sides = {role: SIDES[1 - number] for number, role in enumerate(SIDES)}
    two = tuple(looked.enrollment_at(role, at[number]) for number, role in enumerate(SIDES))
    rows = looked.run.proposals.filter(mentor=two[0]) | looked.run.proposals.filter(mentee=two[1])
    theirs = {two, *rows.order_by().values_list("mentor", "mentee")}
    found = {
        role: others_of(
            looked,
            role,
            at[number],
            but={pair[1 - number] for pair in theirs if pair[number] == two[number]},
        )
        for number, role in enumerate(SIDES)
    }
    wanted = [
        looked.enrollment_at(sides[role], other)
        for role, rows in found.items()
        for other, _score, _costs in rows
    ]
    people = Enrollment.objects.select_related(*PLACES).in_bulk(wanted)
    has = counterparts(looked.run, wanted)
    return {
        role: list(in_words(looked, sides[role], rows, people, has)) for role, rows in found.items()
    }


Found = tuple[int, int, str]
"""Somebody by index, the score of the pair, and what it would cost."""


def others_of(looked: Looked, role: Role, person: int, *, but: set[UUID]) -> list[Found]:
    """The best counterparts of a person but some: whom the open best gives them, then the rest."""
    kept, side = looked.kept, SIDES.index(role)
    made, little = kept.pairs[kept.pairs[:, side] == person], cost_text("little", translation)
    found: list[Found] = [
        (pair[1 - side], pair_score(kept.problem, *pair), little) for pair in made.tolist()
    ]
    most = OTHERS + len(but)
    for regret in kept.residual.of_person(role, person, most) if kept.residual else ():
        other = regret.mentee if role == "mentor" else regret.mentor
        found.append((other, regret.score, costs_of(looked, regret)))
    theirs = SIDES[1 - side]
    return [one for one in found if looked.enrollment_at(theirs, one[0]) not in but][:OTHERS]


def in_words(
    looked: Looked,
    role: Role,
    rows: Iterable[Found],
    people: dict[UUID, Enrollment],
    has: dict[UUID, list[str]],
) -> Iterator[Other]:
    full, bounds = looked.run.figures["full_score"], looked.policy.quality
    for index, score, costs in rows:
        pk = looked.enrollment_at(role, index)
        if pk in people:
            quality = Proposal.Quality(graded(score, full, bounds))
            yield Other(people[pk].person, quality, str(quality.label), costs, has[pk])


def counterparts(run: MatchRun, enrollments: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The names of those whom these people have in the run. One query."""
    asked = list(enrollments)
    rows = run.proposals.filter(mentor__in=asked) | run.proposals.filter(mentee__in=asked)
    found: dict[UUID, list[str]] = defaultdict(list)
    for row in rows.select_related("mentor__person", "mentee__person"):
        found[row.mentor_id].append(row.mentee.person.name)
        found[row.mentee_id].append(row.mentor.person.name)
    return found
