"""`upwell repair`: the pairs of a certificate after people left, joined or changed."""

import argparse
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from upwell.cli.arguments import (
    RefusalError,
    command_name,
    load_certificate,
    load_mapping,
    load_policy,
    refusing,
    write_json,
)
from upwell.cli.case import PeopleCase
from upwell.cli.match import certificate, check_outputs, today, write_pairs
from upwell.cli.page import make_console, show_lines
from upwell.cli.repaired import Outcome, figures, show_repair
from upwell.cli.who import called, everyone
from upwell.cli.words import _, number
from upwell.matching.certificate import Certificate, Counts, no_people
from upwell.matching.criteria import SOFT_LIMIT
from upwell.matching.document import digest
from upwell.matching.explain import unmatched
from upwell.matching.problem import Problem
from upwell.matching.reading import is_couple, listed
from upwell.matching.repair import Repair, kept_pairs, not_worse, repair
from upwell.matching.solve import Result, solve
from upwell.policy.compile import Compiled, compile_problem
from upwell.policy.directions import ONE_WAY
from upwell.policy.policy import Policy
from upwell.sheets import Mapping, People, Reading, read_people

Couple = tuple[str, str]


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell repair",
        allow_abbrev=False,
        description=_(
            "Keep the pairs of a certificate as far as can be after people left, joined or "
            "changed, and show what more changes would gain."
        ),
    )
    add = result.add_argument
    add("previous", metavar="certificate", type=Path, help=_("the certificate of the pairs (json)"))
    add("people", type=Path, help=_("the file of people as they are now"))
    add("--leavers", metavar="PEOPLE", default="", help=_("who else has left, by ID or name"))
    add("--max-moved", metavar="K", type=int, help=_("change K pairs at most"))
    add("--policy", metavar="P.toml", type=Path, help=_("rules, if not those of the certificate"))
    add("--mapping", metavar="M.toml", type=Path, help=_("which column is what"))
    add("--anyway", action="store_true", help=_("go on though most of the paired people are gone"))
    add("--out", metavar="PAIRS", type=Path, help=_("write the pairs (csv, xlsx)"))
    add("--json", metavar="S.json", type=Path, help=_("write the summary"))
    add("--certificate", metavar="C.json", type=Path, help=_("write the certificate"))
    return result


def run(words: list[str]) -> int:
    """Run the command; 0 if the pairs were repaired and written as asked."""
    return refusing("repair", lambda: repaired(parser().parse_args(words)))


def repaired(asked: argparse.Namespace) -> int:
    check_outputs(asked, asked.previous, asked.people, asked.policy, asked.mapping)
    if asked.max_moved is not None and asked.max_moved < 0:
        raise RefusalError(_("--max-moved must be a number from 0."))
    body = load_certificate(asked.previous)
    check_certificate(body)
    stood = stood_before(body)
    now = situation(asked, body, stood)
    outcome = outcome_of(now, stood, asked.max_moved, body)
    if asked.json:
        write_json(asked.json, figures(outcome))
    if asked.certificate:
        write_json(asked.certificate, certificate(outcome.case, outcome.result))
    if asked.out:
        left_out = unmatched(outcome.case.problem, outcome.result)
        write_pairs(asked.out, outcome.case, outcome.result, left_out)
    console = make_console()
    show_repair(console, outcome)
    show_lines(console, closing_lines(asked), indent="")
    return 0


def check_certificate(body: dict[str, Any]) -> None:
    """Refuse what is no certificate of people, or was changed, or leaves out what must be kept."""
    if body.get("kind") != "people":
        raise RefusalError(_("Only pairs of people can be repaired, not those of a matrix."))
    if body["certificate_digest"] != digest(body):
        raise RefusalError(_("The certificate has been changed: its digest does not fit."))
    if body.get("private_requests") is True:
        raise RefusalError(
            _(
                "Some people have asked in private to be kept apart, which this certificate does "
                "not tell. Repair the pairs where Upwell runs."
            )
        )


