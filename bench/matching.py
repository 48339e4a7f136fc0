"""Upwell's solver beside SciPy's dense one: the same people, the same scores, one run."""

import argparse
import pickle
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import threadpoolctl

from bench import repairing
from bench.children import Measured, machine, measure
from upwell.demo.organization import generate_sides
from upwell.policy.compile import compile_problem
from upwell.policy.policy import Policy

TOOLS = ("upwell", "scipy")
LONGEST = 0.010
"""Seconds: one person's alternatives are found in at most that, among any number of people."""


def run(words: list[str]) -> int:
    """Measure every size; exit status 1 if an optimum differs or a figure is missed."""
    parser = argparse.ArgumentParser(prog="./run bench matching", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="people on each side")
    parser.add_argument("--runs", type=int, default=3, help="runs of each tool; medians count")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--objective",
        choices=("total", "fair"),
        default="total",
        help="fair: also with the weakest pairs first, its price, alternatives, and a repair",
    )
    asked = parser.parse_args(words)
    print(machine())
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "ortools"))
    kernels = sorted({pool["architecture"] for pool in blas_pools()})
    print(f"{libraries}; kernel {', '.join(kernels)}; medians of {asked.runs} runs")
    print("seconds are those of solving and proving alone, without reading and imports\n")
    tools = TOOLS if asked.objective == "total" else (*TOOLS, "fair", "others")
    agreed = [bench(int(size), asked.runs, asked.seed, tools) for size in asked.sizes.split(",")]
    return 0 if all(agreed) else 1


def blas_pools() -> list[dict[str, str]]:
    return [pool for pool in threadpoolctl.threadpool_info() if "architecture" in pool]


def bench(size: int, runs: int, seed: int, tools: tuple[str, ...]) -> bool:
    """Print the figures of one size and say whether both tools found the same optimum."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "problem.pickle"
        # One seat each: the peer knows no others.
        people = replace(generate_sides(size, size, seed=seed), capacities=None)
        file.write_bytes(pickle.dumps(compile_problem(Policy(), people).problem))
        measured = {tool: measure("bench.solvers", [tool, str(file)], runs) for tool in tools}
    print(f"{size:,} × {size:,}")
    for tool in (*TOOLS, *(tool for tool in tools if tool == "fair")):
        print(f"  {line(tool, measured[tool])}")
    good = "fair" not in measured or fairness(measured)
    ours, peer = measured["upwell"], measured["scipy"]
    speed, memory = peer.median / ours.median, ours.megabytes / peer.megabytes
    print(f"  upwell is {speed:.1f} times as fast with {memory:.2f} of the memory")
    same = all(ours.found[key] == peer.found[key] for key in ("pairs", "total"))
    print(f"  {'the same optimum' if same else 'DIFFERENT RESULTS'}")
    if "fair" in measured:
        good &= repairing.bench(size, runs, seed)
    print(flush=True)
    return same and good


def fairness(measured: dict[str, Measured]) -> bool:
    """Print what it costs to put the weakest pairs first, and what alternatives take.

    Says whether one person's alternatives come quickly enough.
    """
    fair, best, others = measured["fair"], measured["upwell"], measured["others"]
    lost = best.found["total"] - fair.found["total"]
    print(
        f"  fairness costs {fair.median / best.median:.1f} times the seconds and"
        f" {lost:,} points, {100 * lost / max(1, best.found['total']):.3f} % of the total;"
        f" the weakest pair scores {fair.found['floor']} instead of {best.found['floor']}"
    )
    print(
        f"  one person's ten best alternatives take {1000 * others.median:.1f} ms"
        f"{'' if others.median <= LONGEST else ', TOO LONG'}"
        f" (median of {others.found['people']} people in each run),"
        f" {others.found['exact']:.0%} of them exact; priced once in {others.found['priced']:.2f} s"
    )
    return others.median <= LONGEST


def line(tool: str, result: Measured) -> str:
    proof = "proven" if result.found["proven"] else "no proof"
    return (
        f"{tool:8}{result.median:9.2f} s  ({min(result.seconds):.2f} to {max(result.seconds):.2f})"
        f"{result.megabytes:8,.0f} MB  {result.found['pairs']:,} pairs,"
        f" total {result.found['total']:,}, {proof}"
    )
