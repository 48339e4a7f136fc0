"""Everything that is done to programs, cohorts and those who take part."""

from upwell.programs.services.answering import save_answers, step_out, take_part
from upwell.programs.services.appointments import (
    PLACES,
    answer_request,
    ask_to_serve,
    withdraw_staff,
)
from upwell.programs.services.bulk import ACTIONS
from upwell.programs.services.calls import close_call, open_call
from upwell.programs.services.catalog import Brought, bring_in_catalog
from upwell.programs.services.catalog_topics import (
    add_topic,
    archive_topic,
    change_topic,
    file_topic,
    offer_topic,
    reset_topic,
)
from upwell.programs.services.cohorts import (
    confirm_cohort,
    delete_cohort,
    open_cohort,
    prepare_next,
    rename_cohort,
    set_days,
)
from upwell.programs.services.contacts import InLine, in_lines_of
from upwell.programs.services.conversations import (
    add_meeting,
    change_meeting,
    remove_meeting,
    set_program_topics,
)
from upwell.programs.services.enrollment import (
    Enrolled,
    enroll,
    enroll_people,
    set_capacity,
    withdraw,
)
from upwell.programs.services.funding import add_expense, remove_expense, save_funding
from upwell.programs.services.gates import check_gate
from upwell.programs.services.goals import (
    add_measure,
    add_reading,
    change_measure,
    remove_measure,
    remove_reading,
    set_goal,
)
from upwell.programs.services.invitations import invite_participants, remind_participants
from upwell.programs.services.leaders import answer_leader, ask_leaders
from upwell.programs.services.managers import add_manager, appoint_manager, remove_manager
from upwell.programs.services.mass import set_assumption, work_out
from upwell.programs.services.message_texts import reset_message, save_message, words_digest
from upwell.programs.services.participant_table import participants_of
from upwell.programs.services.participants import change_participant
from upwell.programs.services.pledge import change_pledge, ship_pledge, sign
from upwell.programs.services.programs import (
    change_program,
    create_program,
    delete_program,
    policy_digest,
    save_policy,
)
from upwell.programs.services.sponsors import (
    add_sponsor,
    change_sponsor,
    record_approach,
    remove_sponsor,
)
from upwell.programs.services.topics import set_topics
from upwell.programs.services.topics_file import (
    LeftOut,
    SheetRow,
    TopicsFile,
    read_topics_file,
)
from upwell.programs.services.topics_filed import filed_in_words
from upwell.programs.services.topics_import import import_topics
from upwell.programs.services.topics_jobs import (
    change_topics_mapping,
    confirm_topics_import,
    start_topics_import,
    try_topics_again,
)
from upwell.programs.services.topics_plan import TopicsPlan
from upwell.programs.services.willing import Asked, ask_willing, say_willing, take_back
from upwell.programs.services.windows import Kept, save_from_window

__all__ = [
    "ACTIONS",
    "PLACES",
    "Asked",
    "Brought",
    "Enrolled",
    "InLine",
    "Kept",
    "LeftOut",
    "SheetRow",
    "TopicsFile",
    "TopicsPlan",
    "add_expense",
    "add_manager",
    "add_measure",
    "add_meeting",
    "add_reading",
    "add_sponsor",
    "add_topic",
    "answer_leader",
    "answer_request",
    "appoint_manager",
    "archive_topic",
    "ask_leaders",
    "ask_to_serve",
    "ask_willing",
    "bring_in_catalog",
    "change_measure",
    "change_meeting",
    "change_participant",
    "change_pledge",
    "change_program",
    "change_sponsor",
    "change_topic",
    "change_topics_mapping",
    "check_gate",
    "close_call",
    "confirm_cohort",
    "confirm_topics_import",
    "create_program",
    "delete_cohort",
    "delete_program",
    "enroll",
    "enroll_people",
    "file_topic",
    "filed_in_words",
    "import_topics",
    "in_lines_of",
    "invite_participants",
    "offer_topic",
    "open_call",
    "open_cohort",
    "participants_of",
    "policy_digest",
    "prepare_next",
    "read_topics_file",
    "record_approach",
    "remind_participants",
    "remove_expense",
    "remove_manager",
    "remove_measure",
    "remove_meeting",
    "remove_reading",
    "remove_sponsor",
    "rename_cohort",
    "reset_message",
    "reset_topic",
    "save_answers",
    "save_from_window",
    "save_funding",
    "save_message",
    "save_policy",
    "say_willing",
    "set_assumption",
    "set_capacity",
    "set_days",
    "set_goal",
    "set_program_topics",
    "set_topics",
    "ship_pledge",
    "sign",
    "start_topics_import",
    "step_out",
    "take_back",
    "take_part",
    "try_topics_again",
    "withdraw",
    "withdraw_staff",
    "words_digest",
    "work_out",
]