def stood_before(body: dict[str, Any]) -> list[Couple]:
    """The pairs of a certificate, mentor and mentee by id."""
    pairs = [pair for pair in listed(body.get("pairs"), "pairs") if is_couple(pair)]
    return [(str(mentor), str(mentee)) for mentor, mentee in pairs]


def named_leavers(asked: argparse.Namespace, people: People, stood: list[Couple]) -> set[str]:
    """Who else has left, by id. Raises RefusalError for words that name nobody of the file or the
    pairs, and where a certificate could not be proven: over people who are still in the file.
    """
    leavers = everyone(people, asked.leavers, [person for couple in stood for person in couple])
    listed_still = [called(people, who) for who in leavers if who in people.row_of]
    if asked.certificate and listed_still:
        raise RefusalError(
            _(
                "A certificate is proven from the file of people alone. Take these out of it, or "
                "mark them as left: %(ids)s"
            )
            % {"ids": ", ".join(listed_still)}
        )
    return set(leavers)


@dataclass(frozen=True, eq=False)
class Situation:
    """The people as they are now, and under which policy."""

    reading: Reading
    people: People
    policy: Policy
    mapping: Mapping | None
    stood: tuple[Couple, ...]

    @cached_property
    def free(self) -> Problem:
        """The problem without any pair that is to be made."""
        return self.compiled(with_pins(self.policy, ())).problem

    def compiled(self, policy: Policy) -> Compiled:
        """The pairs that stood remain possible, whoever else might be the mentor."""
        return compile_problem(policy, self.people, stood=self.stood)

    def case(self, pins: Iterable[Couple]) -> PeopleCase:
        """The case in which these pairs are pinned, and the others are for the best total."""
        compiled = compile_problem(with_pins(self.policy, pins), self.people)
        stated = compiled.stated(today(), self.mapping.to_toml() if self.mapping else "")
        return PeopleCase(self.reading, compiled, stated)


def situation(asked: argparse.Namespace, body: dict[str, Any], stood: list[Couple]) -> Situation:
    """The people of the file under the policy. Raises RefusalError where they seem to be others."""
    policy = (
        load_policy(asked.policy, None, None, None)
        if asked.policy
        else Policy.from_values(body.get("policy"))
    )
    text = body.get("mapping")
    mapping = load_mapping(asked.mapping)
    if mapping is None and isinstance(text, str) and text:
        mapping = Mapping.from_toml(text)
    order = policy.levels.order or None
    reading = read_people(asked.people, mapping=mapping, level_order=order, today=today())
    leavers = named_leavers(asked, reading.people, stood)
    people = without_leavers(reading.people, leavers)
    now = Situation(reading, people, policy, mapping, tuple(stood))
    if not asked.anyway:
        check_same_people(now, stood, leavers)
    return now


def check_same_people(now: Situation, stood: list[Couple], leavers: set[str]) -> None:
    """Refuse people of whom most of the pairs are not made: another organization, most likely."""
    paired = {
        (side, who) for couple in stood for side, who in enumerate(couple) if who not in leavers
    }
    absent = sum(who not in now.reading.people.row_of for _side, who in paired)
    named = {"all": number(len(paired))}
    if 2 * absent > len(paired):
        text = _(
            "%(count)s of the %(all)s people in these pairs are not in the file. Is it a file of "
            "the same organization, with the same IDs? To go on all the same, add --anyway."
        )
        raise RefusalError(text % {**named, "count": number(absent)})
    sides = set(now.free.mentors), set(now.free.mentees)
    others = sum(who not in sides[side] for side, who in paired)
    if 2 * others > len(paired):
        text = _(
            "%(count)s of the %(all)s people in these pairs do not take part in their roles any "
            "more. Are the file and the policy those of the same organization? To go on all the "
            "same, add --anyway."
        )
        raise RefusalError(text % {**named, "count": number(others)})


