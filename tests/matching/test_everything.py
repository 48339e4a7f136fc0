"""The same bytes on every machine: with one core, and without vector instructions."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FEATURES = "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"
SLOW = {"NPY_DISABLE_CPU_FEATURES": FEATURES, "OPENBLAS_CORETYPE": "Nehalem", "ONE": "1"}


def told(**variables):
    """What a process of its own computes with these variables, as text by name."""
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.matching.everything"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | variables,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: json.dumps(value) for name, value in json.loads(process.stdout).items()}


def test_results_are_the_same_with_one_core_and_without_vector_instructions():
    fast, slow = told(), told(**SLOW)

    assert {name for name in fast if fast[name] != slow.get(name)} == set()
    assert fast.keys() == slow.keys()
    assert min(map(len, fast.values())) > 1_000
