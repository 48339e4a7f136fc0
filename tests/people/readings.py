"""Files as they come out of reading, made from as little as a test cares about."""

from upwell.people import services
from upwell.people.models import (
    Directory,
    Level,
    Office,
    OrgUnit,
    Person,
    ReportingLine,
    Role,
)
from upwell.sheets import Mapping, People, Place, Reading
from upwell.sheets.reading import Format

ORDER = ("Junior", "Senior", "Head")


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


def bring_in(reading, *, is_whole=False, leaving=None, **options):
    return services.bring_in(reading, is_whole=is_whole, leaving_agreed=leaving, **options)


def make_file(ids="1 2 3", **columns):
    """Three people with something in every column that is stored."""
    defaults = {
        "level_order": ORDER,
        "levels": ("Junior", "Senior", "Head")[: len(ids.split())],
        "titles": "Analyst",
        "emails": [f"p{one}@example.com" for one in ids.split()],
        "units": "Sales",
        "teams": "Blue",
        "offices": "Oslo",
        "regions": "Europe",
        "zones": "Europe/Oslo",
        "service_lines": "Tax",
        "hours": [(540, 1020)] * len(ids.split()),
        "languages": [("english", "norwegian")] * len(ids.split()),
        "managers": [ids.split()[-1]] * len(ids.split()),
        "dotted": [("somebody",)] * len(ids.split()),
        "mapping": Mapping(offices={"Oslo": Place("Europe/Oslo", "Europe")}),
    }
    return make_reading(ids, **defaults | columns)


def state():
    """Everything an import may write, in plain values."""
    models = (Person, Level, OrgUnit, Office, ReportingLine, Directory, Role)
    return [sorted(model.objects.values_list(), key=str) for model in models]
