"""Whether someone is still there, by the word in the status column."""

from upwell.sheets.mapping import Mapping
from upwell.sheets.wordlists import sections
from upwell.sheets.words import key

WORDS = {title: frozenset(map(key, listed)) for title, listed in sections("status").items()}


class StatusWords:
    """Reads one status column; ``header`` tells what a bare yes or no is about."""

    def __init__(self, header: str, wish: Mapping) -> None:
        leaving = key(header) in WORDS["headers of leaving"]
        self.present = WORDS["present"] | (WORDS["no"] if leaving else WORDS["yes"])
        self.left = WORDS["left"] | (WORDS["yes"] if leaving else WORDS["no"])
        self.own = {key(word): True for word in wish.present}
        self.own |= {key(word): False for word in wish.left}

    def is_present(self, value: str) -> bool | None:
        """None for a word that says nothing known, also for none at all."""
        word = key(value)
        if word in self.own:
            return self.own[word]
        if word in self.present:
            return True
        return False if word in self.left else None
