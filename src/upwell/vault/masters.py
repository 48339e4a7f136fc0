"""Master keys over their life: made, confirmed, put in the place of another."""

import hmac
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from upwell.vault import data_keys, ring
from upwell.vault.models import DataKey, MasterKey

BATCH = 500


@dataclass(frozen=True)
class MasterState:
    """A master key that is there, or that data keys are wrapped by; ``fingerprint`` "" if not."""

    name: str
    fingerprint: str
    is_confirmed: bool
    data_keys: int

    @property
    def is_there(self) -> bool:
        return bool(self.fingerprint)


def make_files(today: date) -> list[Path]:
    """Make the key files that are missing; those that are there stay as they are."""
    wanted = [Path(settings.AUDIT_KEY_FILE)]
    if ring.is_in_file():
        wanted.append(Path(settings.MASTER_KEY_FILE))
    return [path for path in wanted if ring.create_file(path, today)]


def confirm_copy(copy: Path) -> list[ring.Secret]:
    """Confirm every master key that a copy of the key file holds; refuses where it lacks one."""
    if not copy.exists():
        raise ValidationError(
            _("There is no copy at %(path)s. Copy the key file there first: %(file)s")
            % {"path": copy, "file": settings.MASTER_KEY_FILE if ring.is_in_file() else "–"}
        )
    if ring.is_in_file() and copy.samefile(settings.MASTER_KEY_FILE):
        raise ValidationError(_("That is the key file itself, not a copy of it."))
    held = {key.name: key.value for key in ring.read_file(copy)}
    keys = ring.master_keys()
    for key in keys:
        if not hmac.compare_digest(held.get(key.name, b""), key.value):
            raise ValidationError(
                _("%(path)s does not hold the master key %(name)s.")
                % {"path": copy, "name": key.name}
            )
    return confirm(keys)


def confirm_fingerprint(fingerprint: str) -> list[ring.Secret]:
    """Confirm the master key of this fingerprint, read from a copy that is kept elsewhere."""
    typed = re.sub(r"[\s-]", "", fingerprint).lower()
    found = [key for key in ring.master_keys() if key.fingerprint.replace("-", "") == typed]
    if not found:
        raise ValidationError(_("No master key has this fingerprint."))
    return confirm(found)


def confirm(keys: Iterable[ring.Secret]) -> list[ring.Secret]:
    done = list(keys)
    for key in done:
        row = data_keys.register(key)
        MasterKey.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=timezone.now())
    return done


def begin_rotation(today: date) -> ring.Secret:
    """Put a new master key before the one in use; it wraps nothing before it is confirmed.

    Refuses while no copy of the one in use is confirmed: of two keys, the newer alone is copied.
    """
    keys = ring.master_keys()
    if not data_keys.confirmed_of(keys):
        raise ValidationError(
            _(
                "No copy of the master key in use is confirmed. First: "
                "upwell keys confirm --copy PATH"
            )
        )
    new = ring.make(today)
    ring.replace_file([new, *keys])
    return new


def rewrap() -> int:
    """Wrap every data key by the newest master key; returns how many it was.

    Each key changes hands by one statement, so this can be cut off anywhere and done again.
    Content is not touched. Refuses while no copy of the newest master key is confirmed.
    """
    masters = ring.master_keys()
    newest = masters[0]
    if not data_keys.confirmed_of([newest]):
        raise ValidationError(
            _(
                "First copy the key file to another place and confirm that the copy holds the new "
                "master key: upwell keys confirm"
            )
        )
    count = 0
    others = DataKey.objects.filter(wrapped__isnull=False).exclude(master=newest.name)
    while found := list(others.order_by("pk")[:BATCH]):
        count += sum(rewrap_one(key, masters) for key in found)
    data_keys.forget_old_pages()
    return count


def rewrap_one(row: DataKey, masters: tuple[ring.Secret, ...]) -> int:
    wrapped = data_keys.wrap(data_keys.unwrap(row, masters), masters[0])
    same = DataKey.objects.filter(pk=row.pk, master=row.master_id, wrapped__isnull=False)
    return same.update(master=masters[0].name, wrapped=wrapped)


def drop_old() -> list[str]:
    """Take every master key but the newest away, for ever; refuses while one wraps a data key."""
    newest = ring.master_keys()[0]
    if not data_keys.confirmed_of([newest]):
        raise ValidationError(_("The newest master key is not confirmed, so the others stay."))
    try:
        MasterKey.objects.exclude(pk=newest.name).delete()
    except ProtectedError:
        raise ValidationError(
            _("Data keys are still wrapped by an old master key. Run: upwell keys rotate")
        ) from None
    old = [key.name for key in ring.master_keys() if key != newest]
    if ring.is_in_file():
        ring.replace_file([newest])
    data_keys.forget_old_pages()
    return old


def states() -> list[MasterState]:
    """Every master key that is there, then those that data keys want and that are not."""
    rows = {
        row.name: row
        for row in MasterKey.objects.annotate(number=Count("data_keys")).order_by("pk")
    }
    keys = ring.master_keys()
    confirmed = data_keys.confirmed_of(keys)
    found = []
    for key in keys:
        row = rows.pop(key.name, None)
        number = row.number if row else 0
        found.append(MasterState(key.name, key.fingerprint, key in confirmed, number))
    return found + [MasterState(name, "", False, row.number) for name, row in rows.items()]


def counts() -> tuple[Counter[str], int]:
    """Data keys in use by kind of scope, and how many were erased."""
    in_use = DataKey.objects.filter(wrapped__isnull=False).values_list("scope_kind")
    kinds = Counter(dict(in_use.annotate(number=Count("pk"))))
    return kinds, DataKey.objects.filter(wrapped=None).count()
