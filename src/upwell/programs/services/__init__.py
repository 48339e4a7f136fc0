"""Everything that is done to programs, cohorts and those who take part."""

from upwell.programs.services.cohorts import open_cohort
from upwell.programs.services.enrollment import (
    Enrolled,
    enroll,
    enroll_people,
    set_capacity,
    withdraw,
)
from upwell.programs.services.invitations import invite_participants
from upwell.programs.services.managers import add_manager, appoint_manager, remove_manager
from upwell.programs.services.participant_table import participants_of
from upwell.programs.services.participants import change_participant
from upwell.programs.services.programs import create_program, policy_digest, save_policy
from upwell.programs.services.topics import set_topics
from upwell.programs.services.topics_file import (
    LeftOut,
    SheetRow,
    TopicsFile,
    read_topics_file,
)
from upwell.programs.services.topics_import import import_topics
from upwell.programs.services.topics_jobs import (
    change_topics_mapping,
    confirm_topics_import,
    start_topics_import,
    try_topics_again,
)
from upwell.programs.services.topics_plan import TopicsPlan

__all__ = [
    "Enrolled",
    "LeftOut",
    "SheetRow",
    "TopicsFile",
    "TopicsPlan",
    "add_manager",
    "appoint_manager",
    "change_participant",
    "change_topics_mapping",
    "confirm_topics_import",
    "create_program",
    "enroll",
    "enroll_people",
    "import_topics",
    "invite_participants",
    "open_cohort",
    "participants_of",
    "policy_digest",
    "read_topics_file",
    "remove_manager",
    "save_policy",
    "set_capacity",
    "set_topics",
    "start_topics_import",
    "try_topics_again",
    "withdraw",
]
