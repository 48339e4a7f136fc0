from datetime import date

import pytest

from upwell.vault import ring


@pytest.fixture
def chain(settings, tmp_path):
    """A key for the chain, and a place for the head file; its path."""
    settings.AUDIT_KEY_FILE = tmp_path / "audit.key"
    settings.AUDIT_HEAD_FILE = tmp_path / "audit-head.json"
    ring.create_file(settings.AUDIT_KEY_FILE, date(2026, 1, 1))
    return settings.AUDIT_HEAD_FILE
