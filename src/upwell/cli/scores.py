"""A plain matrix of scores: rows mentors, columns mentees, blank forbidden."""

import csv
from decimal import Decimal, InvalidOperation
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from upwell.cli.words import _
from upwell.matching.criteria import MATRIX_FORBIDDEN, MATRIX_LIMIT, Ints, Matrix
from upwell.matching.problem import Problem
from upwell.matching.reading import Scale

DECIMALS = 12
LARGEST_FILE = 4 * 2**30
Floats = NDArray[np.float64]


class ScoresError(ValueError):
    """The file holds no matrix of scores; the text says where and what to do."""


def read_scores(path: Path, *, minimize: bool) -> tuple[Problem, Scale, tuple[str, ...]]:
    """Read a matrix as a problem of points.

    Returns
    -------
    problem : ids are row and column numbers from 0; a cost is a negative score.
    scale : how points become the numbers of the file again.
    notes : what was done to the numbers, in sentences; none where they are whole.
    """
    if not path.is_file():
        raise ScoresError(_("There is no file %(path)s.") % {"path": path})
    if path.stat().st_size > LARGEST_FILE:
        raise ScoresError(_("%(path)s is larger than 4 GiB.") % {"path": path})
    values = read_npy(path) if path.suffix.lower() == ".npy" else read_csv(path)
    if np.isinf(values).any():
        row, column = np.argwhere(np.isinf(values))[0]
        raise ScoresError(
            _("Row %(row)d, column %(column)d is infinite. Leave a cell blank to forbid its pair.")
            % {"row": row + 1, "column": column + 1}
        )
    points, factor, notes = in_points(values)
    signed = np.where((points != MATRIX_FORBIDDEN) & minimize, -points, points)
    mentors, mentees = ([str(number) for number in range(length)] for length in points.shape)
    problem = Problem(mentors, mentees, [Matrix("score", signed)])
    return problem, Scale(factor, minimize), notes


def in_points(values: Floats) -> tuple[Ints, int, tuple[str, ...]]:
    """Whole numbers, the factor between them and the values, and what to say of it."""
    largest = float(np.nanmax(np.abs(values), initial=0))
    if largest >= MATRIX_LIMIT:
        raise ScoresError(
            _("A score of %(largest)s is too large; scores must stay below %(limit)d.")
            % {"largest": largest, "limit": MATRIX_LIMIT}
        )
    forbidden = np.isnan(values)
    numbers = np.where(forbidden, 0, values)
    fitting = [d for d in range(DECIMALS + 1) if largest * 10**d < MATRIX_LIMIT]
    exact = [d for d in fitting if np.array_equal(np.round(numbers, d), numbers)]
    decimals = exact[0] if exact else fitting[-1]
    points = np.rint(numbers * 10**decimals).astype(np.int64)
    points[forbidden] = MATRIX_FORBIDDEN
    return points, 10**decimals, scale_notes(decimals, is_exact=bool(exact))


def scale_notes(decimals: int, *, is_exact: bool) -> tuple[str, ...]:
    named = {"factor": 10**decimals, "decimals": decimals}
    if not is_exact:
        return (_("Scores were rounded to %(decimals)d decimals.") % named,)
    if decimals:
        return (_("Decimals are exact: scores were multiplied by %(factor)d.") % named,)
    return ()


def read_npy(path: Path) -> Floats:
    try:
        # Mapped, not read: a header that claims more than the file holds is refused.
        array = np.load(path, allow_pickle=False, mmap_mode="r")
    except (ValueError, EOFError, OSError) as error:
        raise ScoresError(
            _("%(path)s is no array that NumPy can read.") % {"path": path}
        ) from error
    if not isinstance(array, np.ndarray) or array.ndim != 2 or array.dtype.kind not in "iufb":
        raise ScoresError(
            _("%(path)s must hold one table of numbers: rows mentors, columns mentees.")
            % {"path": path}
        )
    return array.astype(np.float64)


def read_csv(path: Path) -> Floats:
    """Every line a mentor; the separator is the comma, semicolon or tab of the first line."""
    rows: list[Floats] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            first = file.readline()
            file.seek(0)
            separator = max(",;\t", key=first.count)
            for number, cells in enumerate(
                csv.reader(file, delimiter=separator, strict=True), start=1
            ):
                if cells or separator not in first:
                    rows.append(row_of(cells or [""], number))
                    check_width(rows, number)
        except (UnicodeDecodeError, csv.Error) as error:
            raise ScoresError(
                _("%(path)s is not a CSV file of numbers.") % {"path": path}
            ) from error
    if not rows:
        raise ScoresError(_("%(path)s is empty.") % {"path": path})
    return np.vstack(rows)


def check_width(rows: list[Floats], number: int) -> None:
    if len(rows[-1]) != len(rows[0]):
        raise ScoresError(
            _("Row %(row)d has %(count)d cells, row 1 has %(first)d. Every row needs as many.")
            % {"row": number, "count": len(rows[-1]), "first": len(rows[0])}
        )


def row_of(cells: list[str], number: int) -> Floats:
    try:
        return np.array([cell if cell.strip() else "nan" for cell in cells]).astype(np.float64)
    except ValueError:
        column = next(place for place, cell in enumerate(cells) if not is_number(cell))
        raise ScoresError(
            _(
                "Row %(row)d, column %(column)d holds %(value)r, which is no number. "
                "A matrix of scores has no header; leave a cell blank to forbid its pair."
            )
            % {"row": number, "column": column + 1, "value": cells[column].strip()[:40]}
        ) from None


def is_number(cell: str) -> bool:
    try:
        return not cell.strip() or Decimal(cell.strip()).is_finite()
    except InvalidOperation:
        return False
