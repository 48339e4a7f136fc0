from upwell.programs.views.cohorts import cohort_create, cohort_detail
from upwell.programs.views.participants import (
    participant_add,
    participant_edit,
    participant_invite,
    participant_list,
    participant_table,
    participant_withdraw,
)
from upwell.programs.views.policy import policy_edit, policy_file, policy_upload
from upwell.programs.views.programs import (
    manager_add,
    manager_remove,
    program_create,
    program_detail,
    program_list,
    program_unmanaged,
)
from upwell.programs.views.topics import (
    topics_confirm,
    topics_discard,
    topics_import,
    topics_preview,
    topics_retry,
)

__all__ = [
    "cohort_create",
    "cohort_detail",
    "manager_add",
    "manager_remove",
    "participant_add",
    "participant_edit",
    "participant_invite",
    "participant_list",
    "participant_table",
    "participant_withdraw",
    "policy_edit",
    "policy_file",
    "policy_upload",
    "program_create",
    "program_detail",
    "program_list",
    "program_unmanaged",
    "topics_confirm",
    "topics_discard",
    "topics_import",
    "topics_preview",
    "topics_retry",
]
