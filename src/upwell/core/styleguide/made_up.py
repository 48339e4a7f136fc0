"""What the components of the style guide show. Nobody and nothing of it exists."""

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace as Thing
from typing import Any, NamedTuple

from upwell.core.navigation import Host, Hosts, Link, Section

mentor = Thing(
    name="Lena Marković",
    initials="LM",
    level="Associate",
    unit="Marketing",
    office="Oslo",
    get_absolute_url="#nav",
)
mentee = Thing(
    name="Thomas Alexander Reid", initials="TR", level="SVP", unit="Operations", office="London"
)
icons = (
    *("arrow", "check", "cross", "file", "home", "info", "lock", "mail", "menu", "out", "pair"),
    *("people", "person", "plus", "program", "search", "shield", "system", "topic", "warn"),
)
kinds = ("strong", "good", "weak", "warn", "neutral", "done", "failed")
crumbs = (
    Thing(href="#header", label="Programs"),
    Thing(href="#header", label="Closer to younger customers"),
    Thing(href="", label="Spring cohort"),
)
parts = (
    Thing(kind="strong", label="strong", count=121),
    Thing(kind="good", label="good", count=25),
    Thing(kind="weak", label="weak", count=2),
)


class Message(NamedTuple):
    level_tag: str
    text: Any

    def __str__(self) -> str:
        return str(self.text)


messages = (
    Message("success", "148 pairs are published."),
    Message("info", "Nothing has changed since."),
    Message("warning", "2 people have no address, so nobody tells them but you."),
    Message("error", "The cohort was not opened: it has no name."),
)
steps = (
    Thing(title="Bring your directory", text="", is_done=True, is_current=False),
    Thing(title="Open a cohort", text="It takes a minute.", is_done=False, is_current=True),
    Thing(title="Find the best pairs", text="", is_done=False, is_current=False),
)
spans = (
    Thing(kind="mentees", label="Open to mentees", words="January 4 to 29", x=0, width=110),
    Thing(kind="mentors", label="Open to mentors", words="January 18 to 29", x=60, width=50),
    Thing(kind="pairs", label="The pairs meet", words="March 1 to August 31", x=240, width=760),
)
marks = (
    Thing(kind="match", label="Matching", words="February 8", x=150),
    Thing(kind="supervision", label="Mentors meet among themselves", words="March 21", x=320),
    Thing(kind="midpoint", label="Midpoint", words="June 1", x=620),
    Thing(kind="close", label="Close", words="August 31", x=996),
)
calendar = Thing(
    spans=spans,
    marks=marks,
    months=(120, 240, 370, 490, 620, 745, 870),
    today=330,
    keys=(*spans, *marks),
)
way = tuple(
    Thing(number=number, code=code, title=title, state=state, state_words=words)
    for number, (code, title, state, words) in enumerate(
        (
            ("goal", "Goal", "done", "done"),
            ("funding", "Funding", "under_way", "under way"),
            ("training", "Training", "open", "open"),
            ("people", "Mentees, then mentors", "hidden", "not shown to you"),
        ),
        start=1,
    )
)
events = (
    Thing(at=date(2026, 9, 7), title="Who we are", text="60 minutes", is_next=False),
    Thing(at=date(2026, 10, 5), title="A day in my work", text="", is_next=False),
    Thing(at=date(2026, 11, 2), title="One topic in depth", text="Jonas leads", is_next=True),
)
prose = (
    "<p>Your mentee has people who write summaries.</p><h2>What you are not</h2>"
    "<ul><li><strong>Not the help desk.</strong></li><li>Not a candidate.</li></ul>"
    "<blockquote><p>“Give me a moment. I want to ask this properly.”</p></blockquote>"
)
hosts = Hosts([Host("Zainab Nowak", "zainab@example.com")], "Spring")
links = [
    Link("Home", "#nav", "home"),
    Link("Programs", "#nav", "program", is_here=True),
    Link("Search", "#nav", "search", opens="sample"),
]
section = Section("Spring", [Link("Cohorts", "#nav", is_here=True), Link("Pairs", "#nav")])


def cells(words: Iterable[object], labels: Iterable[object]) -> list[Thing]:
    return [
        Thing(text=word, label=label, is_number=isinstance(word, int))
        for word, label in zip(words, labels, strict=True)
    ]


titles = ("Cohort", "From", "Pairs")
head = [Thing(text=title, is_number=title is titles[-1]) for title in titles]
body = [cells(row, titles) for row in (("Spring", "March 2", 148), ("Autumn", "September 7", 96))]
long = [
    cells(
        ("Nachwuchsführungskräftementoringprogrammauftaktveranstaltung", "March 2", 1_048), titles
    ),
    cells(("A cohort whose name somebody wrote as a whole sentence", "September 7", 9), titles),
]
