"""A model with sealed fields, for the tests alone."""

import uuid

from django.db import models

from upwell.vault.fields import SealedTextField


class Letter(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    writer = models.UUIDField(default=uuid.uuid4)
    pair = models.UUIDField(default=uuid.uuid4)
    body = SealedTextField(label="shelf.letter.body", scope=("person", "writer"), null=True)
    remark = SealedTextField(label="shelf.letter.remark", scope=("person", "writer"), null=True)
    shared = SealedTextField(label="shelf.letter.shared", scope=("pair", "pair"), null=True)

    def __str__(self):
        return str(self.pk)


class Reply(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, models.CASCADE)
    body = SealedTextField(label="shelf.reply.body", scope=("pair", "letter.pair"))

    def __str__(self):
        return str(self.pk)
