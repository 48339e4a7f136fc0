"""A program's policy, and what it makes of a table of people: a matching problem."""

from upwell.policy.compile import Compiled, compile_problem
from upwell.policy.faults import Fault, PolicyError
from upwell.policy.policy import Policy, example
from upwell.policy.rules import PrivateRequests

__all__ = [
    "Compiled",
    "Fault",
    "Policy",
    "PolicyError",
    "PrivateRequests",
    "compile_problem",
    "example",
]
