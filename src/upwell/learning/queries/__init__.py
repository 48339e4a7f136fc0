"""Lessons and guidelines as a program has them, and how far people are."""

from upwell.learning.queries.behind import behind_of
from upwell.learning.queries.course import Course, Item, course_of, courses_of
from upwell.learning.queries.overview import Overview, overview_of
from upwell.learning.queries.progress import Progress, Trained, done_by, trained_of
from upwell.learning.queries.readers import readers_program
from upwell.learning.queries.texts import ProgramTexts, digest_of, shipped, texts_of

__all__ = [
    "Course",
    "Item",
    "Overview",
    "ProgramTexts",
    "Progress",
    "Trained",
    "behind_of",
    "course_of",
    "courses_of",
    "digest_of",
    "done_by",
    "overview_of",
    "readers_program",
    "shipped",
    "texts_of",
    "trained_of",
]
