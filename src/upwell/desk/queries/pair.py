"""A pair as one of its members sees it: who the other is, why the two, and how to reach them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.formats import number_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.told import Told, told_by
from upwell.pairs.models import Couple, MatchRun, Pair
from upwell.pairs.services.words import participant_sentences
from upwell.people.models import Person
from upwell.policy import Policy
from upwell.policy.values import minutes_of, same_name
from upwell.programs.models import Topic, TopicName
from upwell.programs.queries.serving import contacts_for


@dataclass(frozen=True)
class PairPage:
    """``local_time`` and ``hours`` are "" where not known, ``reasons`` are those shared openly.

    ``usual_hours`` is the day that was assumed for the counterpart, where one was. ``contacts`` are
    the concern contacts whom the reader can turn to.
    """

    pair: Pair
    counterpart: Person
    is_mentor: bool
    reasons: list[str]
    topics: list[Topic]
    local_time: str
    hours: str
    usual_hours: str
    contacts: list[Person]
    told: Told

    @property
    def is_active(self) -> bool:
        return self.pair.state == Pair.State.ACTIVE

    @property
    def headline(self) -> str:
        name = {"name": self.counterpart.name}
        if not self.is_active:
            return _("Your time with %(name)s has ended") % name
        if self.is_mentor:
            return _("You are mentoring %(name)s") % name
        return _("Meet %(name)s, your mentor") % name


def pair_page(pair: Pair, user: Person, *, now: datetime | None = None) -> PairPage:
    """For a member of the pair. Seven queries, and one for each step up the reporting lines."""
    couple = Couple.objects.of_member(user).with_people().get(pair=pair)
    is_mentor = couple.mentor_id == user.pk
    me, other = (couple.mentor, couple.mentee) if is_mentor else (couple.mentee, couple.mentor)
    told = told_by(pair.cohort, other, now or timezone.now())
    return PairPage(
        pair=pair,
        counterpart=other,
        is_mentor=is_mentor,
        reasons=participant_sentences(pair.reasons),
        topics=topics_of(pair, user),
        local_time=local_time(other, me, now or timezone.now()),
        hours=span(*told.hours) if told.hours else hours(other),
        usual_hours=usual_hours(pair) if not told.hours and other.hours_from is None else "",
        contacts=contacts_for(pair.cohort.program, user, besides=[other.pk]),
        told=told,
    )


def topics_of(pair: Pair, user: Person) -> list[Topic]:
    """Those that the one wants and the other offers, as far as they were told. One query."""
    told = [reason for reason in pair.reasons if reason["code"] == "topics"]
    keys = [same_name(name) for reason in told for name in reason["params"]["names"]]
    if not keys:
        return []
    meant = TopicName.objects.filter(key__in=keys)
    return list(Topic.objects.visible_to(user).filter(pk__in=meant.values("topic")).for_list())


def usual_hours(pair: Pair) -> str:
    """The day that the policy assumed of people whose hours are not known, if hours counted."""
    if pair.run_id is None or not any(reason["code"] == "hours" for reason in pair.reasons):
        return ""
    run = MatchRun.objects.only("policy_json").get(pk=pair.run_id)
    start, end = minutes_of(Policy.from_json(run.policy_json).hours.default)
    return span(start, end)


def zone_of(person: Person) -> ZoneInfo | None:
    try:
        return ZoneInfo(person.zone) if person.zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def local_time(other: Person, me: Person, now: datetime) -> str:
    """As in "3:40 p.m. in Tokyo, 9 hours ahead of you"; "" where their zone is not known."""
    theirs, mine = zone_of(other), zone_of(me)
    if theirs is None:
        return ""
    there = now.astimezone(theirs)
    values = {"time": time_format(there.time()), "place": place_name(other)}
    said = _("%(time)s in %(place)s") % values
    if mine is None:
        return said
    ahead = (there.replace(tzinfo=None) - now.astimezone(mine).replace(tzinfo=None)).total_seconds()
    return _("%(time)s, %(difference)s") % {"time": said, "difference": difference(ahead / 3600)}


def place_name(person: Person) -> str:
    """The office where the zone is its own, else the city that stands for the zone."""
    if person.office and not person.own_zone:
        return person.office.name
    return person.zone.rpartition("/")[2].replace("_", " ")


def difference(ahead: float) -> str:
    """How far somebody's clock is from one's own, in hours."""
    if not ahead:
        return _("the same time as yours")
    size = abs(ahead)
    number = 1 if size == 1 else 2
    if ahead > 0:
        text = ngettext("%(hours)s hour ahead of you", "%(hours)s hours ahead of you", number)
    else:
        text = ngettext("%(hours)s hour behind you", "%(hours)s hours behind you", number)
    return text % {"hours": number_format(f"{size:g}")}


def hours(person: Person) -> str:
    """Their working hours by their own clock."""
    if person.hours_from is None or person.hours_until is None:
        return ""
    return span(person.hours_from, person.hours_until)


def span(start: int, end: int) -> str:
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def clock(minutes: int) -> str:
    """Minutes after midnight; those past it are of the next day."""
    moment = datetime(
        2000, 1, 1, minutes // 60 % 24, minutes % 60, tzinfo=timezone.get_default_timezone()
    )
    return time_format(moment.time())
