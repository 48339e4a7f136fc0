from datetime import date

import pytest

from upwell.vault import masters, ring
from upwell.vault.models import MasterKey


@pytest.fixture
def key_file(db, settings, tmp_path, confirmed_key):
    """Keys in files, as in an installation; nobody has confirmed a copy yet."""
    MasterKey.objects.all().delete()
    settings.MASTER_KEYS = ""
    settings.MASTER_KEY_FILE = tmp_path / "site" / "master.keys"
    settings.AUDIT_KEY_FILE = tmp_path / "site" / "audit.key"
    return settings.MASTER_KEY_FILE


@pytest.fixture
def copy_of(key_file, tmp_path):
    """Copies the key file to another place."""

    def copy():
        target = tmp_path / "elsewhere"
        target.write_bytes(key_file.read_bytes())
        return target

    return copy


@pytest.fixture
def confirmed_file(key_file):
    """A key file of which a copy was confirmed."""
    masters.make_files(date(2026, 1, 1))
    masters.confirm(ring.master_keys())
    return key_file
