"""One thing to do next, with its link."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True)
class Step:
    """A link named by its URL name; ``pk`` is that of the thing it is about, if any."""

    label: str
    to: str
    pk: UUID | None = None

    @property
    def href(self) -> str:
        return reverse(self.to, args=[self.pk] if self.pk else [])
