"""A large cohort in the matching studio: the run, its page, and why two people are no pair."""

import argparse
import logging
import statistics
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.children import machine
from bench.installed import TODAY, cohort_of, prepared
from bench.pages import signed_in
from upwell.demo import write_csv
from upwell.demo.organization import generate_sides

MENTORS = ("Associate", "Individual Contributor")
MENTEES = ("Director", "VP", "SVP", "C-suite")
ALLOWED = {"page": 1.0, "why not": 1.0}
"""Seconds, of the median, for any number of people."""
ALLOWED_RUN, USUAL = 2.0, 1_000
"""Seconds of a run of up to so many people on each side."""


def run(words: list[str]) -> int:
    """Print the medians; exit status 1 where one is too slow."""
    parser = argparse.ArgumentParser(prog="./run bench studio", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000, help="people on each side")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(words)
    logging.disable(logging.WARNING)
    print(machine())
    with prepared() as folder:
        found = measured(folder, asked.people, asked.rounds)
    allowed = ALLOWED | ({"run": ALLOWED_RUN} if asked.people <= USUAL else {})
    print(f"{asked.people} mentors and {asked.people} mentees; medians of {asked.rounds}, seconds")
    for name, seconds in found.items():
        limit = f"  (at most {allowed[name]:.0f})" if name in allowed else ""
        print(f"{name:>12}{seconds:9.2f}{limit}")
    return int(any(found[name] > limit for name, limit in allowed.items()))


def measured(folder: Path, people: int, rounds: int) -> dict[str, float]:
    """By the services and the pages that the manager meets; the job's own figures are beside it."""
    from upwell.people.models import Person, Role  # noqa: PLC0415 -- needs the setup
    from upwell.people.services.directory import bring_in  # noqa: PLC0415
    from upwell.sheets import read_people  # noqa: PLC0415

    table = folder / "people.csv"
    write_csv(generate_sides(people, people, seed=1), table)
    bring_in(read_people(table, today=TODAY), is_whole=True)
    manager = Person.objects.create(name="The manager", sign_in_email="manager@example.com")
    Role.objects.create(person=manager, kind=Role.Kind.PROGRAM_MANAGER)
    cohort = cohort_of(manager, table, MENTORS, MENTEES)
    computed = [timed(lambda: job_of_run(cohort, manager)) for _round in range(rounds)]
    run = cohort.runs.latest("number")
    found = {"run": statistics.median(computed), "findings": timed(lambda: findings_of(run))}
    return found | pages_of(run, manager, rounds)


def job_of_run(cohort: Any, manager: Any) -> None:
    """From the press of the button to the result that is kept."""
    from upwell.delivery.jobs import run_job  # noqa: PLC0415 -- needs the setup
    from upwell.pairs.services import start_run  # noqa: PLC0415

    run = start_run(cohort, by=manager)
    run_job(str(run.job_id))


def findings_of(run: Any) -> None:
    from upwell.pairs.services import find_more  # noqa: PLC0415 -- needs the setup

    find_more(run.pk, report=lambda progress: None)


def pages_of(run: Any, manager: Any, rounds: int) -> dict[str, float]:
    from django.urls import reverse  # noqa: PLC0415 -- needs the setup

    client = signed_in(manager)
    proposals = list(run.proposals.select_related("mentor__person", "mentee__person")[:rounds])
    turned = cycle(proposals[1:] + proposals[:1])
    asked = [
        {"mentor": ways(one.mentor.person), "mentee": ways(other.mentee.person)}
        for one, other in zip(proposals, turned, strict=False)
    ]
    page, why = run.get_absolute_url(), reverse("pairs:run_why_not", args=[run.pk])
    return {
        "page": median(lambda _number: client.get(page), rounds),
        "why not": median(lambda number: client.get(why, asked[number]), rounds),
        "fairness": median(
            lambda _number: client.get(reverse("pairs:run_fairness", args=[run.pk])), rounds
        ),
    }


def ways(person: Any) -> str:
    return f"{person.name} ({person.employee_id})"


def median(ask: Callable[[int], Any], rounds: int) -> float:
    """The first is left out: it loads what the server has loaded once it is up."""
    answered(ask(0))
    return statistics.median(timed(lambda n=number: answered(ask(n))) for number in range(rounds))


def answered(response: Any) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"answered with {response.status_code}")


def timed(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
