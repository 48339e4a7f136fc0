"""Invitations to sign in."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from upwell.people.models.person import Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime | None = None) -> Self:
        """Invitations that can still be accepted."""
        return self.filter(used_at=None, expires_at__gt=at or timezone.now())


class Invitation(models.Model):
    """A first sign-in by a link in an e-mail: once, for a while, to the address of that time.

    Of the link's token only the hash is kept.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    address = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    about = models.CharField(max_length=300, blank=True)
    invited_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations_made"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.created_at:%Y-%m-%d}"
