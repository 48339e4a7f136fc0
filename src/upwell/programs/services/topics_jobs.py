"""Files of topics from the upload to the end. Reading, comparing and writing run in jobs."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.delivery.jobs import enqueue
from upwell.people.models import Person
from upwell.people.services.preview import refusal
from upwell.programs.models import Cohort, TopicsImport
from upwell.programs.services.topics_file import find_people, read_sheet, tells
from upwell.programs.services.topics_folder import (
    KEPT,
    drop_file,
    keep_file,
    path_of,
    remove_old_files,
)
from upwell.programs.services.topics_import import import_topics
from upwell.programs.services.topics_plan import TopicsPlan, plan_topics
from upwell.programs.services.topics_preview import preview_of, read_as
from upwell.sheets import Mapping, Reading, SheetError
from upwell.sheets.messages import refuse

State = TopicsImport.State
Report = Callable[[dict[str, Any]], None]

OPEN = (State.READY, State.REFUSED)
READ = "upwell.programs.services.topics_jobs.read_topics"
WRITE = "upwell.programs.services.topics_jobs.write_topics"


def start_topics_import(
    cohort: Cohort, upload: "UploadedFile[bytes]", *, is_adding: bool, by: Person
) -> TopicsImport:
    """Keep the file and ask for it to be read."""
    remove_old_files()
    pk = uuid4()
    keep_file(pk, upload)
    try:
        with transaction.atomic():
            found = TopicsImport.objects.create(
                pk=pk,
                cohort=cohort,
                file_name=(upload.name or "")[:200],
                is_adding=is_adding,
                created_by=by,
                expires_at=timezone.now() + KEPT,
            )
            enqueue(READ, pk, cluster="long")
    except BaseException:
        drop_file(pk)
        raise
    return found


def change_topics_mapping(found: TopicsImport, mapping: Mapping, *, is_adding: bool) -> None:
    """Lay down how the file is meant, and have it read again."""
    change = {"mapping": mapping.to_toml(), "is_adding": is_adding}
    ask(found, OPEN, READ, state=State.READING, **change)


def confirm_topics_import(found: TopicsImport) -> None:
    """Ask for the file to be written as it was shown."""
    ask(found, (State.READY,), WRITE, state=State.APPLYING)


def try_topics_again(found: TopicsImport) -> None:
    """Ask once more for the job of an import whose job has failed."""
    service = WRITE if found.state == State.APPLYING else READ
    ask(found, (State(found.state),), service, state=found.state)


@transaction.atomic
def ask(found: TopicsImport, states: tuple[State, ...], service: str, **change: Any) -> None:
    """Move the import on and ask for the job that does it; refuse one that has moved meanwhile."""
    if not TopicsImport.objects.filter(pk=found.pk, state__in=states).update(**change):
        raise moved_on()
    enqueue(service, found.pk, cluster="long")


def moved_on() -> ValidationError:
    return ValidationError(_("This import has moved on meanwhile."))


def discard_topics_import(found: TopicsImport) -> None:
    """Give the import up and remove its file."""
    living = TopicsImport.objects.with_file().filter(pk=found.pk)
    if not living.update(state=State.DISCARDED, preview={}):
        raise moved_on()
    drop_file(found.pk)


def read_topics(target: str, *, report: Report) -> None:
    """Job: read the file and compare it with the cohort, for the preview."""
    if (alive := living(target, State.READING)) is None:
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
    if (alive := living(target, State.APPLYING)) is None:
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
        drop_file(found.pk)


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


def living(target: str, state: State) -> tuple[TopicsImport, Person] | None:
    """The import in this state, and whose it is.

    None where it has moved on, or whoever began it may not go on: then it is given up.
    """
    rows = TopicsImport.objects.select_related("cohort__program", "created_by")
    found = rows.filter(pk=target, state=state).first()
    if found is None:
        return None
    by = found.created_by
    if by and Cohort.objects.managed_by(by).filter(pk=found.cohort_id).exists():
        return found, by
    discard_topics_import(found)
    return None


def read(found: TopicsImport, report: Report) -> Reading:
    report({"step": "reading"})
    path, mapping = path_of(found.pk), Mapping.from_toml(found.mapping)
    if not path.exists():
        raise refuse("not_found", path=found.file_name)  # never where it lay
    return read_sheet(path, mapping)


def move(found: TopicsImport, old: State, /, **change: Any) -> int:
    """Change the import while it is in a state; the count says whether it still was."""
    return TopicsImport.objects.filter(pk=found.pk, state=old).update(**change)
