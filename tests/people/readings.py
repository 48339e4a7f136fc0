"""Files as they come out of reading, made from as little as a test cares about."""

from upwell.sheets import Mapping, People, Reading
from upwell.sheets.reading import Format


def make_reading(ids="1", *, mapping=None, guessed=False, **columns):
    """The reading of people with these IDs; a column given as one text holds it for everybody."""
    ids = tuple(ids.split()) if isinstance(ids, str) else ids
    columns = {
        name: (value,) * len(ids) if isinstance(value, str) else tuple(value)
        for name, value in columns.items()
    }
    columns.setdefault("names", tuple(f"Person {one}" for one in ids))
    return Reading(
        people=People(ids=ids, **columns),
        mapping=mapping or Mapping(),
        columns=(),
        problems=(),
        problem_count=0,
        notices=(),
        format=Format("text"),
        rows=len(ids),
        left=0,
        status_conflicts=0,
        level_order_guessed=guessed,
    )
