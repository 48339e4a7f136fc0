"""Programs with their policy, cohorts, and who takes part in them."""

from upwell.programs.models.cohorts import Cohort, CohortQuerySet
from upwell.programs.models.enrollments import (
    Enrollment,
    EnrollmentQuerySet,
    EnrollmentTopic,
    Place,
)
from upwell.programs.models.imports import TopicsImport, TopicsImportQuerySet
from upwell.programs.models.programs import (
    Program,
    ProgramQuerySet,
    Staff,
    StaffQuerySet,
    shipped_policy,
)
from upwell.programs.models.topics import Topic

__all__ = [
    "Cohort",
    "CohortQuerySet",
    "Enrollment",
    "EnrollmentQuerySet",
    "EnrollmentTopic",
    "Place",
    "Program",
    "ProgramQuerySet",
    "Staff",
    "StaffQuerySet",
    "Topic",
    "TopicsImport",
    "TopicsImportQuerySet",
    "shipped_policy",
]
