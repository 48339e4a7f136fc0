"""A problem and what others would cost in it, as bytes to keep and as they were."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from upwell.matching.certificate import Certificate
from upwell.matching.criteria import (
    Affinity,
    Criterion,
    Exclusion,
    Ints,
    Listed,
    Matrix,
    Ranking,
    Table,
)
from upwell.matching.problem import Problem
from upwell.matching.regret import Residual
from upwell.matching.scoring import Scorer
from upwell.matching.seats import Seats

Arrays = Mapping[str, NDArray[Any]]
KINDS: dict[str, Any] = {
    kind.__name__: kind for kind in (Affinity, Table, Matrix, Listed, Exclusion, Ranking)
}
HEADER = "header"
SMALL = (np.int8, np.int16, np.int32)
"""Whole numbers are kept in the first of these that holds them, else as they are."""


@dataclass(frozen=True, eq=False)
class Kept:
    """A problem, the pairs of its best assignment, and what any other pair would cost.

    ``residual`` is None where nothing is known of that: of stable pairs.
    """

    problem: Problem
    pairs: Ints
    residual: Residual | None

    @classmethod
    def of(cls, problem: Problem, pairs: Ints, proof: Certificate | None) -> "Kept":
        """Raises ValueError where the proof does not say that nothing beats these pairs."""
        return cls(problem, pairs, Residual.of(problem, pairs, proof) if proof else None)

    def to_bytes(self) -> bytes:
        """Compressed arrays and a header; no objects, so that nothing in it can run."""
        arrays: dict[str, NDArray[Any]] = {"pairs": self.pairs}
        header: dict[str, Any] = {"terms": self.problem.terms, "parts": []}
        for number, (names, parts) in zip(count(), self.problem.parts(), strict=False):
            header["parts"].append(names)
            arrays |= {f"{number}.{at}": part for at, part in enumerate(parts)}
        if self.residual is not None:
            header |= of_residual(self.residual)
            arrays |= arrays_of_residual(self.residual)
        arrays = {name: smaller(array) for name, array in arrays.items()}
        arrays[HEADER] = np.frombuffer(json.dumps(header).encode(), np.uint8)
        out = BytesIO()
        np.savez_compressed(out, **arrays)  # type: ignore[arg-type]  # -- names are no options here
        return out.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Kept":
        """What ``to_bytes`` was given. Raises ValueError for anything else."""
        with np.load(BytesIO(stored), allow_pickle=False) as arrays:
            header = json.loads(arrays[HEADER].tobytes())
            problem = problem_of(header, arrays)
            pairs = whole(arrays["pairs"])
            residual = residual_of(problem, header, arrays) if "margin" in header else None
        return cls(problem, pairs, residual)


def of_residual(residual: Residual) -> dict[str, Any]:
    scorer = residual.scorer
    return {"margin": residual.margin, "floor": scorer.floor, "steps": scorer.steps}


def arrays_of_residual(residual: Residual) -> dict[str, NDArray[Any]]:
    graph, (row, column) = residual.graph, residual.prices
    return {
        "rows": residual.rows,
        "columns": residual.columns,
        "row_prices": row,
        "column_prices": column,
        "made": residual.made,
        "costs": graph.data.astype(np.int64),
        "heads": graph.indices,
        "offsets": graph.indptr,
    }


def residual_of(problem: Problem, header: Mapping[str, Any], arrays: Arrays) -> Residual:
    rows, columns = whole(arrays["rows"]), whole(arrays["columns"])
    plain = Scorer.of(problem).take(rows, columns)
    floor, steps = header["floor"], tuple((score, bonus) for score, bonus in header["steps"])
    size = len(rows) + len(columns) + 4
    parts = (
        arrays["costs"].astype(np.float64),
        arrays["heads"].astype(np.int32),
        arrays["offsets"].astype(np.int32),
    )
    return Residual(
        plain if floor is None else plain.above(floor, steps),
        plain,
        rows,
        columns,
        (whole(arrays["row_prices"]), whole(arrays["column_prices"])),
        whole(arrays["made"]),
        Seats.of(problem).take(rows, columns),
        header["margin"],
        csr_array(parts, shape=(size, size)),
    )


def problem_of(header: Mapping[str, Any], arrays: Arrays) -> Problem:
    """The problem of whose parts ``header`` has the names."""
    parts: list[tuple[list[str], list[Ints]]] = [
        (names, list(numbered(arrays, number))) for number, names in enumerate(header["parts"])
    ]
    (mentors, mentees, pins, _terms), listed = parts[:4], parts[4:]
    made = [made_of(*names, values) for names, values in listed]
    return Problem(
        mentors[0][1:],
        mentees[0][1:],
        [one for one in made if isinstance(one, Criterion)],
        exclusions=[one for one in made if isinstance(one, Exclusion)],
        rankings=[one for one in made if isinstance(one, Ranking)],
        pins=pins[1][0],
        mentor_capacity=mentors[1][0],
        mentee_capacity=mentees[1][0],
        terms=header["terms"],
    )


def made_of(kind: str, code: str, *rest: Any) -> Criterion | Exclusion | Ranking:
    """A part of a problem from its names and, last, its arrays."""
    *privacy, arrays = rest
    part: Criterion | Exclusion | Ranking = KINDS[kind](
        code, *arrays, *(one == "private" for one in privacy)
    )
    return part


def numbered(arrays: Arrays, number: int) -> Iterator[Ints]:
    for at in count():
        name = f"{number}.{at}"
        if name not in arrays:
            return
        yield whole(arrays[name])


def smaller(array: NDArray[Any]) -> NDArray[Any]:
    lowest, highest = array.min(initial=0), array.max(initial=0)
    for kind in SMALL:
        if np.iinfo(kind).min <= lowest and highest <= np.iinfo(kind).max:
            return array.astype(kind)
    return array


def whole(array: NDArray[Any]) -> Ints:
    return array.astype(np.int64)
