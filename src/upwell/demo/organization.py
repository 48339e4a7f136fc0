"""A synthetic organization: people who look like those of a company, and are nobody."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from upwell.demo.catalog import (
    DIRECTOR,
    GRADES,
    GROUPS,
    HEAD,
    LEVELS,
    MANAGER,
    MIX,
    ODD_DAYS,
    OFFICES,
    UNITS,
    Office,
    Unit,
)
from upwell.demo.dice import Dice, Weighted
from upwell.demo.names import FIRST_NAMES, LAST_NAMES
from upwell.sheets.people import People, Topic

MENTOR_MIX, MENTEE_MIX = (40, 60), (66, 25, 7, 2)
"""The lowest two levels and the highest four, in percent of their side."""

UNIT_OF_SIZE = Weighted(UNITS, [unit.size for unit in UNITS])
OFFICE_OF_SIZE = Weighted(OFFICES, [office.size for office in OFFICES])
TOPICS = [topic for group in GROUPS for topic in group.topics]
GROUP_OF = [group for group in GROUPS for _ in group.topics]
FAME = [1 / place for group in GROUPS for place in range(1, len(group.topics) + 1)]
WANTED = Weighted(TOPICS, [f * g.wanted for f, g in zip(FAME, GROUP_OF, strict=True)])
OFFERED = Weighted(TOPICS, [f * g.offered for f, g in zip(FAME, GROUP_OF, strict=True)])
EVENLY = Weighted(TOPICS, [1] * len(TOPICS))
STRENGTHS = Weighted((1, 2, 3), (25, 50, 25))
PLACES = Weighted((1, 2, 3), (93, 6, 1))
LETTERS = str.maketrans({"ß": "ss", "ı": "i", "'": "", " ": ""})


@dataclass
class Person:
    """Someone while the organization is being built; managers are numbers of people."""

    number: int
    level: int
    unit: Unit
    office: Office
    manager: int = -1
    dotted: list[int] = field(default_factory=list)
    area: str = ""
    team: str = ""


def generate(people: int = 1_200, *, seed: int = 1) -> People:
    """An organization of so many people, the same for the same seed on every machine.

    Raises ValueError for fewer than one.
    """
    if people < 1:
        raise ValueError(f"people is {people}; it must be 1 or more")
    counts = shares(people - 1, MIX)
    counts[HEAD] += 1
    return organization(counts, seed)


def generate_sides(mentors: int, mentees: int, *, seed: int = 1) -> People:
    """So many people of the lowest two levels and of the highest four, and nobody between.

    These are the sides that the shipped policy chooses. Raises ValueError where one is empty.
    """
    if mentors < 1 or mentees < 1:
        raise ValueError(f"mentors is {mentors}, mentees {mentees}; both must be 1 or more")
    middle = [0] * (DIRECTOR - len(MENTOR_MIX))
    counts = [*shares(mentors, MENTOR_MIX), *middle, *shares(mentees - 1, MENTEE_MIX)]
    counts[HEAD] += 1
    return organization(counts, seed)


def shares(total: int, percent: Sequence[float]) -> list[int]:
    """The total split as the percentages say; what rounding leaves goes to the largest."""
    parts = [int(total * part / 100) for part in percent]
    parts[max(range(len(parts)), key=lambda place: percent[place])] += total - sum(parts)
    return parts


def organization(counts: Sequence[int], seed: int) -> People:
    """People of each level, lowest first. The first of the highest level heads everybody."""
    dice = Dice(seed)
    everyone = place_people(counts, dice)
    add_managers(everyone, dice)
    add_teams(everyone, dice)
    return as_people(dice.shuffled(everyone), dice)


def place_people(counts: Sequence[int], dice: Dice) -> list[Person]:
    """People from the highest level down, so that a manager comes before those they manage."""
    levels = [level for level in range(HEAD, -1, -1) for _ in range(counts[level])]
    return [
        Person(number, level, dice.draw(UNIT_OF_SIZE), dice.draw(OFFICE_OF_SIZE))
        for number, level in enumerate(levels)
    ]


def add_managers(everyone: list[Person], dice: Dice) -> None:
    """Everyone but the head gets a more senior manager, mostly of the same unit and office."""
    in_unit: dict[tuple[str, int], list[int]] = defaultdict(list)
    at_level: dict[int, list[int]] = defaultdict(list)
    for person in everyone:
        if person.number:
            pool = managers_for(person, in_unit, at_level, dice)
            person.manager = dice.one(pool)
            if dice.below(55):
                person.office = everyone[person.manager].office
        if dice.below(8) and person.level < HEAD:
            person.dotted = dotted_line(person, at_level, dice)
        in_unit[person.unit.name, person.level].append(person.number)
        at_level[person.level].append(person.number)


def managers_for(
    person: Person,
    in_unit: dict[tuple[str, int], list[int]],
    at_level: dict[int, list[int]],
    dice: Dice,
) -> list[int]:
    """Those of the next level that manages: of the unit, else of any, else the head."""
    if person.level == HEAD:
        return [0]
    lowest = max(MANAGER, person.level + 1)
    unit = person.unit.name if dice.below(94) else dice.draw(UNIT_OF_SIZE).name
    steps = range(lowest, HEAD + 1)
    pools = (in_unit.get((unit, level)) or at_level.get(level) for level in steps)
    return next((pool for pool in pools if pool), [0])


def dotted_line(person: Person, at_level: dict[int, list[int]], dice: Dice) -> list[int]:
    """One or two others who have a say, from the levels that manage this one."""
    pool = at_level.get(max(MANAGER, person.level + 1)) or [0]
    found = {dice.one(pool) for _ in range(dice.number(1, 2))}
    return sorted(found - {person.manager})


def add_teams(everyone: list[Person], dice: Dice) -> None:
    """A manager leads a numbered team of their unit; above, a unit's leaders are one team."""
    led: dict[int, str] = {}
    teams = Counter[str]()
    for person in everyone:
        manager = everyone[person.manager]
        shares_area = manager.level == MANAGER and manager.unit is person.unit
        person.area = manager.area if shares_area else dice.one(person.unit.areas)
        leader = person if person.level == MANAGER else manager
        if person.level >= DIRECTOR:
            person.team = f"{person.unit.name} Leadership"
            continue
        if leader.number not in led:
            teams[leader.area] += 1
            led[leader.number] = f"{leader.area} {teams[leader.area]}"
        person.team = led[leader.number]


