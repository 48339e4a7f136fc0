"""Everything that is done to programs, cohorts and those who take part."""

from upwell.programs.services.cohorts import open_cohort
from upwell.programs.services.enrollment import (
    Enrolled,
    enroll,
    enroll_people,
    set_capacity,
    withdraw,
)
from upwell.programs.services.managers import add_manager, remove_manager
from upwell.programs.services.participants import change_participant
from upwell.programs.services.programs import create_program, policy_digest, save_policy
from upwell.programs.services.topics import set_topics
from upwell.programs.services.topics_file import (
    LeftOut,
    SheetRow,
    TopicsFile,
    read_topics_file,
)
from upwell.programs.services.topics_import import TopicsImported, import_topics

__all__ = [
    "Enrolled",
    "LeftOut",
    "SheetRow",
    "TopicsFile",
    "TopicsImported",
    "add_manager",
    "change_participant",
    "create_program",
    "enroll",
    "enroll_people",
    "import_topics",
    "open_cohort",
    "policy_digest",
    "read_topics_file",
    "remove_manager",
    "save_policy",
    "set_capacity",
    "set_topics",
    "withdraw",
]
