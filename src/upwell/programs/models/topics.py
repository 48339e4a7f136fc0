"""The catalog of topics, and every name under which one of them is found."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upwell.people.models import Person
from upwell.policy.values import same_name

LONGEST_NAME = 200


class TopicQuerySet(models.QuerySet["Topic"]):
    def shipped(self) -> Self:
        return self.filter(shipped_as__isnull=False)

    def offered(self) -> Self:
        """Those that are in the catalog, and can be chosen."""
        return self.filter(is_archived=False).exclude(group="")

    def unfiled(self) -> Self:
        """Names that came with spreadsheets or were typed, and that nobody has put anywhere."""
        return self.filter(is_archived=False, group="")

    def visible_to(self, user: Person) -> Self:
        """The catalog; what is not in it, only for who has it, and for who looks after topics.

        A name that somebody typed is theirs until it is filed.
        """
        if user.is_program_manager:
            return self.all()
        own = Topic.objects.filter(enrollments__enrollment__person=user)
        return self.filter(~Q(group="") | Q(pk__in=own.values("pk")))

    def searched(self, text: str) -> Self:
        """Topics with every word of the text in their names or their description."""
        found = self
        for word in same_name(text).split():
            named = TopicName.objects.filter(topic=OuterRef("pk"), key__contains=word)
            found = found.filter(Exists(named) | Q(description__icontains=word))
        return found

    def for_list(self) -> Self:
        """Group by group, without the texts that only the topic's page shows."""
        return self.defer("questions", "activities", "reading").order_by("group", "name", "pk")


class TopicGroup(models.TextChoices):
    ARTIFICIAL_INTELLIGENCE = "artificial_intelligence", _("Artificial intelligence")
    CHOOSING_WHERE_TO_WORK = "choosing_where_to_work", _("Choosing where to work")
    CUSTOMERS_AND_MARKETS = "customers_and_markets", _("Customers and markets")
    DIGITAL_AND_SOCIAL = "digital_and_social", _("Digital and social")
    INCLUSION = "inclusion", _("Inclusion")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    WAYS_OF_WORKING = "ways_of_working", _("Ways of working")
    WELLBEING = "wellbeing", _("Wellbeing")


class Topic(models.Model):
    """A thing to learn or teach. ``key`` is the name without case or spacing.

    ``language`` is that of the texts. ``shipped_as`` is the key of the topic of the shipped catalog
    that this one is, and ``is_edited`` says that its texts are the organization's own. A topic that
    is archived is not offered any more, and stays where it is used.
    """

    Group = TopicGroup

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    key = models.CharField(max_length=LONGEST_NAME, unique=True, editable=False)
    group = models.CharField(_("group"), max_length=30, choices=Group.choices, blank=True)
    language = models.CharField(_("language of the texts"), max_length=10, blank=True)
    description = models.TextField(_("what it is about"), max_length=400, blank=True)
    questions = models.JSONField(_("questions to ask"), default=list, blank=True)
    activities = models.JSONField(_("things to do together"), default=list, blank=True)
    reading = models.TextField(_("to read in a minute"), max_length=3000, blank=True)
    shipped_as = models.CharField(
        max_length=LONGEST_NAME, unique=True, null=True, blank=True, editable=False
    )
    is_edited = models.BooleanField(default=False, editable=False)
    is_archived = models.BooleanField(default=False, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=["", *(f"{code}" for code in TopicGroup)]), name="topic_group"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programs:topic_detail", args=[self.public_id])

    @property
    def language_here(self) -> str:
        """The language of the texts where it is not that of the page; "" where it is."""
        own = (get_language() or "").partition("-")[0]
        return self.language if self.language != own else ""


class TopicName(models.Model):
    """A name under which a topic is found: its own, and those under which people list it.

    That no two topics share a name is the database's to decide.
    """

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="names")
    name = models.CharField(max_length=LONGEST_NAME)
    key = models.CharField(max_length=LONGEST_NAME, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
