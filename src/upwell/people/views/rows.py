"""Rows that are found by a number."""

from typing import TypeVar

from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404

M = TypeVar("M", bound=Model)
LONGEST = 18  # digits that every database takes for a key


def row_or_404(model: type[M], key: str) -> M:
    """What is no number is the key of no row."""
    if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST):
        raise Http404
    return get_object_or_404(model, pk=int(key))
