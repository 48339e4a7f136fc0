from upwell.learning.views.lessons import (
    certificate,
    guideline_detail,
    lesson_detail,
    lesson_list,
)
from upwell.learning.views.linked import lesson_by_link
from upwell.learning.views.reminding import lessons_remind
from upwell.learning.views.texts import (
    text_detail,
    text_edit,
    text_list,
    text_publish,
    text_reset,
    text_retract,
)

__all__ = [
    "certificate",
    "guideline_detail",
    "lesson_by_link",
    "lesson_detail",
    "lesson_list",
    "lessons_remind",
    "text_detail",
    "text_edit",
    "text_list",
    "text_publish",
    "text_reset",
    "text_retract",
]
