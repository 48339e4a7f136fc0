"""The launch of a program: ten steps computed from what there is, and the gates of a cohort."""

from upwell.desk.queries.launch.facts import Facts, facts_of
from upwell.desk.queries.launch.gates import GateState, gate_of, gates_of, lacks_of, missing_steps
from upwell.desk.queries.launch.page import Launch, headline_of, launch_of, next_of
from upwell.desk.queries.launch.reading import Reading, State
from upwell.desk.queries.launch.steps import LaunchStep, steps_of

__all__ = [
    "Facts",
    "GateState",
    "Launch",
    "LaunchStep",
    "Reading",
    "State",
    "facts_of",
    "gate_of",
    "gates_of",
    "headline_of",
    "lacks_of",
    "launch_of",
    "missing_steps",
    "next_of",
    "steps_of",
]
