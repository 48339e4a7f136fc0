"""Programs with what launches them, their cohorts, and who takes part in them."""

from upwell.programs.models.answers import Answers, Channel
from upwell.programs.models.background import Background
from upwell.programs.models.calls import OpenCall, Willing, WillingQuerySet, WillingTopic
from upwell.programs.models.cohorts import Cohort, CohortQuerySet, Supervision
from upwell.programs.models.conversations import PlannedMeeting, ProgramTopic
from upwell.programs.models.enrollments import (
    Enrollment,
    EnrollmentQuerySet,
    EnrollmentTopic,
    Place,
)
from upwell.programs.models.funding import Expense, Funding
from upwell.programs.models.goals import Measure, Reading
from upwell.programs.models.imports import TopicsImport, TopicsImportQuerySet
from upwell.programs.models.mass import Assumption, Estimate
from upwell.programs.models.message_texts import MessageText
from upwell.programs.models.openings import Opening
from upwell.programs.models.pledges import Pledge, Signature
from upwell.programs.models.programs import (
    Program,
    ProgramQuerySet,
    Staff,
    StaffQuerySet,
    shipped_policy,
)
from upwell.programs.models.support import Approach, LeaderAnswer, Sponsor
from upwell.programs.models.topics import Topic, TopicName

__all__ = [
    "Answers",
    "Approach",
    "Assumption",
    "Background",
    "Channel",
    "Cohort",
    "CohortQuerySet",
    "Enrollment",
    "EnrollmentQuerySet",
    "EnrollmentTopic",
    "Estimate",
    "Expense",
    "Funding",
    "LeaderAnswer",
    "Measure",
    "MessageText",
    "OpenCall",
    "Opening",
    "Place",
    "PlannedMeeting",
    "Pledge",
    "Program",
    "ProgramQuerySet",
    "ProgramTopic",
    "Reading",
    "Signature",
    "Sponsor",
    "Staff",
    "StaffQuerySet",
    "Supervision",
    "Topic",
    "TopicName",
    "TopicsImport",
    "TopicsImportQuerySet",
    "Willing",
    "WillingQuerySet",
    "WillingTopic",
    "shipped_policy",
]
