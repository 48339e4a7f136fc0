"""Columns that are never stored, told by their header or by what stands in them."""

import re

from upwell.sheets.wordlists import sections
from upwell.sheets.words import key, words

PHRASES = sections("refused")
BY_PHRASE = {words(phrase): code for code, phrases in PHRASES.items() for phrase in phrases}
BY_KEY = {"".join(phrase): code for phrase, code in BY_PHRASE.items() if len(phrase) > 1}
PARTS = sections("parts")
PLACE = frozenset(PARTS["place"])
WORK = frozenset(PARTS["work"])
SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?")
MOST = 0.5


def refusals(headers: list[str]) -> list[str]:
    """For each header the code of why its column is refused, or ""."""
    codes = [refusal(header) for header in headers]
    if "refused_home" in codes:
        return [code or place(header) for header, code in zip(headers, codes, strict=True)]
    return codes


def refusal(header: str) -> str:
    found = words(header)
    if code := BY_KEY.get(key(header)):
        return code if not at_work(code, found) else ""
    spans = (found[i:j] for i in range(len(found)) for j in range(len(found), i, -1) if j - i < 5)
    codes = (BY_PHRASE[span] for span in spans if span in BY_PHRASE)
    return next((code for code in codes if not at_work(code, found)), "")


def at_work(code: str, found: tuple[str, ...]) -> bool:
    """An address of the workplace, or an e-mail address, is not a home address."""
    return code == "refused_home" and bool(WORK & set(found)) and "home" not in found


def place(header: str) -> str:
    """Beside a street or a postal code, a city or a country is part of the home address."""
    found = set(words(header))
    return "refused_home" if PLACE & found and not WORK & found else ""


def refusal_by_values(values: list[str]) -> str:
    """Why a column is refused for what stands in most of its cells, or ""."""
    filled = [value for value in values if value]
    for pattern, code in ((SSN, "refused_identity"), (IBAN, "refused_pay")):
        if sum(bool(pattern.fullmatch(value)) for value in filled) > MOST * len(filled):
            return code
    return ""
