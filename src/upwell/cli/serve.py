"""`upwell serve`: the web server, with a worker beside it."""

import argparse
import signal
import subprocess
import sys
import threading
import time
from types import FrameType
from urllib.parse import urlsplit

from upwell.cli.ready import require_ready
from upwell.cli.site import refusing, say, set_up
from upwell.cli.words import _

PORT = 8000
LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}
THREADS = 8
STOP_SECONDS = 25
LOOK_SECONDS = 0.2
REST_SECONDS = 2


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="upwell serve",
        allow_abbrev=False,
        description=_("Serve Upwell over HTTP, and run its worker in the same process group."),
        epilog=_("Encryption is the task of a web server in front: see docs/operating.md."),
    )
    add = result.add_argument
    add("--host", default="127.0.0.1", help=_("address to listen on (default: %(default)s)"))
    add(
        "--port",
        type=int,
        help=_("port to listen on (default: that of a local UPWELL_URL, or 8000)"),
    )
    add("--workers", type=int, default=2, help=_("web processes (default: %(default)s)"))
    add("--no-worker", action="store_true", help=_("without the worker: start `upwell worker`"))
    return result


def run(words: list[str]) -> int:
    asked = parser().parse_args(words)
    return refusing("serve", lambda: serve(asked))


def serve(asked: argparse.Namespace) -> int:
    set_up()
    require_ready()
    from django.conf import settings  # noqa: PLC0415 -- set up above

    asked.port = asked.port or local_port(settings.BASE_URL)
    here = {"host": asked.host, "port": asked.port, "url": settings.BASE_URL}
    if asked.no_worker:
        serve_web(asked)
        return 0
    say(_("Upwell listens on %(host)s:%(port)s and calls itself %(url)s. Ctrl+C ends it.") % here)
    web = ["serve", "--no-worker", "--host", asked.host, "--port", str(asked.port)]
    return run_together([[*web, "--workers", str(asked.workers)], ["worker"]])


def local_port(url: str) -> int:
    """The port of an installation that people reach without a web server in front."""
    parts = urlsplit(url)
    is_local = parts.scheme == "http" and parts.hostname in LOCAL_NAMES
    return (is_local and parts.port) or PORT


def serve_web(asked: argparse.Namespace) -> None:
    """Answer requests until told to stop."""
    from granian import Granian  # noqa: PLC0415 -- only this command needs it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    Granian(
        "upwell.wsgi:application",
        address=asked.host,
        port=asked.port,
        interface=Interfaces.WSGI,
        workers=asked.workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS - 5,
        log_level=LogLevels.error,
    ).serve()


def run_together(commands: list[list[str]]) -> int:
    """Run words of ours side by side, the first of them as long as it lasts.

    The others are started again when they end by themselves. SIGTERM and SIGINT end all.
    """
    stop = threading.Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    running = [start(command) for command in commands]
    try:
        while not stop.wait(LOOK_SECONDS) and running[0].poll() is None:
            for place, process in enumerate(running):
                if process.poll() is not None and place and not stop.wait(REST_SECONDS):
                    running[place] = start(commands[place])
    finally:
        end(running)
    return 0 if stop.is_set() else running[0].returncode


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "upwell", *command])  # noqa: S603 -- our words


def end(running: "list[subprocess.Popen[bytes]]") -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
