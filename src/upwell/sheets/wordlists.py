"""The lists of words beside the code: sections of phrases parted by commas."""

from pathlib import Path

FOLDER = Path(__file__).with_name("lists")


def sections(name: str) -> dict[str, list[str]]:
    """The phrases of each section, in the order of the file."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    parts = [part.partition("]") for part in text.split("\n[")[1:]]
    return {title: phrases(body) for title, _, body in parts}


def phrases(body: str) -> list[str]:
    return [phrase.strip() for phrase in " ".join(body.split()).split(",")]
