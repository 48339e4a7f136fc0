"""Imports from the upload to the end. Reading and comparing run in jobs, in no transaction."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from upwell.people.models import PeopleImport, Person, Role
from upwell.people.services.difference import Difference, compare
from upwell.people.services.directory import TooManyLeaveError, bring_in
from upwell.people.services.files import drop_file, path_of
from upwell.people.services.mappings import fitting_mapping
from upwell.people.services.memory import as_last_time, last_time, told
from upwell.people.services.preview import columns_of, preview_of, refusal
from upwell.people.services.repairs import Repairs
from upwell.people.services.snapshot import take_snapshot
from upwell.people.services.steps import ask, asker, begin, file_of, move, moved_on
from upwell.sheets import Mapping, Reading, SheetError, read_columns, read_people

State = PeopleImport.State
Report = Callable[[dict[str, Any]], None]

OPEN = (State.READY, State.REFUSED)
READ = "upwell.people.services.imports.read_import"
APPLY = "upwell.people.services.imports.apply_import"
MENDABLE = frozenset(
    [
        "unknown_headers",
        "few_headers",
        "unknown_header",
        "double_header",
        "mapped_refused",
        "no_id",
        "too_many_different",
        "too_much_text",
        "unknown_zone",
        "level_twice",
        "level_missing",
    ]
)
"""Refusals that another mapping can lift."""


def start_import(
    upload: "UploadedFile[bytes]",
    *,
    kind: str,
    by: Person,
    mapping: Mapping | None = None,
    saved: str = "",
) -> PeopleImport:
    """Keep the file and ask for it to be read; ``saved`` names the mapping where it has a name."""
    found = PeopleImport(
        kind=kind,
        mapping=mapping.to_toml() if mapping else "",
        preview={"saved": saved} if saved else {},
        last_time={} if mapping and mapping.columns else last_time(),
    )
    begin(found, upload, READ, by=by)
    return found


def change_mapping(found: PeopleImport, mapping: Mapping, *, by: Person) -> None:
    """Lay down how the file is meant, and have it read again."""
    preview = found.preview | {"saved": ""}
    change = {"mapping": mapping.to_toml(), "preview": preview, "leaving_confirmed": None}
    ask(found, OPEN, READ, by=by, state=State.READING, **change)


def repair_import(found: PeopleImport, repairs: Repairs, *, by: Person) -> None:
    """Lay down who the managers of some people are, "" for not known, and compare anew."""
    change = {"repairs": found.repairs | repairs, "leaving_confirmed": None}
    ask(found, (State.READY,), READ, by=by, state=State.READING, **change)


def confirm_import(found: PeopleImport, *, leaving: int | None, by: Person) -> None:
    """Ask for the import as it was shown; ``leaving`` is the number of leavers agreed to."""
    change = {"state": State.APPLYING, "leaving_confirmed": leaving}
    ask(found, (State.READY,), APPLY, by=by, **change)


def try_again(found: PeopleImport, *, by: Person) -> None:
    """Ask once more for the job of an import whose job has failed."""
    service = APPLY if found.state == State.APPLYING else READ
    ask(found, (found.state,), service, by=by, state=found.state)


def may_import(person: Person) -> bool:
    """Whether somebody who has asked for a step still may: they are here, and hold a role."""
    here = Person.objects.active().filter(pk=person.pk)
    return bool(here.filter(roles__kind__in=Role.Kind).exists())


def read_import(target: str, *, report: Report) -> None:
    """Job: read the file and compare it with the directory, for the preview."""
    found = PeopleImport.objects.select_related("asked_by").get(pk=target)
    if found.state != State.READING or asker(found, may_import) is None:
        return
    use_fitting(found)
    try:
        reading = read(found, report)
    except SheetError as error:
        refuse_file(found, State.READING, error)
        return
    report({"step": "comparing"})
    difference = compare(reading, take_snapshot(), is_whole=is_whole(found), repairs=found.repairs)
    show(found, State.READING, reading, difference)


def use_fitting(found: PeopleImport) -> None:
    """Read a file of which nothing is laid down by the saved mapping that fits it, if one does."""
    is_gone = not path_of(found).exists()
    if is_gone or Mapping.from_toml(found.mapping).columns:
        return
    if saved := fitting_mapping(found):
        found.mapping, found.preview = saved.text, found.preview | {"saved": saved.name}
        move(found, State.READING, mapping=found.mapping, preview=found.preview)


def apply_import(target: str, *, report: Report) -> None:
    """Job: bring a confirmed import in; back to the preview where too many would leave."""
    found = PeopleImport.objects.select_related("asked_by").get(pk=target)
    if found.state != State.APPLYING or (by := asker(found, may_import)) is None:
        return
    try:
        reading = read(found, report)
        report({"step": "writing"})
        bring_in(
            reading,
            is_whole=is_whole(found),
            leaving_agreed=found.leaving_confirmed,
            repairs=found.repairs,
            by=by,
            also=lambda difference: finish(found, reading, difference, report),
        )
    except TooManyLeaveError as error:
        show(found, State.APPLYING, reading, error.difference)
    except SheetError as error:
        refuse_file(found, State.APPLYING, error)
    else:
        drop_file(found)


def read(found: PeopleImport, report: Report) -> Reading:
    report({"step": "reading"})
    path, today = file_of(found), timezone.localdate()
    return read_people(path, mapping=wish(found), known=known(found), today=today)


def known(found: PeopleImport) -> dict[str, str]:
    """Which field the columns of these headers had last time."""
    columns: dict[str, str] = found.last_time.get("columns", {})
    return columns


def wish(found: PeopleImport) -> Mapping:
    """What is laid down about the file; words of its status as last time where nobody said more."""
    mapping, last = Mapping.from_toml(found.mapping), found.last_time
    if mapping.columns or not last:
        return mapping
    present, left = tuple(last["present"]), tuple(last["left"])
    return replace(mapping, present=mapping.present or present, left=mapping.left or left)


def refuse_file(found: PeopleImport, state: PeopleImport.State, error: SheetError) -> None:
    """Say why the file cannot be read; where a mapping can help, with its columns to map."""
    preview = found.preview | refusal(error)
    if error.message.code in MENDABLE:
        try:
            look = read_columns(path_of(found), mapping=wish(found), known=known(found))
            preview |= columns_of(look)
        except SheetError:  # no more to be seen of it
            pass
    move(found, state, state=State.REFUSED, preview=preview)


def is_whole(found: PeopleImport) -> bool:
    return found.kind == PeopleImport.Kind.WHOLE


def show(
    found: PeopleImport, state: PeopleImport.State, reading: Reading, difference: Difference
) -> None:
    """Put the preview where the page finds it."""
    move(
        found,
        state,
        state=State.READY,
        preview=preview_of(reading, difference)
        | {
            "as_last_time": as_last_time(found, reading),
            "saved": found.preview.get("saved", ""),
        },
        counts=difference.counts,
        leaving_confirmed=None,
    )


def finish(found: PeopleImport, reading: Reading, difference: Difference, report: Report) -> None:
    """Mark the import as done, in the transaction that writes it; the samples go."""
    report({"step": "done"})
    change = {
        "preview": {},
        "mapping": reading.mapping.to_toml(),
        "counts": difference.counts,
        "read_as": told(reading),
    }
    if not move(found, State.APPLYING, state=State.DONE, **change):
        raise moved_on()
