from collections.abc import Iterable

from django.db import transaction

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.programs.models import Enrollment
from upwell.programs.services.enrollment import set_capacity
from upwell.programs.services.topics import set_topics
from upwell.sheets import Topic


@transaction.atomic
def change_participant(
    enrollment: Enrollment,
    *,
    capacity: int | None,
    offered: Iterable[Topic],
    wanted: Iterable[Topic],
    by: Person,
) -> None:
    """Change how many counterparts somebody takes, and their topics, together or not at all."""
    is_changed = {"capacity": enrollment.capacity != capacity}
    set_capacity(enrollment, capacity, by=by)
    is_changed["offered"] = set_topics(enrollment, offered=offered, by=by)
    is_changed["wanted"] = set_topics(enrollment, wanted=wanted, by=by)
    changed = [name for name, is_so in is_changed.items() if is_so]
    record("programs.participant.changed", by=by, on=enrollment, facts={"changed": changed})
