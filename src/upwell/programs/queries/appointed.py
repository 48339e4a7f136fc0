"""Who is named for a program, as pages show it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from upwell.people.models import Person
from upwell.programs.models import Program, Staff

KINDS = {"asked": "neutral", "accepted": "done", "declined": "warn", "left": "warn"}


@dataclass(frozen=True)
class Named:
    """Somebody named as executive owner or concern contact, with what became of it."""

    staff: Staff

    @property
    def person(self) -> Person:
        return self.staff.person

    @property
    def state(self) -> str:
        if not self.person.is_active:
            return "left"
        if self.staff.declined_at:
            return "declined"
        return "accepted" if self.staff.accepted_at else "asked"

    @property
    def label(self) -> str:
        labels = {
            "left": _("has left"),
            "declined": _("declined"),
            "accepted": _("accepted"),
            "asked": _("asked"),
        }
        return labels[self.state]

    @property
    def kind(self) -> str:
        return KINDS[self.state]

    @property
    def since(self) -> datetime | None:
        staff = self.staff
        if not self.person.is_active:
            return self.person.left_at
        return staff.declined_at or staff.accepted_at or staff.asked_at


def named_for(program: Program, role: Staff.Role) -> list[Named]:
    """By their place. One query."""
    staff = program.staff.filter(role=role).with_people().order_by("place")
    return [Named(one) for one in staff]
