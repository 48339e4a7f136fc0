"""A synthetic organization for demos, tests and benches."""

from upwell.demo.organization import generate, generate_sides
from upwell.demo.write import write_csv

__all__ = ["generate", "generate_sides", "write_csv"]
