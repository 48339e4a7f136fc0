"""Who opens the pages of programs, cohorts and participants, and what they show of people."""

from upwell.core.access import READ, SIGNED_IN, WRITE, Entry
from upwell.people.access import (
    ADMINISTRATORS,
    BOTH,
    CAN_SIGN_IN,
    CONTACT,
    DIRECTORY,
    INVITATION,
    ONESELF,
    PROGRAM_MANAGERS,
    ROLES,
)
from upwell.programs.audiences import (
    ANSWERS,
    APPROVAL,
    ASKED_OWNER,
    BACKERS_MANAGERS,
    CHANNELS,
    COHORT_MANAGER,
    CONCERN_CONTACT,
    ENROLLMENT,
    LEADER,
    LINK_HOLDER,
    MANAGER,
    NAMED,
    ROSTER_MANAGER,
    SPONSORING,
    TOLD,
    TOPICS,
    WILLING,
)
from upwell.programs.models import (
    Cohort,
    Enrollment,
    Expense,
    LeaderAnswer,
    Measure,
    PlannedMeeting,
    Program,
    Reading,
    Sponsor,
    Staff,
    Topic,
    TopicsImport,
)

PROGRAMS = [
    Entry("programs:program_list", READ, (PROGRAM_MANAGERS,)),
    Entry("programs:program_create", BOTH, (PROGRAM_MANAGERS,)),
    Entry("programs:program_unmanaged", BOTH, (ADMINISTRATORS,), shows=(ROLES,)),
    Entry("programs:program_detail", READ, (MANAGER,), {"pk": Program}, (DIRECTORY,)),
    Entry("programs:program_edit", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:program_delete", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:policy_edit", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:policy_file", READ, (MANAGER,), {"pk": Program}),
    Entry("programs:policy_upload", WRITE, (MANAGER,), {"pk": Program}),
    Entry("programs:manager_add", WRITE, (MANAGER,), {"pk": Program}),
    Entry("programs:manager_remove", WRITE, (MANAGER,), {"pk": Program, "person": Staff}),
    Entry("programs:cohort_create", BOTH, (MANAGER,), {"pk": Program}),
]
GOALS = [
    Entry("programs:goal_detail", READ, (MANAGER,), {"pk": Program}),
    Entry("programs:goal_edit", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:measure_create", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:measure_edit", BOTH, (MANAGER,), {"pk": Measure}),
    Entry("programs:measure_delete", BOTH, (MANAGER,), {"pk": Measure}),
    Entry("programs:reading_create", WRITE, (MANAGER,), {"pk": Measure}),
    Entry("programs:reading_delete", WRITE, (MANAGER,), {"pk": Reading}),
    Entry("programs:message_list", READ, (MANAGER,), {"pk": Program}),
    Entry("programs:message_detail", READ, (MANAGER,), {"pk": Program}),
    Entry(
        "programs:message_detail",
        READ,
        (COHORT_MANAGER,),
        {"pk": Program},
        shows=(DIRECTORY, ENROLLMENT, SPONSORING),
    ),
    Entry("programs:message_edit", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:message_reset", WRITE, (MANAGER,), {"pk": Program}),
    Entry("programs:conversation_detail", READ, (MANAGER,), {"pk": Program}),
    Entry("programs:conversation_topics", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:meeting_create", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:meeting_edit", BOTH, (MANAGER,), {"pk": PlannedMeeting}),
    Entry("programs:meeting_delete", BOTH, (MANAGER,), {"pk": PlannedMeeting}),
]
BACKING = [
    Entry(
        f"programs:program_{name}",
        BOTH,
        (BACKERS_MANAGERS,),
        {"pk": Program},
        shows=(DIRECTORY, CAN_SIGN_IN, NAMED),
    )
    for name in ("owner", "contacts")
] + [
    Entry("programs:owner_withdraw", WRITE, (BACKERS_MANAGERS,), {"pk": Program}),
    Entry("programs:contact_withdraw", WRITE, (BACKERS_MANAGERS,), {"pk": Program}),
    Entry("programs:owner_answer", BOTH, (ASKED_OWNER,), {"pk": Program}),
    Entry("programs:contact_answer", BOTH, (CONCERN_CONTACT,), {"pk": Program}),
    Entry(
        "programs:sponsor_list",
        READ,
        (BACKERS_MANAGERS,),
        {"pk": Program},
        shows=(DIRECTORY, SPONSORING),
    ),
    Entry(
        "programs:sponsor_add",
        BOTH,
        (BACKERS_MANAGERS,),
        {"pk": Program},
        shows=(DIRECTORY, SPONSORING),
    ),
    Entry(
        "programs:sponsor_detail",
        BOTH,
        (BACKERS_MANAGERS,),
        {"pk": Sponsor},
        shows=(DIRECTORY, SPONSORING),
    ),
    Entry("programs:leader_list", BOTH, (BACKERS_MANAGERS,), {"pk": Program}, (DIRECTORY, TOLD)),
    Entry("programs:leader_list", BOTH, (COHORT_MANAGER,), {"pk": Program}, (ENROLLMENT,)),
    Entry("programs:leader_answer", BOTH, (LEADER,), {"pk": LeaderAnswer}),
    Entry(
        "programs:funding_detail",
        BOTH,
        (BACKERS_MANAGERS,),
        {"pk": Program},
        shows=(DIRECTORY, APPROVAL),
    ),
    Entry(
        "programs:funding_edit",
        BOTH,
        (BACKERS_MANAGERS,),
        {"pk": Program},
        shows=(DIRECTORY, CONTACT, APPROVAL),
    ),
    Entry("programs:calculator", READ, (BACKERS_MANAGERS,), {"pk": Program}),
    Entry("programs:expense_remove", WRITE, (BACKERS_MANAGERS,), {"pk": Expense}),
    Entry("programs:sponsor_edit", WRITE, (BACKERS_MANAGERS,), {"pk": Sponsor}),
    Entry(
        "programs:sponsor_remove", BOTH, (BACKERS_MANAGERS,), {"pk": Sponsor}, shows=(SPONSORING,)
    ),
]
COHORTS = [
    Entry("programs:cohort_detail", READ, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:cohort_edit", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:cohort_days", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:cohort_next", WRITE, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:cohort_confirm", WRITE, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:cohort_delete", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry(
        "programs:participant_list",
        READ,
        (COHORT_MANAGER,),
        {"pk": Cohort},
        shows=(DIRECTORY, ENROLLMENT, TOPICS, CAN_SIGN_IN, INVITATION),
    ),
    Entry(
        "programs:participant_table",
        READ,
        (COHORT_MANAGER,),
        {"pk": Cohort},
        shows=(DIRECTORY, CONTACT, ENROLLMENT, TOPICS),
    ),
    Entry("programs:participant_invite", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:participant_remind", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:participant_add", BOTH, (COHORT_MANAGER,), {"pk": Cohort}, (DIRECTORY,)),
    Entry(
        "programs:supply_detail",
        READ,
        (COHORT_MANAGER,),
        {"pk": Cohort},
        shows=(DIRECTORY, TOPICS),
    ),
    Entry("programs:topics_import", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
    Entry("programs:topics_preview", BOTH, (COHORT_MANAGER,), {"pk": TopicsImport}, (TOPICS,)),
    Entry("programs:topics_confirm", WRITE, (COHORT_MANAGER,), {"pk": TopicsImport}),
    Entry("programs:topics_discard", WRITE, (COHORT_MANAGER,), {"pk": TopicsImport}),
    Entry("programs:topics_retry", WRITE, (COHORT_MANAGER,), {"pk": TopicsImport}),
    Entry(
        "programs:participant_edit",
        BOTH,
        (COHORT_MANAGER,),
        {"pk": Enrollment},
        shows=(DIRECTORY, ENROLLMENT, TOPICS),
    ),
    Entry("programs:participant_withdraw", WRITE, (COHORT_MANAGER,), {"pk": Enrollment}),
]
ENROLLING = [
    Entry(
        "programs:enrollment_detail",
        BOTH,
        (ONESELF,),
        {"pk": Enrollment},
        shows=(DIRECTORY, ENROLLMENT, TOPICS, ANSWERS),
    ),
    Entry("programs:enrollment_save", WRITE, (ONESELF,), {"pk": Enrollment}),
    Entry("programs:enrollment_out", BOTH, (ONESELF,), {"pk": Enrollment}, (ENROLLMENT,)),
    Entry("programs:enrollment_channels", BOTH, (ONESELF,), {"pk": Enrollment}, (CHANNELS,)),
    Entry("programs:enrollment_no", BOTH, (LINK_HOLDER,)),
    Entry("programs:enrollment_reach", BOTH, (LINK_HOLDER,)),
]
CALLS = [
    Entry("call_answer", BOTH, (SIGNED_IN,)),
    Entry("call_take_back", WRITE, (SIGNED_IN,)),
    Entry("programs:call_detail", BOTH, (MANAGER,), {"pk": Program}),
    Entry("programs:call_close", WRITE, (MANAGER,), {"pk": Program}),
    Entry("programs:call_poster", READ, (MANAGER,), {"pk": Program}),
    Entry(
        "programs:roster_list",
        READ,
        (ROSTER_MANAGER,),
        {"pk": Program},
        shows=(DIRECTORY, WILLING),
    ),
    Entry("programs:roster_ask", WRITE, (ROSTER_MANAGER,), {"pk": Program}),
    Entry("programs:mass_detail", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
]
CATALOG = [  # where a topic has no group yet, only who has it and the managers find it
    Entry("programs:topic_list", READ, (SIGNED_IN,)),
    Entry("programs:topic_detail", READ, (SIGNED_IN,), {"pk": Topic}),
    Entry("programs:topic_detail", READ, (PROGRAM_MANAGERS,), {"pk": Topic}),
    Entry("programs:topic_add", BOTH, (PROGRAM_MANAGERS,)),
    Entry("programs:catalog_bring", WRITE, (PROGRAM_MANAGERS,)),
    *(
        Entry(f"programs:{name}", methods, (PROGRAM_MANAGERS,), {"pk": Topic})
        for name, methods in {
            "topic_edit": BOTH,
            "topic_archive": WRITE,
            "topic_offer": WRITE,
            "topic_reset": BOTH,
            "topic_file": BOTH,
        }.items()
    ),
]
ACCESS = [*PROGRAMS, *GOALS, *BACKING, *COHORTS, *ENROLLING, *CALLS, *CATALOG]
