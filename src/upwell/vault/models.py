"""The key store: a database of its own, with data keys that a master key has wrapped."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upwell.vault.scopes import Kind, Scope


class MasterKey(models.Model):
    """A master key that wraps data keys, by its name; the key itself is never here."""

    name = models.CharField(_("name"), max_length=40, primary_key=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=19)
    confirmed_at = models.DateTimeField(_("copy confirmed"), null=True)

    def __str__(self) -> str:
        return self.name


class DataKey(models.Model):
    """The key of one scope. Once erased its row stays, so that no new key takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scope_kind = models.CharField(
        _("kind of scope"), max_length=12, choices=[(kind.value, kind.value) for kind in Kind]
    )
    scope_id = models.UUIDField(_("scope"))
    master = models.ForeignKey(MasterKey, models.PROTECT, null=True, related_name="data_keys")
    wrapped = models.BinaryField(_("wrapped key"), null=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    shredded_at = models.DateTimeField(_("erased"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope_kind", "scope_id"], name="data_key_of_scope"),
            models.CheckConstraint(
                condition=Q(shredded_at=None, wrapped__isnull=False, master__isnull=False)
                | Q(shredded_at__isnull=False, wrapped=None, master=None),
                name="data_key_wrapped_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope_kind} {self.scope_id}"

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_kind, self.scope_id)
