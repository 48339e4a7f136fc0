"""One thing to do next, with its link."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True)
class Step:
    """A link named by its URL name; ``pk`` is that of the thing it is about, if any.

    ``query`` narrows a list to what the step is about.
    """

    label: str
    to: str
    pk: UUID | None = None
    query: str = ""

    @property
    def href(self) -> str:
        path = reverse(self.to, args=[self.pk] if self.pk else [])
        return f"{path}?{self.query}" if self.query else path
