"""Everything that is done to lessons and guidelines, and by those who do them."""

from upwell.learning.services.completions import finish_lesson, merge_completions
from upwell.learning.services.own_texts import reset_text, save_text
from upwell.learning.services.publishing import publish_texts, retract_texts
from upwell.learning.services.reminding import remind_of_lessons

__all__ = [
    "finish_lesson",
    "merge_completions",
    "publish_texts",
    "remind_of_lessons",
    "reset_text",
    "retract_texts",
    "save_text",
]
