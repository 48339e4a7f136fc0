"""Measurements in processes of their own: a cold start, and a peak memory that is theirs alone."""

import json
import os
import platform
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SLOW_NUMPY = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


@dataclass(frozen=True)
class Measured:
    """The runs of one tool: seconds of each, the highest peak in MB, and what it found."""

    seconds: tuple[float, ...]
    megabytes: float
    found: dict[str, object]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def measure(module: str, arguments: list[str], runs: int) -> Measured:
    """Run ``python -m module arguments`` some times; each prints its figures as JSON."""
    environment = {key: value for key, value in os.environ.items() if key not in SLOW_NUMPY}
    outputs = []
    for _ in range(runs):
        command = [sys.executable, "-m", module, *arguments]
        child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        outputs.append(json.loads(child.stdout))
    seconds = tuple(output.pop("seconds") for output in outputs)
    megabytes = max(output.pop("megabytes") for output in outputs)
    return Measured(seconds, megabytes, outputs[-1])


def machine() -> str:
    """What the figures were measured on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, " + (
        f"{platform.system()}, Python {platform.python_version()}"
    )
