"""How a run shows where it stands: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from upwell.cli.words import _, ngettext
from upwell.matching.run import Progress as Step


@contextmanager
def shown_progress() -> Iterator[Callable[[Step], None]]:
    """Give a function that shows each step on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: console.print(sentence(step), markup=False, soft_wrap=True)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Matching …"), total=None)
        first_gap: list[int] = []

        def show(step: Step) -> None:
            if step.gap is not None:
                first_gap.append(step.gap)
                share = 1 - step.gap / (max(first_gap) or 1) if step.gap else 1
                bar.update(task, total=1, completed=share)
            bar.update(task, description=sentence(step))

        yield show


def sentence(step: Step) -> str:
    if step.aim == "fair":
        return _("Pass %(passes)d: raising the weakest pairs.") % {"passes": step.passes}
    if step.aim == "stable":
        return _("Pass %(passes)d: looking for stable pairs.") % {"passes": step.passes}
    if step.gap is None:
        text = ngettext(
            "%(pairs)d pair found; now the proof.",
            "%(pairs)d pairs found; now the proof.",
            step.pairs,
        )
        return text % {"pairs": step.pairs}
    if step.gap:
        return _("Pass %(passes)d: gap %(gap)d.") % {"passes": step.passes, "gap": step.gap}
    return _("Pass %(passes)d: proven the best total.") % {"passes": step.passes}
