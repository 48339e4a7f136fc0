"""`upwell explain`: why two people were paired or not, and what it would cost to pair them."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from upwell.cli.arguments import RefusalError, load_certificate, refusing
from upwell.cli.case import PeopleCase
from upwell.cli.made import counterparts, name_of, why_made, why_not_made
from upwell.cli.page import make_console, show_aligned, show_lines, show_text
from upwell.cli.verify import case_of, checked, is_without_proof
from upwell.cli.who import called, the_one
from upwell.cli.words import _, translations
from upwell.matching.criteria import Ints
from upwell.matching.exact import pair_score
from upwell.matching.explain import could_give, explain
from upwell.matching.reading import read, read_pairs
from upwell.matching.regret import SIDES, Regret, Residual, Role
from upwell.policy.phrases import (
    LITTLE,
    MUCH,
    cost,
    cost_text,
    enumerated,
    open_names,
    quality,
    quality_word,
    rule_names,
)
from upwell.policy.reasons import reason_text, reasons

MOST_ALTERNATIVES = 5


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell explain",
        allow_abbrev=False,
        description=_("Say why two people were paired or not, and what pairing them would cost."),
    )
    result.add_argument("certificate", type=Path, help=_("the certificate (json)"))
    result.add_argument("people", type=Path, help=_("the file of people it is about"))
    result.add_argument("mentor", help=_("ID, e-mail address or name of the mentor"))
    result.add_argument("mentee", help=_("ID, e-mail address or name of the mentee"))
    return result


def run(words: list[str]) -> int:
    """Run the command: 0 explained, 2 not understood."""
    return refusing("explain", lambda: explained(parser().parse_args(words)))


def explained(asked: argparse.Namespace) -> int:
    body = load_certificate(asked.certificate)
    case = people_of(body, asked)
    mentor, mentee = two_of(case, asked.mentor, asked.mentee)
    console = make_console()
    pairs, residual = standing(body, case)
    console.print()
    if [mentor, mentee] in pairs.tolist():
        show_made(console, case, mentor, mentee)
    else:
        show_not_made(console, case, (mentor, mentee), pairs, residual)
    if residual is not None:
        people: tuple[tuple[Role, int], ...] = (("mentee", mentee), ("mentor", mentor))
        for role, person in people:
            show_alternatives(
                console, case, residual.of_person(role, person, MOST_ALTERNATIVES), role
            )
        console.print()
        show_text(console, legend())
    console.print()
    return 0


def people_of(body: dict[str, Any], asked: argparse.Namespace) -> PeopleCase:
    """The people and the policy of a certificate."""
    asked.scores = None
    if not asked.people.is_file():
        raise RefusalError(_("There is no file %(path)s.") % {"path": asked.people})
    case = case_of(body, asked)
    if not isinstance(case, PeopleCase):
        raise RefusalError(_("A matrix has no reasons; only certificates of people have."))
    return case


def standing(body: dict[str, Any], case: PeopleCase) -> tuple[Ints, Residual | None]:
    """The pairs, and what others would cost where the proof is there and holds.

    Raises RefusalError for a certificate that does not hold for these people.
    """
    _verdict, faults = checked(body, case)
    if faults:
        raise RefusalError(
            _("The certificate does not hold for these people; upwell verify says why.")
        )
    if is_without_proof(body) or "blocking_pairs" in body:
        return read_pairs(body, case.problem), None
    pairs, proof = read(body, case.problem, case.scale)
    return pairs, Residual.of(case.problem, pairs, proof)


def two_of(case: PeopleCase, mentor: str, mentee: str) -> tuple[int, int]:
    """The indices of the mentor and the mentee whom the words name. Raises RefusalError."""
    people, sides = case.compiled.people, (case.problem.mentors, case.problem.mentees)
    found = [
        the_one(people, asked, rather=side)
        for asked, side in zip((mentor, mentee), sides, strict=True)
    ]
    named = {role: called(people, who) for role, who in zip(SIDES, found, strict=True)}
    if found[0] in sides[1] and found[1] in sides[0] and found[0] not in sides[0]:
        text = _("%(mentor)s is a mentee, and %(mentee)s a mentor. Name the mentor first.")
        raise RefusalError(text % named)
    for role, who, side, other in zip(SIDES, found, sides, sides[::-1], strict=True):
        if who not in side:
            raise RefusalError(misplaced(role, is_other=who in other) % {"person": named[role]})
    return sides[0].index(found[0]), sides[1].index(found[1])


def misplaced(role: Role, *, is_other: bool) -> str:
    """What to say of a person who does not take part in this role, or in none."""
    if not is_other:
        return _("%(person)s does not take part, neither as a mentor nor as a mentee.")
    if role == "mentor":
        return _("%(person)s takes part as a mentee, not as a mentor.")
    return _("%(person)s takes part as a mentor, not as a mentee.")


def show_made(console: Console, case: PeopleCase, mentor: int, mentee: int) -> None:
    named = names(case, mentor, mentee)
    console.print(Text(_("%(mentor)s mentors %(mentee)s.") % named, style="bold"))
    lines = [how_good(case, mentor, mentee), *why(case, mentor, mentee)]
    show_lines(console, [*lines, *why_made(case, (mentor, mentee))])


def show_not_made(
    console: Console,
    case: PeopleCase,
    pair: tuple[int, int],
    pairs: Ints,
    residual: Residual | None,
) -> None:
    named = names(case, *pair)
    title = _("%(mentor)s and %(mentee)s were not paired.") % named
    console.print(Text(title, style="bold"))
    rules = explain(case.problem, *pair).rules
    if rules:
        text = _("Only without these rules could they be: %(rules)s.")
        listed = enumerated(rule_names(rules, translations), translations)
        show_lines(console, [text % {"rules": listed}, *whom(case, pair, pairs, residual)])
        return
    lines = [how_good(case, *pair), *why(case, *pair), *whom(case, pair, pairs, residual)]
    regret = residual.of_pair(*pair) if residual else None
    lines += why_not_made(case, pair, pairs)
    show_lines(console, [*lines, *what_it_takes(case, pair, regret)])


def what_it_takes(case: PeopleCase, pair: tuple[int, int], regret: Regret | None) -> Iterator[str]:
    """What pairing two people would cost, and what would bring them together."""
    if regret is None:
        return
    text = _("To pair them %(costs)s.")
    yield text % {"costs": cost_text(cost(regret, case.compiled.full_score), translations)}
    if not regret.is_exact or regret.weakens or regret.points <= 0:
        return
    codes = could_give(case.problem, *pair, regret.points)
    if told := open_names(case.problem, codes, translations):
        text = _("More of this could bring them together: %(preferences)s.")
        yield text % {"preferences": enumerated(told, translations)}
    elif not codes:
        yield _("Even all preferences together would not bring them together.")


def whom(
    case: PeopleCase, pair: tuple[int, int], pairs: Ints, residual: Residual | None
) -> Iterator[str]:
    """Whom each of the two has instead, or who has the one that they would best have had."""
    for role, index in zip(SIDES, pair, strict=True):
        person, others = name_of(case, role, index), counterparts(case, pairs, role, index)
        if others:
            text = (
                _("%(person)s mentors %(others)s.")
                if role == "mentor"
                else _("%(person)s has %(others)s.")
            )
            yield text % {"person": person, "others": others}
        else:
            yield from nobody(case, pairs, residual, role, index)


def nobody(
    case: PeopleCase, pairs: Ints, residual: Residual | None, role: Role, index: int
) -> Iterator[str]:
    """What to say of somebody without a counterpart."""
    named = {"person": name_of(case, role, index)}
    nearest = residual.of_person(role, index, most=1) if residual else ()
    if not nearest:
        yield _("%(person)s has nobody.") % named
        return
    other: Role = "mentee" if role == "mentor" else "mentor"
    place = nearest[0].mentee if role == "mentor" else nearest[0].mentor
    named["nearest"] = name_of(case, other, place)
    named["others"] = counterparts(case, pairs, other, place)
    yield _("%(person)s has nobody: %(nearest)s, the nearest, has %(others)s.") % named


def show_alternatives(
    console: Console, case: PeopleCase, found: Sequence[Regret], role: Role
) -> None:
    """The best other counterparts of a person, and what each would cost everybody."""
    if not found:
        return
    compiled = case.compiled
    person = names(case, found[0].mentor, found[0].mentee)[role]
    console.print()
    console.print(Text(_("Others for %(person)s") % {"person": person}, style="bold"))
    other = "mentee" if role == "mentor" else "mentor"
    lines = [
        (
            names(case, regret.mentor, regret.mentee)[other],
            quality_word(quality(regret.score, compiled), translations),
            cost_text(cost(regret, compiled.full_score), translations),
        )
        for regret in found
    ]
    width = max(len(good) for _name, good, _costs in lines) + 2
    show_aligned(console, [(name, f"{good:{width}}{costs}") for name, good, costs in lines])


def legend() -> str:
    """What the words for costs mean."""
    little = _(
        "“A little” costs the total less than %(little)s %% of a pair that meets every preference."
    )
    much = _("“A lot” costs it %(much)s %% or more, and “something” lies between.")
    return f"{little % {'little': LITTLE}}\n{much % {'much': MUCH}}"


def how_good(case: PeopleCase, mentor: int, mentee: int) -> str:
    word = quality(pair_score(case.problem, mentor, mentee), case.compiled)
    return _("How good: %(quality)s.") % {"quality": quality_word(word, translations)}


def why(case: PeopleCase, mentor: int, mentee: int) -> list[str]:
    learner = name_of(case, "mentee", mentee)
    found = reasons(case.compiled, mentor, mentee)
    return [reason_text(reason, translations, mentee=learner) for reason in found]


def names(case: PeopleCase, mentor: int, mentee: int) -> dict[str, str]:
    return {
        "mentor": name_of(case, "mentor", mentor),
        "mentee": name_of(case, "mentee", mentee),
    }