def as_people(everyone: list[Person], dice: Dice) -> People:
    ids = {person.number: f"E{row:05}" for row, person in enumerate(everyone, start=1)}
    names = [name_of(person.office, dice) for person in everyone]
    return People(
        ids=tuple(ids.values()),
        names=tuple(names),
        level_order=LEVELS,
        levels=tuple(LEVELS[person.level] for person in everyone),
        titles=tuple(map(title_of, everyone)),
        emails=tuple(addresses(names)),
        units=tuple(person.unit.name for person in everyone),
        teams=tuple(person.team for person in everyone),
        offices=tuple(person.office.name for person in everyone),
        regions=tuple(person.office.region for person in everyone),
        zones=tuple(person.office.zone for person in everyone),
        hours=tuple(hours_of(person, dice) for person in everyone),
        languages=tuple(languages_of(person, dice) for person in everyone),
        offered=tuple(offered_by(person, dice) for person in everyone),
        wanted=tuple(wanted_by(person, dice) for person in everyone),
        managers=tuple(ids.get(person.manager, "") for person in everyone),
        dotted=tuple(tuple(ids[number] for number in person.dotted) for person in everyone),
        capacities=tuple(dice.draw(PLACES) if person.level < MANAGER else 1 for person in everyone),
    )


def name_of(office: Office, dice: Dice) -> str:
    """A name from the office's lists; one in seven people comes from somewhere else."""
    home = dice.draw(OFFICE_OF_SIZE) if dice.below(14) else office
    return f"{dice.one(FIRST_NAMES[home.name])} {dice.one(LAST_NAMES[home.name])}"


def addresses(names: Sequence[str]) -> list[str]:
    """An address each, numbered where a name comes again."""
    seen = Counter[str]()
    found = []
    for name in names:
        first, last = name.rsplit(" ", 1)
        local = ".".join(plain(part) for part in (first, last))
        seen[local] += 1
        number = seen[local] if seen[local] > 1 else ""
        found.append(f"{local}{number}@example.com")
    return found


def plain(name: str) -> str:
    """The name in ASCII letters."""
    parts = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    return parts.encode("ascii", "ignore").decode()


def title_of(person: Person) -> str:
    if person.number == 0:
        return "Chief Executive Officer"
    if person.level == HEAD:
        return f"Chief {person.unit.head} Officer"
    return f"{GRADES[person.level]}, {person.area}"


def hours_of(person: Person, dice: Dice) -> tuple[int, int]:
    days = ODD_DAYS if dice.below(12) else person.office.days
    start, end = (60 * int(at[:2]) + int(at[3:]) for at in dice.one(days).split("-"))
    return start, end


def languages_of(person: Person, dice: Dice) -> tuple[str, ...]:
    """Whoever speaks no English speaks the office's first language, and leaders speak English."""
    spoken = {name for name, percent in person.office.spoken if dice.below(percent)}
    if dice.below(person.office.english) or person.level >= DIRECTOR:
        spoken.add("english")
    return tuple(sorted(spoken or {person.office.spoken[0][0]}))


def offered_by(person: Person, dice: Dice) -> tuple[Topic, ...]:
    """Juniors offer more, and more of what is new."""
    if person.level < MANAGER:
        return topics(OFFERED, dice.number(2, 6), dice)
    return topics(EVENLY, dice.number(0, 3), dice)


def wanted_by(person: Person, dice: Dice) -> tuple[Topic, ...]:
    """Up to three topics of those who may be mentees."""
    return topics(WANTED, dice.number(1, 3), dice) if person.level >= DIRECTOR else ()


def topics(weighted: Weighted[str], count: int, dice: Dice) -> tuple[Topic, ...]:
    names = sorted(dice.several(weighted, count), key=str.casefold)
    return tuple(Topic(name, dice.draw(STRENGTHS)) for name in names)
