"""Topics of the catalog added, edited, archived and filed by those who look after them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.audit.services import record
from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs.catalog import TopicTexts
from upwell.programs.models import (
    Cohort,
    EnrollmentTopic,
    ProgramTopic,
    Topic,
    TopicName,
    WillingTopic,
)
from upwell.programs.services.catalog import shipped, values_of
from upwell.programs.services.rows import hold_programs
from upwell.programs.services.topics import Kind, checked, strongest, write
from upwell.sheets import Topic as Named


@transaction.atomic
def add_topic(texts: TopicTexts, *, by: Person) -> Topic:
    """Add a topic of the organization's own. Raises ValidationError for a name that is taken."""
    topic = Topic(is_edited=True)
    put(topic, texts)
    record("programs.topic.added", by=by, on=topic)
    return topic


@transaction.atomic
def change_topic(topic: Topic, texts: TopicTexts, *, by: Person) -> None:
    """Edit a topic; from then on its texts are the organization's own.

    It is still found under its old name. Raises ValidationError for a name of another topic.
    """
    before = held(topic)
    differs = {
        name: value for name, value in values_of(texts).items() if getattr(before, name) != value
    }
    names = {same_name(name) for name in (texts.name, *texts.also)}
    is_same = texts.name == before.name and names == set(before.names.values_list("key", flat=True))
    if is_same and not differs:
        return
    before.is_edited = True
    put(before, texts)
    facts = {"changed": [*differs, *([] if is_same else ["names"])]}
    record("programs.topic.changed", by=by, on=before, facts=facts)


@transaction.atomic
def reset_topic(topic: Topic, *, by: Person) -> None:
    """Make name and texts those that ship again. Other names that were given stay, too."""
    row = held(topic)
    texts = shipped().get(row.shipped_as or "")
    if texts is None:
        raise ValidationError(_("This topic does not ship with Upwell, so it stays as it is."))
    row.is_edited = False
    put(row, texts, keeping=[*row.names.values_list("name", flat=True)])
    record("programs.topic.reset", by=by, on=row)


@transaction.atomic
def archive_topic(topic: Topic, *, by: Person) -> None:
    """Not to be offered any more; it stays with whoever has it."""
    if Topic.objects.filter(pk=topic.pk, is_archived=False).update(is_archived=True):
        record("programs.topic.archived", by=by, on=topic)


@transaction.atomic
def offer_topic(topic: Topic, *, by: Person) -> None:
    """To be offered again."""
    if Topic.objects.filter(pk=topic.pk, is_archived=True).update(is_archived=False):
        record("programs.topic.offered", by=by, on=topic)


@transaction.atomic
def file_topic(topic: Topic, *, under: Topic, by: Person) -> None:
    """Make a topic another name of one that is there; everything that points to it moves along.

    Where somebody has both, the higher strength counts. Raises ValidationError for a topic that
    ships, and where the user takes part among those who have it.
    """
    hold_programs()
    into, row = held(under), held(topic)
    check_can_be_filed(row, into, by)
    people = move_wishes(row, into)
    move_programs(row, into)
    move_roster(row, into)
    row.names.update(topic=into)
    facts = {"topic": row.public_id, "people": people}
    record("programs.topic.filed", by=by, on=into, facts=facts)
    row.delete()


def check_can_be_filed(topic: Topic, under: Topic, by: Person) -> None:
    if topic == under:
        raise ValidationError(_("A topic cannot be filed under itself."))
    if topic.shipped_as is not None:
        raise ValidationError(
            _("This topic ships with Upwell. If you do not want it to be offered, archive it.")
        )
    having = Cohort.objects.filter(enrollments__topics__topic=topic)
    own = having.filter(enrollments__person=by).distinct()
    if any(cohort.ends_on > timezone.localdate() for cohort in own):
        raise ValidationError(
            _(
                "People of a cohort that you take part in have this topic, so another program"
                " manager files it."
            )
        )


def move_wishes(topic: Topic, under: Topic) -> int:
    """Let everybody have the other topic instead; tell how many rows that are."""
    rows = EnrollmentTopic.objects.filter(topic__in=[topic, under]).order_by()
    moving = set(rows.filter(topic=topic).values_list("enrollment", "kind"))
    strengths = strongest(
        ((enrollment, Kind(kind), under.pk), strength)
        for enrollment, kind, strength in rows.values_list("enrollment", "kind", "strength")
        if (enrollment, kind) in moving
    )
    write(strengths)
    rows.filter(topic=topic).delete()
    return len(moving)


def move_programs(topic: Topic, under: Topic) -> None:
    rows = ProgramTopic.objects.filter(topic=topic)
    there = ProgramTopic.objects.filter(topic=under).values("program")
    rows.filter(program__in=there).delete()
    rows.update(topic=under)


def move_roster(topic: Topic, under: Topic) -> None:
    """Let people of the roster have the other topic; of two strengths, the higher one."""
    there = dict(WillingTopic.objects.filter(topic=under).values_list("willing", "strength"))
    for row in WillingTopic.objects.filter(topic=topic):
        strength = max(row.strength, there.get(row.willing_id, 0))
        if row.willing_id in there:
            row.delete()
            WillingTopic.objects.filter(topic=under, willing=row.willing_id).update(
                strength=strength
            )
        else:
            WillingTopic.objects.filter(pk=row.pk).update(topic=under)


def held(topic: Topic) -> Topic:
    """The topic as it stands, held still until the transaction ends."""
    row = Topic.objects.select_for_update().filter(pk=topic.pk).first()
    if row is None:
        raise ValidationError(_("This topic is not there any more. Somebody has filed it."))
    return row


def put(topic: Topic, texts: TopicTexts, *, keeping: list[str] | None = None) -> None:
    """Write texts and names; the old name stays among them."""
    old = [topic.name] if topic.name else []
    given = (texts.name, *texts.also, *old, *(keeping or ()))
    names: dict[str, str] = {}
    for name in given:
        names.setdefault(same_name(name), checked(Named(name)))
    topic.name = names[same_name(texts.name)]
    topic.key = same_name(topic.name)
    for field, value in values_of(texts).items():
        setattr(topic, field, value)
    topic.clean_fields()
    check_free(names, topic)
    try:
        with transaction.atomic():
            topic.save()
            topic.names.all().delete()
            topic.names.bulk_create(
                TopicName(topic=topic, key=key, name=names[key]) for key in sorted(names)
            )
    except IntegrityError:
        check_free(names, topic)  # names what was taken meanwhile
        raise


def check_free(names: dict[str, str], topic: Topic) -> None:
    rows = TopicName.objects.filter(key__in=names).exclude(topic=topic.pk)
    taken = rows.select_related("topic").order_by("key").first()
    if taken:
        raise ValidationError(
            _("“%(name)s” is a name of the topic “%(topic)s” already.")
            % {"name": names[taken.key], "topic": taken.topic}
        )
