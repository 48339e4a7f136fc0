"""The solver and the check of its proofs share no code: what the contracts on imports name."""

import tomllib
from pathlib import Path

import upwell.matching

ROOT = Path(__file__).parents[2]
SHARED = {"certificate", "criteria", "problem", "reading", "said"}
ABOVE = {"compare", "document", "explain"}


def contract(name):
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    return next(c for c in contracts if c["name"] == name)


def test_every_module_is_of_the_solver_or_of_the_check_or_is_known_to_be_neither():
    check = contract("The check of a proof shares nothing with the solver")
    solver = contract("The solver shares nothing with the check of its proofs")
    modules = {path.stem for path in Path(upwell.matching.__path__[0]).glob("*.py")} - {"__init__"}

    assert check["source_modules"] == solver["forbidden_modules"]
    assert solver["source_modules"] == check["forbidden_modules"]
    parted = [name.split(".")[-1] for name in check["source_modules"] + solver["source_modules"]]
    assert sorted([*parted, *SHARED, *ABOVE]) == sorted(modules)
