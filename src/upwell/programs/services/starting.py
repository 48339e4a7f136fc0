"""A new program, filled from the template of a common goal."""

from collections.abc import Mapping
from typing import Any

from upwell.people.models import Person
from upwell.policy import Policy
from upwell.programs.goal_templates import GoalTemplate
from upwell.programs.models import PlannedMeeting, Program
from upwell.programs.services.catalog import bring_in_catalog
from upwell.programs.services.conversations import put_topics


def fill(program: Program, template: GoalTemplate) -> None:
    """Give an unsaved program the goal and the policy of a template; its own goal stays."""
    program.goal_kind = template.kind
    program.initiative = template.initiative
    program.goal = program.goal or template.goal
    program.functions = list(template.functions)
    values = merged(program.policy.model_dump(mode="json"), template.policy)
    program.policy_json = Policy.from_values(values).to_json()


def merged(values: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with those of the changes instead of theirs, section by section."""
    found = dict(values)
    for name, value in changes.items():
        found[name] = merged(found[name], value) if isinstance(value, Mapping) else value
    return found


def fill_conversations(program: Program, template: GoalTemplate, *, by: Person) -> None:
    """Give a saved program the topics, out of the catalog that ships, and the meetings."""
    bring_in_catalog(by=by)
    put_topics(program, template.topics)
    PlannedMeeting.objects.bulk_create(
        PlannedMeeting(
            program=program,
            number=number,
            name=meeting.name,
            intent=meeting.intent,
            questions=list(meeting.questions),
        )
        for number, meeting in enumerate(template.meetings, 1)
    )
