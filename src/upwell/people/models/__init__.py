"""Everybody in the organization's directory, and what is kept beside them."""

from upwell.people.models.directory import Directory
from upwell.people.models.imports import (
    FileImport,
    FileImportQuerySet,
    PeopleImport,
    PeopleImportQuerySet,
)
from upwell.people.models.invitation import Invitation, InvitationQuerySet
from upwell.people.models.lines import ReportingLine
from upwell.people.models.person import Person, PersonManager, PersonQuerySet, Role
from upwell.people.models.places import Level, Office, OrgUnit

__all__ = [
    "Directory",
    "FileImport",
    "FileImportQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Level",
    "Office",
    "OrgUnit",
    "PeopleImport",
    "PeopleImportQuerySet",
    "Person",
    "PersonManager",
    "PersonQuerySet",
    "ReportingLine",
    "Role",
]
