"""Short lists as the people on them see them, and a round as its managers do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from upwell.delivery.models import Job
from upwell.pairs.models import ChoiceRound, ChoiceSheet, Couple, ListEntry, MatchRun, Pair
from upwell.pairs.models.choosing import choices_by_sheet
from upwell.pairs.queries.room import HELD
from upwell.people.models import Person, PersonQuerySet
from upwell.policy import Fault
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.policy_faults import fault_sentence
from upwell.programs.queries import default_capacity

State = ChoiceRound.State


@dataclass(frozen=True)
class Room:
    """How many more counterparts somebody takes, 0 for whoever takes no part, and who has one."""

    left: int
    is_paired: bool


@dataclass(frozen=True)
class Card:
    """Somebody on a short list; ``number`` is where they stand on it, ``place`` in one's own order,
    from 1, or 0.
    """

    entry: ListEntry
    other: Enrollment
    is_available: bool
    number: int
    place: int = 0
    pair: Pair | None = None


@dataclass(frozen=True)
class ShortList:
    """What one person has to choose from; ``pairs`` are those of the cohort that they are in."""

    sheet: ChoiceSheet
    cards: list[Card]
    has_room: bool
    pairs: list[Pair] = field(default_factory=list)

    @property
    def chosen(self) -> list[Card]:
        """In one's own order, after whoever has become one's pair."""
        found = (card for card in self.cards if card.place or card.pair)
        return sorted(found, key=lambda card: card.place)

    @property
    def others(self) -> list[Card]:
        """Those who can still be chosen, then those who cannot."""
        rest = [card for card in self.cards if not (card.place or card.pair)]
        return sorted(rest, key=lambda card: not card.is_available)


def short_list(sheet: ChoiceSheet) -> ShortList:
    """Five queries at most, and one of the key store. Raises VaultError."""
    own, found = sheet.enrollment, sheet.round
    entries = list(found.entries.of_side(own))
    others = [entry.other(own) for entry in entries]
    room = rooms(found.cohort, [own.pk, *(one.pk for one in others)])
    order = choices_by_sheet([sheet])[sheet.pk]
    places = {pk: place for place, pk in enumerate(order, 1)}
    pairs = pairs_by_person(found.cohort, own)
    is_free = {pk: one.left > 0 for pk, one in room.items()}
    cards = [
        Card(
            entry,
            other,
            is_available=is_free.get(other.pk, False) and other.person_id not in pairs,
            number=number,
            place=places.get(other.pk, 0),
            pair=pairs.get(other.person_id),
        )
        for number, (entry, other) in enumerate(zip(entries, others, strict=True), 1)
    ]
    return ShortList(sheet, cards, is_free.get(own.pk, False), list(pairs.values()))


def pairs_by_person(cohort: Cohort, own: Enrollment) -> dict[UUID, Pair]:
    """The pairs that somebody is in, by their counterpart."""
    couples = Couple.objects.of_member(own.person).filter(is_active=True, pair__cohort=cohort)
    return {
        one.mentee_id if one.mentor_id == own.person_id else one.mentor_id: one.pair
        for one in couples.select_related("pair")
    }


def rooms(cohort: Cohort, enrollments: Collection[UUID]) -> dict[UUID, Room]:
    """Of these enrollments. One query; the cohort comes with its program."""
    rows = cohort.enrollments.filter(pk__in=enrollments).order_by().annotate(held=HELD)
    policy, here = cohort.program.policy, Enrollment.State.ENROLLED
    found = {}
    names = ("pk", "role", "capacity", "state", "person__is_active", "held")
    for pk, role, capacity, state, is_active, held in rows.values_list(*names):
        most = default_capacity(policy, role) if capacity is None else capacity
        is_here = state == here and is_active
        found[pk] = Room(max(0, most - held) if is_here else 0, is_paired=held > 0)
    return found


def room_left(cohort: Cohort, enrollments: Collection[UUID]) -> dict[UUID, int]:
    """How many more counterparts each of them takes, 0 for whoever takes no part. One query."""
    return {pk: one.left for pk, one in rooms(cohort, enrollments).items()}


def takes_last(entry: ListEntry) -> bool:
    """Whether somebody without a counterpart would have nobody left on their list after this pair.

    The same whether or not the other of the two has said yes. Four queries.
    """
    two = {entry.mentor_id, entry.mentee_id}
    near = touching(entry.round, two)
    entries = touching(entry.round, {pk for couple in near for pk in couple})
    room = rooms(entry.round.cohort, {pk for couple in entries for pk in couple})
    full = {pk for pk in two if pk in room and room[pk].left <= 1}
    harmed = {pk for couple in near for pk in couple if full & {*couple}} - two
    lonely = {pk for pk in harmed if pk in room and room[pk].left and not room[pk].is_paired}
    saved = {
        one
        for mentor, mentee in entries
        for one, other in ((mentor, mentee), (mentee, mentor))
        if one in lonely and other not in full and room[other].left
    }
    return bool(lonely - saved)


def touching(found: ChoiceRound, people: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    """The entries of a round with any of these enrollments, as mentor and mentee."""
    ids = list(people)
    rows = found.entries.filter(Q(mentor__in=ids) | Q(mentee__in=ids)).order_by()
    return list(rows.values_list("mentor", "mentee"))


def left_over(cohort: Cohort) -> PersonQuerySet:
    """Whoever takes part and has no counterpart in the cohort."""
    here = cohort.enrollments.enrolled().order_by()
    people: PersonQuerySet = Person.objects.active().filter(pk__in=here.values("person"))
    paired = Couple.objects.under_way().filter(pair__cohort=cohort).order_by()
    for side in ("mentor", "mentee"):
        people = people.exclude(pk__in=paired.values(side))
    return people


@dataclass(frozen=True)
class Choosing:
    """What a manager sees of the last round: nothing of what anybody has chosen."""

    round: ChoiceRound
    pairs: int

    @property
    def is_preparing(self) -> bool:
        """Reads the job."""
        job, state = self.round.job, self.round.state
        return state == State.PREPARING and not (job and job.state == Job.State.FAILED)

    @property
    def is_open(self) -> bool:
        return self.round.is_open

    @property
    def is_closed(self) -> bool:
        """Also where its day is past and no worker has come by."""
        return self.round.state in {State.CLOSED, State.OPEN} and not self.is_open

    @property
    def is_finished(self) -> bool:
        return self.round.finished_at is not None

    @property
    def faults(self) -> list[str]:
        """Why it failed."""
        return fault_sentences(self.round)


def choosing_of(cohort: Cohort, runs: Iterable[MatchRun] = ()) -> Choosing | None:
    """None once the pairs are published. Two queries."""
    if any(run.is_published for run in runs):
        return None
    last = cohort.choice_rounds.order_by("-created_at", "-pk").select_related("job").first()
    if last is None:
        return None
    chosen = 0 if last.is_ranked else cohort.pairs.filter(origin=Pair.Origin.CHOSEN).count()
    return Choosing(last, chosen)


def fault_sentences(found: ChoiceRound) -> list[str]:
    own = {
        "given_up": _("It was given up after an error. Try once more."),
        "sealed": _(
            "What people have asked for in private could not be read, or nothing can be kept"
            " sealed. Tell your IT: `upwell keys status` says what is missing."
        ),
        "nobody": _(
            "No two of these can be paired (rules, earlier pair or private request), so there is"
            " nobody to choose."
        ),
    }
    faults = found.faults or [{"code": "given_up"}]
    return [own.get(fault["code"]) or fault_sentence(Fault(**fault)) for fault in faults]
