"""Whose levels are closer today than a policy asks for."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from upwell.people.models import Level, Person
from upwell.policy import Policy
from upwell.policy.values import same_name

Two = tuple[UUID, UUID]
"""A mentor and a mentee."""


def too_close(policy: Policy, couples: Iterable[tuple[Person, Person]]) -> Iterator[Two]:
    """The mentors and mentees who are fewer levels apart; who has no level is left alone.

    One query at most; people come with their level.
    """
    order = policy.levels.order or Level.objects.order_by("height").values_list("name", flat=True)
    height = {same_name(name): place for place, name in enumerate(order)}
    for mentor, mentee in couples:
        low, high = (
            height.get(same_name(person.level.name)) if person.level else None
            for person in (mentor, mentee)
        )
        if low is not None and high is not None and high - low < policy.rules.level_gap:
            yield mentor.pk, mentee.pk
