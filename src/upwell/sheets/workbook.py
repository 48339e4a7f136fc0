"""Rows out of a workbook, which a child process reads within bounds of time and memory."""

import json
import subprocess
import sys
from pathlib import Path
from threading import Timer
from typing import IO, Any, Literal

from upwell.sheets import child
from upwell.sheets.header import looks_like_header
from upwell.sheets.limits import MEMORY, MEMORY_FACTOR, MEMORY_LEAST, OUTPUT, SECONDS
from upwell.sheets.mapping import Mapping
from upwell.sheets.messages import Message, SheetError, listed, message, refuse, shorten
from upwell.sheets.reading import Format, Rows


class Child:
    """The process, killed when its time is over or when it is closed."""

    def __init__(self, path: Path, sheet: str) -> None:
        most = min(MEMORY, max(MEMORY_LEAST, MEMORY_FACTOR * path.stat().st_size))
        command = [sys.executable, "-I", child.__file__, str(path.resolve()), str(most), sheet]
        self.process = subprocess.Popen(  # noqa: S603 -- our own script, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.late = False
        self.timer = Timer(SECONDS, self.stop)
        self.timer.daemon = True
        self.timer.start()

    def stop(self) -> None:
        self.late = True
        self.process.kill()

    def close(self) -> None:
        self.timer.cancel()
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process.wait()

    def line(self) -> Any:
        """The next thing said. Raises SheetError for an error, silence, or too much at once."""
        output: IO[bytes] | None = self.process.stdout
        said = output.readline(OUTPUT + 1) if output else b""
        if not said.endswith(b"\n"):
            raise self.broken(len(said))
        value = json.loads(said)
        if isinstance(value, dict) and "error" in value:
            raise error_of(value)
        return value

    def broken(self, length: int) -> SheetError:
        if self.late:
            return refuse("workbook_too_slow", limit=SECONDS)
        killed = length > OUTPUT or self.process.wait() < 0
        return refuse("workbook_too_large" if killed else "cut_workbook")

    def answer(self, word: str) -> None:
        pipe = self.process.stdin
        if pipe:
            pipe.write(f"{word}\n".encode())
            pipe.flush()


def error_of(said: dict[str, Any]) -> SheetError:
    params = {name: value for name, value in said.items() if name != "error"}
    if "allowed" in params:
        params["allowed"] = listed(params["allowed"], 30)
    return refuse(said["error"], **{name: shorten(text, 300) for name, text in params.items()})


def open_workbook(
    path: Path, kind: Literal["xlsx", "ods"], wish: Mapping
) -> tuple[Format, Rows, tuple[Message, ...]]:
    """The sheet that was read, its rows, and what is to be said of the choice."""
    running = Child(path, wish.sheet)
    try:
        sheet, several = choose(running)
    except BaseException:
        running.close()
        raise
    said = (message("several_sheets", sheet=shorten(sheet)),) if several and not wish.sheet else ()
    return Format(kind, sheet=sheet), rows(running), said


def choose(running: Child) -> tuple[str, bool]:
    """Takes the first sheet offered that has a header of people."""
    while "offer" in (said := running.line()):
        fits = any(looks_like_header(cells) for cells in said["offer"])
        running.answer("take" if fits else "next")
    return said["sheet"], said["several"]


def rows(running: Child) -> Rows:
    try:
        number = 0
        while isinstance(said := running.line(), list):
            number += 1
            yield number, said
    finally:
        running.close()
