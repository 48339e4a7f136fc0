"""How columns were read last time: the first guess for the next file."""

from typing import Any

from upwell.people.models import PeopleImport
from upwell.sheets import Mapping, Reading


def told(reading: Reading) -> dict[str, Any]:
    """What a completed import lets the next one know: each header with its field, "" for none."""
    fields = {report.header: report.field or "" for report in reading.columns}
    fields |= {report.header: report.field for report in reading.columns if report.field}
    mapping = reading.mapping
    return {"columns": fields, "present": list(mapping.present), "left": list(mapping.left)}


def last_time() -> dict[str, Any]:
    """What the last completed import let know; empty where there is none."""
    done = PeopleImport.objects.filter(state=PeopleImport.State.DONE).exclude(read_as={})
    return done.values_list("read_as", flat=True).first() or {}


def as_last_time(found: PeopleImport, reading: Reading) -> bool:
    """Whether a column of this file was read as it was last time."""
    known = found.last_time.get("columns", {})
    is_guess = not Mapping.from_toml(found.mapping).columns
    return is_guess and any(known.get(report.header) for report in reading.columns)
