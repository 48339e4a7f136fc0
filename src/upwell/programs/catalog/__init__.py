"""The topics that ship, as they stand in the files beside this one: ``<language>/<group>.toml``.

Each file names its language and group, then its topics, the best known first. Knows nothing of
the database.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
USUAL = "en"


@dataclass(frozen=True)
class TopicTexts:
    """All that a pair is given about a topic; ``also`` are other names that people use for it."""

    name: str
    also: tuple[str, ...]
    description: str
    questions: tuple[str, ...]
    activities: tuple[str, ...]
    reading: str
    group: str
    language: str


@cache
def shipped_topics(language: str = USUAL) -> tuple[TopicTexts, ...]:
    """All of them in this language, group by group; in English where there are none in it."""
    paths = sorted(FOLDER.glob("*/*.toml"))
    languages = {path.parent.name for path in paths}
    wanted = language if language in languages else USUAL
    return tuple(topic for path in paths if path.parent.name == wanted for topic in read(path))


def read(path: Path) -> list[TopicTexts]:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        TopicTexts(
            name=topic["name"],
            also=tuple(topic["also"]),
            description=topic["description"],
            questions=tuple(topic["questions"]),
            activities=tuple(topic["activities"]),
            reading=topic["reading"].strip(),
            group=values["group"],
            language=values["language"],
        )
        for topic in values["topics"]
    ]
