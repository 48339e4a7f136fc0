"""What programs publish of lessons and guidelines, in whose words, and who has done which."""

from upwell.learning.models.completions import Completion
from upwell.learning.models.own_texts import OwnText, Revision
from upwell.learning.models.publications import Publication, TextKind

__all__ = ["Completion", "OwnText", "Publication", "Revision", "TextKind"]
