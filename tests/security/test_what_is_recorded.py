"""Every form that changes something leaves an entry in the audit log, or says here why not."""

import sys

import pytest
from django.urls import resolve

from tests.security.test_s6_mass_assignment import found_forms, signed_in, statements
from upwell.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

NOT_RECORDED = {
    "account_": "signing in, and the own password",
    "mfa_": "the own second factor",
    "people:language_choose": "the own language",
    "people:invitation": "signing in",
    "people:import_": "a draft: the job that brings the file in records it",
    "programs:topics_": "a draft: the job that brings the file in records it",
    "pairs:block_": "a private request, of which nothing is to tell",
    "pairs:run_check": "a proof that changes no pair",
    "desk:": "asks for a job again that has failed",
}


def test_every_form_that_changes_something_is_recorded(world, capsys):
    recorded, silent = set(), set()
    for persona in world.personas:
        client = signed_in(persona)
        for form in found_forms(world, client, persona):
            written = statements(client, form, form.fields)
            route = resolve(form.action.partition("?")[0]).view_name
            if any(AuditEntry._meta.db_table in sql for sql, _values in written):  # noqa: SLF001 -- a public API of Django
                recorded.add(route)
            elif has_changed(written):
                silent.add(route)

    with capsys.disabled():
        sys.stdout.write(f"\nAudit: forms of {len(recorded)} routes recorded\n")
    assert [one for one in sorted(silent - recorded) if not one.startswith((*NOT_RECORDED,))] == []
    assert len(recorded) > 8


def has_changed(written):
    """Whether more than the session and its bookkeeping was written."""
    return any("django_session" not in sql and "last_login" not in sql for sql, _values in written)
