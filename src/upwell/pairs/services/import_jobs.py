"""Files of pairs from the upload to the end. Reading, comparing and writing run in jobs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from upwell.pairs.models import PairsImport
from upwell.pairs.services.import_plan import plan_pairs
from upwell.pairs.services.import_preview import counts_of, preview_of
from upwell.pairs.services.import_write import OutdatedPlanError, import_pairs
from upwell.people.models import Person
from upwell.people.services.files import drop_file
from upwell.people.services.preview import refusal
from upwell.people.services.steps import ask, begin, file_of, move, moved_on
from upwell.programs.models import Cohort
from upwell.programs.services.cohort_files import living
from upwell.sheets import SheetError
from upwell.sheets.pairs import PairsReading, read_pairs

State = PairsImport.State
Report = Callable[[dict[str, Any]], None]

READ = "upwell.pairs.services.import_jobs.read_pairs_file"
WRITE = "upwell.pairs.services.import_jobs.write_pairs_file"


def start_pairs_import(cohort: Cohort, upload: "UploadedFile[bytes]", *, by: Person) -> PairsImport:
    """Keep the file and ask for it to be read."""
    found = PairsImport(cohort=cohort)
    begin(found, upload, READ, by=by)
    return found


def confirm_pairs_import(found: PairsImport, *, by: Person) -> None:
    """Ask for the file to be written as it was shown."""
    ask(found, (State.READY,), WRITE, by=by, state=State.APPLYING)


def try_pairs_again(found: PairsImport, *, by: Person) -> None:
    """Ask once more for the job of an import whose job has failed."""
    service = WRITE if found.state == State.APPLYING else READ
    ask(found, (found.state,), service, by=by, state=found.state)


def read_pairs_file(target: str, *, report: Report) -> None:
    """Job: read the file and compare it with the cohort, for the preview."""
    if (alive := living(PairsImport.objects.all(), target, State.READING)) is None:
        return
    found, by = alive
    try:
        reading = read(found, report)
        report({"step": "comparing"})
        plan = plan_pairs(found.cohort, reading, found.cohort.program.policy, by=by)
    except SheetError as error:
        move(found, State.READING, state=State.REFUSED, preview=refusal(error))
    except ValidationError as error:
        preview = {"refused": error.messages[0]}
        move(found, State.READING, state=State.REFUSED, preview=preview)
    else:
        preview = preview_of(reading, plan)
        move(
            found,
            State.READING,
            state=State.READY,
            preview=preview,
            counts=counts_of(reading, plan),
        )


def write_pairs_file(target: str, *, report: Report) -> None:
    """Job: write a confirmed file; back to the preview where that is refused."""
    if (alive := living(PairsImport.objects.all(), target, State.APPLYING)) is None:
        return
    found, by = alive
    try:
        reading = read(found, report)
        report({"step": "writing"})
        write(found, reading, by, report)
    except SheetError as error:
        move(found, State.APPLYING, state=State.REFUSED, preview=refusal(error))
    except ValidationError as error:
        preview = found.preview | {"refused": error.messages[0]}
        move(found, State.APPLYING, state=State.READY, preview=preview)
    except OutdatedPlanError as error:
        preview = preview_of(reading, error.plan) | {"is_outdated": True}
        counts = counts_of(reading, error.plan)
        move(found, State.APPLYING, state=State.READY, preview=preview, counts=counts)
    else:
        drop_file(found)


@transaction.atomic
def write(found: PairsImport, reading: PairsReading, by: Person, report: Report) -> None:
    """Write the file and mark the import as done together; the samples go."""
    shown = found.preview.get("digest", "")
    plan = import_pairs(found.cohort, reading, shown=shown, by=by)
    report({"step": "done"})
    counts = counts_of(reading, plan)
    if not move(found, State.APPLYING, state=State.DONE, preview={}, counts=counts):
        raise moved_on()


def read(found: PairsImport, report: Report) -> PairsReading:
    report({"step": "reading"})
    return read_pairs(file_of(found), today=timezone.localdate())
