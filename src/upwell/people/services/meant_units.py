"""Which unit of the directory a file means by a path."""

from collections.abc import Mapping
from functools import cache

from upwell.people.services.snapshot import Snapshot
from upwell.sheets.units import JOINT

LONGEST = 200


class MeantUnits:
    """Finds units by their path, by one that they had, or by a name that only one has."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.paths, self.known_as = snapshot.units, snapshot.units_known_as
        self.by_name = only_ones(snapshot.units)
        self.path = cache(self.find)

    def find(self, said: str) -> str:
        """The path of today. What is new stands under the nearest that is known."""
        names = [
            name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
            for name in said.split(JOINT)
        ]
        if len(names) == 1 and names[0] not in self.paths and names[0] not in self.known_as:
            return self.by_name.get(names[0], names[0])
        path = ""
        for at, name in enumerate(names, start=1):
            named = JOINT.join(names[:at])
            path = f"{path}{JOINT}{name}" if path else name
            if path not in self.paths:
                path = self.known_as.get(named, self.known_as.get(path, path))
        return path


def only_ones(paths: frozenset[str]) -> Mapping[str, str]:
    """The units whose name no other has, by it."""
    found: dict[str, str] = {}
    doubles = set()
    for path in paths:
        name = path.rpartition(JOINT)[2]
        if found.setdefault(name, path) != path:
            doubles.add(name)
    return {name: path for name, path in found.items() if name not in doubles}


def with_above(paths: frozenset[str]) -> frozenset[str]:
    """The units and all above them."""
    found = set()
    for path in paths:
        names = path.split(JOINT)
        found |= {JOINT.join(names[:at]) for at in range(1, len(names) + 1)}
    return frozenset(found)
