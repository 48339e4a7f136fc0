"""`upwell worker`: send messages and do what takes long."""

import argparse

from upwell.cli.ready import require_ready
from upwell.cli.site import refusing, set_up
from upwell.cli.words import _


def parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="upwell worker",
        allow_abbrev=False,
        description=_("Send messages and compute matches until it is told to stop."),
    )


def run(words: list[str]) -> int:
    parser().parse_args(words)
    return refusing("worker", work)


def work() -> int:
    set_up()
    require_ready(with_static=False)
    from upwell.delivery.worker import run_worker  # noqa: PLC0415 -- models want the set-up

    run_worker()
    return 0
