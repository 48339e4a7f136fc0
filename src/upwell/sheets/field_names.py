"""What each field of a person is called."""

from types import MappingProxyType

from upwell.sheets.texts import gettext_noop

_ = gettext_noop

FIELD_NAMES = MappingProxyType(
    {
        "id": _("ID"),
        "name": _("Name"),
        "first_name": _("First name"),
        "last_name": _("Last name"),
        "email": _("E-mail address"),
        "level": _("Level"),
        "title": _("Job title"),
        "unit": _("Unit"),
        "parent_unit": _("Unit above"),
        "team": _("Team"),
        "office": _("Office"),
        "region": _("Region"),
        "zone": _("Time zone"),
        "service_line": _("Service line"),
        "manager": _("Manager"),
        "dotted": _("Dotted-line managers"),
        "status": _("Status"),
        "start_date": _("Start date"),
        "end_date": _("End date"),
        "away": _("Away dates"),
        "role": _("Role in a program"),
        "languages": _("Languages"),
        "offered": _("Topics offered"),
        "wanted": _("Topics wanted"),
        "hours": _("Working hours"),
        "capacity": _("Capacity"),
        "max_mentees": _("Mentees at most"),
        "max_mentors": _("Mentors at most"),
        "ranked": _("Ranking"),
    }
)
