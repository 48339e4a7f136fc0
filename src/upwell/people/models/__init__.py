"""Everybody in the organization's directory, and what is kept beside them."""

from upwell.people.models.away import Away
from upwell.people.models.directory import Directory
from upwell.people.models.duplicates import TwoPeople
from upwell.people.models.imports import (
    FileImport,
    FileImportQuerySet,
    PeopleImport,
    PeopleImportQuerySet,
)
from upwell.people.models.invitation import Invitation, InvitationQuerySet
from upwell.people.models.lines import ReportingLine
from upwell.people.models.mappings import SavedMapping
from upwell.people.models.person import Person, PersonManager, PersonQuerySet, Role
from upwell.people.models.places import Level, Office, OrgUnit, OrgUnitQuerySet

__all__ = [
    "Away",
    "Directory",
    "FileImport",
    "FileImportQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Level",
    "Office",
    "OrgUnit",
    "OrgUnitQuerySet",
    "PeopleImport",
    "PeopleImportQuerySet",
    "Person",
    "PersonManager",
    "PersonQuerySet",
    "ReportingLine",
    "Role",
    "SavedMapping",
    "TwoPeople",
]
