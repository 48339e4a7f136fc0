"""Files of topics from the upload to the end. Reading, comparing and writing run in jobs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from upwell.people.models import Person
from upwell.people.services.files import drop_file
from upwell.people.services.preview import refusal
from upwell.people.services.steps import ask, begin, file_of, move, moved_on
from upwell.programs.models import Cohort, TopicsImport
from upwell.programs.services.cohort_files import living
from upwell.programs.services.topics_file import find_people, read_sheet, tells
from upwell.programs.services.topics_import import import_topics
from upwell.programs.services.topics_plan import TopicsPlan, plan_topics
from upwell.programs.services.topics_preview import preview_of, read_as
from upwell.sheets import Mapping, Reading, SheetError

State = TopicsImport.State
Report = Callable[[dict[str, Any]], None]

OPEN = (State.READY, State.REFUSED)
READ = "upwell.programs.services.topics_jobs.read_topics"
WRITE = "upwell.programs.services.topics_jobs.write_topics"


def start_topics_import(
    cohort: Cohort, upload: "UploadedFile[bytes]", *, is_adding: bool, by: Person
) -> TopicsImport:
    """Keep the file and ask for it to be read."""
    found = TopicsImport(cohort=cohort, is_adding=is_adding)
    begin(found, upload, READ, by=by)
    return found


def change_topics_mapping(
    found: TopicsImport, mapping: Mapping, *, is_adding: bool, by: Person
) -> None:
    """Lay down how the file is meant, and have it read again."""
    change = {"mapping": mapping.to_toml(), "is_adding": is_adding}
    ask(found, OPEN, READ, by=by, state=State.READING, **change)


def confirm_topics_import(found: TopicsImport, *, by: Person) -> None:
    """Ask for the file to be written as it was shown."""
    ask(found, (State.READY,), WRITE, by=by, state=State.APPLYING)


def try_topics_again(found: TopicsImport, *, by: Person) -> None:
    """Ask once more for the job of an import whose job has failed."""
    service = WRITE if found.state == State.APPLYING else READ
    ask(found, (found.state,), service, by=by, state=found.state)


def read_topics(target: str, *, report: Report) -> None:
    """Job: read the file and compare it with the cohort, for the preview."""
    if (alive := living(TopicsImport.objects.all(), target, State.READING)) is None:
        return
    found, by = alive
    try:
        reading = read(found, report)
    except SheetError as error:
        move(found, State.READING, state=State.REFUSED, preview=found.preview | refusal(error))
        return
    if not tells(reading):
        move(found, State.READING, state=State.REFUSED, preview=read_as(reading, "nothing_told"))
        return
    report({"step": "comparing"})
    compare(found, reading, by)


def compare(found: TopicsImport, reading: Reading, by: Person) -> None:
    """Put the preview where the page finds it."""
    policy, file = found.cohort.program.policy, find_people(reading)
    plan = plan_topics(found.cohort, file, policy, is_adding=found.is_adding, by=by)
    preview = preview_of(reading, plan)
    move(found, State.READING, state=State.READY, preview=preview, counts=plan.counts)


def write_topics(target: str, *, report: Report) -> None:
    """Job: write a confirmed file; back to the preview where that is refused."""
    if (alive := living(TopicsImport.objects.all(), target, State.APPLYING)) is None:
        return
    found, by = alive
    try:
        reading = read(found, report)
        report({"step": "writing"})
        write(found, reading, by, report)
    except SheetError as error:
        move(found, State.APPLYING, state=State.REFUSED, preview=found.preview | refusal(error))
    except ValidationError as error:
        preview = found.preview | {"refused": error.messages[0]}
        move(found, State.APPLYING, state=State.READY, preview=preview)
    else:
        drop_file(found)


@transaction.atomic
def write(found: TopicsImport, reading: Reading, by: Person, report: Report) -> None:
    file = find_people(reading)
    plan = import_topics(found.cohort, file, is_adding=found.is_adding, by=by)
    finish(found, plan, report)


def finish(found: TopicsImport, plan: TopicsPlan, report: Report) -> None:
    """Mark the import as done, in the transaction that writes it; the samples go."""
    report({"step": "done"})
    if not move(found, State.APPLYING, state=State.DONE, preview={}, counts=plan.counts):
        raise moved_on()


def read(found: TopicsImport, report: Report) -> Reading:
    report({"step": "reading"})
    return read_sheet(file_of(found), Mapping.from_toml(found.mapping))
