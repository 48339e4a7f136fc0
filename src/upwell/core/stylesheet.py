"""All stylesheets in one file, so that a page asks for one. Whoever runs Upwell builds nothing."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

SOURCES = Path(__file__).parent / "static" / "css"
FIRST = SOURCES / "tokens.css"  # puts the layers in their order
Messages = list[CheckMessage]  # a finder has a method of the name list
NAME = "css/upwell.css"


def stylesheet() -> str:
    """Every stylesheet, tokens first, then by path."""
    others = sorted(set(SOURCES.rglob("*.css")) - {FIRST})
    return "\n".join(path.read_text() for path in [FIRST, *others])


class StylesheetFinder(BaseFinder):
    """Finds the one stylesheet, written anew whenever a part of it has changed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.DATA_DIR, "styles"))

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        found = [str(self.write())] if path == NAME else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Any) -> Iterable[tuple[str, Storage]]:
        self.write()
        return [(NAME, self.storage)]

    def check(self, **options: Any) -> Messages:
        return []

    def write(self) -> Path:
        path = Path(self.storage.path(NAME))
        text = stylesheet()
        if not path.exists() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{os.getpid()}.css")
            unfinished.write_text(text)
            unfinished.replace(path)
        return path
