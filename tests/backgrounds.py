"""Cohorts that are open and weigh backgrounds, and people who tell theirs."""

import json

from django.utils import timezone

from tests.factories import make_cohort
from upwell.programs.models import Cohort, Program
from upwell.programs.models.background import QUESTIONS
from upwell.programs.services.background import keep_answers


def make_open_cohort(manager=None, **fields):
    return make_cohort(manager, **{"starts_on": timezone.localdate()} | fields)


def weigh(cohort, weight=30):
    """Let the cohort begin today, and its policy weigh backgrounds."""
    program = Program.objects.get(pk=cohort.program_id)
    policy = json.loads(program.policy_json)
    policy["preferences"] = policy.get("preferences", {}) | {"background": weight}
    Program.objects.filter(pk=program.pk).update(policy_json=json.dumps(policy))
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=timezone.localdate())
    cohort.refresh_from_db()


def tell_of(enrollment, row, uses=("matching",)):
    """``row`` has a letter a question, "-" for none."""
    answers = {name: letter for name, letter in zip(QUESTIONS, row, strict=False) if letter != "-"}
    keep_answers(enrollment, answers, uses)
