"""The demo from a fresh clone with a cold package cache: seconds until its page answers."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.children import machine

ROOT = Path(__file__).parents[1]
ALLOWED_SECONDS = 90


def run(words: list[str]) -> int:
    """Measure once; exit status 1 if it takes longer than allowed."""
    parser = argparse.ArgumentParser(prog="./run bench demo", description=__doc__)
    parser.parse_args(words)
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "upwell"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        seconds = until_it_answers(clone, Path(folder))
    print(f"page up after {seconds:.1f} s (at most {ALLOWED_SECONDS})")
    return 0 if seconds <= ALLOWED_SECONDS else 1


def until_it_answers(clone: Path, folder: Path) -> float:
    """Start the demo of a clone with empty caches, and end it once its page is there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.monotonic()
    demo = subprocess.Popen(
        ["./run", "demo", "--port", str(port)],
        cwd=clone,
        env=cold(folder),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not answers(f"http://127.0.0.1:{port}/demo/"):
            if demo.poll() is not None or time.monotonic() - started > 10 * ALLOWED_SECONDS:
                sys.exit("the demo did not start")
            time.sleep(0.2)
        return time.monotonic() - started
    finally:
        os.killpg(demo.pid, signal.SIGTERM)
        demo.wait()


def cold(folder: Path) -> dict[str, str]:
    """The environment without anything of ours, and with no package at hand."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UPWELL_", "PYTHON", "UV_", "VIRTUAL_ENV"))
    }
    path = os.pathsep.join(
        part for part in kept["PATH"].split(os.pathsep) if Path(part) != ROOT / ".venv" / "bin"
    )
    home = folder / "home"
    home.mkdir()
    caches = {"UV_CACHE_DIR": str(home / "uv"), "PIP_CACHE_DIR": str(home / "pip")}
    return kept | caches | {"PATH": path, "HOME": str(home)}


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (OSError, urllib.error.URLError):
        return False
