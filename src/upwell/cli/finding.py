"""One line of what `upwell doctor` reports."""

from dataclasses import dataclass

OK, WARN, WRONG = "ok", "warn", "wrong"


@dataclass(frozen=True)
class Finding:
    """``todo`` says what to do where something is not right."""

    name: str
    state: str
    text: str
    todo: str = ""