def without_leavers(people: People, leavers: set[str]) -> People:
    """The same people, of whom some take no part; reporting lines still lead through them."""
    if not leavers:
        return people
    roles = people.roles or ("",) * len(people)
    left = ("none" if who in leavers else role for who, role in zip(people.ids, roles, strict=True))
    return replace(people, roles=tuple(left))


def with_pins(policy: Policy, pins: Iterable[Couple]) -> Policy:
    """The policy with other pins; a repair is for the best total."""
    pairs = policy.pairs.model_copy(update={"pin": tuple(pins)})
    return policy.model_copy(update={"pairs": pairs, "objective": "total"})


def outcome_of(
    now: Situation, stood: list[Couple], max_moved: int | None, body: dict[str, Any]
) -> Outcome:
    """Repair, and prove that nothing is better around the pairs that are kept."""
    free = now.free
    everybody = set(free.mentors), set(free.mentees)
    pins = [
        (mentor, mentee)
        for mentor, mentee in now.policy.pairs.pin
        if mentor in everybody[0]
        and mentee in everybody[1]
        and {ONE_WAY}.issuperset(
            free.rules_between(free.mentors.index(mentor), free.mentees.index(mentee))
        )
    ]
    problem = now.compiled(with_pins(now.policy, pins)).problem
    standing, lost = kept_pairs(problem, stood)
    start = earlier_proof(body, problem)
    found = repair(problem, standing, max_moved=max_moved, start=start)
    made = {(i, j) for i, j in found.chosen.pairs.tolist()}
    kept = [(i, j) for i, j in np.concatenate([problem.pins, standing]).tolist() if (i, j) in made]
    ids = [(problem.mentors[i], problem.mentees[j]) for i, j in kept]
    case = now.case(dict.fromkeys(ids))
    result = solve(case.problem)
    return Outcome(case, result, as_made(found, result), stood, lost, now.policy.objective)


def as_made(found: Repair, result: Result) -> Repair:
    """The repair with the figures of the pairs that are made around those that are kept.

    Kept pairs are pins, whose seats may turn who of two others mentors the other; so the result may
    be better than the option that was chosen.
    """
    chosen, counts = found.chosen, result.counts
    if (counts, result.value) == (chosen.counts, chosen.value):
        return found
    most, bound = (
        (counts, result.value)
        if chosen.is_exact
        else (
            Counts(*map(max, astuple(chosen.most), astuple(counts))),
            max(chosen.bound, result.value),
        )
    )
    better = replace(
        chosen, pairs=result.pairs, counts=counts, value=result.value, most=most, bound=bound
    )
    options = (better if each.moved == better.moved else each for each in found.options)
    return replace(found, options=not_worse(options), chosen=better)


def earlier_proof(body: dict[str, Any], problem: Problem) -> Certificate | None:
    """The prices of a certificate, which save time; None where it has none of plain scores."""
    t, first, prices = body.get("t"), body.get("first", {}), body.get("prices")
    if "floor" in body or not isinstance(first, dict) or not isinstance(prices, dict):
        return None
    earned = [first.get(side, 0) for side in ("mentor", "mentee")]
    points = [prices.get(person, 0) for person in problem.mentees]
    if not all(type(one) is int and abs(one) < SOFT_LIMIT for one in (t, *earned, *points)):
        return None
    return Certificate(
        int(t or 0),
        np.array(points, np.int64),
        no_people(),
        no_people(),
        first_mentor=earned[0],
        first_mentee=earned[1],
    )


def closing_lines(asked: argparse.Namespace) -> list[str]:
    """The files written, and the one next step."""
    files = [path for path in (asked.out, asked.json, asked.certificate) if path]
    lines = [_("Written: %(path)s") % {"path": path} for path in files]
    if asked.certificate:
        named = {"command": f"{command_name()} verify {asked.certificate} {asked.people}"}
        return [
            *lines,
            _("To prove it again: %(command)s") % named,
            _("Its policy pins the pairs that were kept. To repair again, add your own --policy."),
        ]
    if not files:
        return [_("Add --out pairs.xlsx to have the pairs with their reasons in a file.")]
    return lines
