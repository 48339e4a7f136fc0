import pytest
from rich.console import Console

from upwell.cli import progress
from upwell.matching.run import Progress

STEPS = [
    Progress(0, 5, None),
    Progress(1, 5, 40),
    Progress(2, 5, 0),
    Progress(3, 5, None, "stable"),
    Progress(4, 5, None, "fair"),
]


def test_without_a_terminal_every_step_is_a_plain_line(capsys):
    with progress.shown_progress() as show:
        for step in STEPS:
            show(step)

    assert capsys.readouterr().err.splitlines() == [
        "5 pairs found; now the proof.",
        "Pass 1: gap 40.",
        "Pass 2: proven the best total.",
        "Pass 3: looking for stable pairs.",
        "Pass 4: raising the weakest pairs.",
    ]


def test_on_a_terminal_there_is_a_bar_that_leaves_nothing_behind(capsys, monkeypatch):
    monkeypatch.setattr(
        progress, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True, width=80)
    )

    with progress.shown_progress() as show:
        for step in STEPS:
            show(step)

    told = capsys.readouterr().err
    assert "raising the weakest pairs" in told and "━" in told
    assert told.endswith("\x1b[2K")


@pytest.mark.parametrize("gap", [0, 1])
def test_the_bar_takes_a_first_gap_of_any_size(gap, monkeypatch):
    monkeypatch.setattr(
        progress, "Console", lambda stderr: Console(stderr=stderr, force_terminal=True)
    )

    with progress.shown_progress() as show:
        show(Progress(1, 5, gap))
