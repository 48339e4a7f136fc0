"""The data keys of scopes: made, found, wrapped anew, erased."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from upwell.vault import cipher, ring
from upwell.vault.errors import DataKeyError, MasterKeyError
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.router import STORE
from upwell.vault.scopes import Kind, Scope

ATTEMPTS = 3
CHUNK = 5_000

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenKey:
    """A data key in the clear, for the moment; never kept."""

    id: UUID
    scope: Scope
    secret: bytes = field(repr=False)


def key_for(scope: Scope) -> OpenKey:
    """The key to seal with; made, and committed in the key store, where the scope has none.

    One or two queries. Refuses an erased scope, and a first key before a copy of the master key
    was confirmed.
    """
    row = find(scope) or create(scope)
    if row.wrapped is None:
        raise ValidationError(_("What this belongs to was erased, so nothing can be added to it."))
    return unwrap(row)


def keys_for(scopes: Iterable[Scope]) -> dict[Scope, OpenKey | None]:
    """The keys of many scopes of one kind to seal with; None stands for an erased one.

    Two or four queries, however many; refuses as ``key_for`` does.
    """
    wanted = {scope.id: scope for scope in scopes}
    rows = rows_of(wanted.values())
    if missing := wanted.keys() - rows.keys():
        insert_all([wanted[one] for one in missing])
        rows = rows_of(wanted.values())
    masters = ring.master_keys() if any(row.wrapped for row in rows.values()) else ()
    return {wanted[one]: unwrap(row, masters) if row.wrapped else None for one, row in rows.items()}


def rows_of(scopes: Collection[Scope]) -> dict[UUID, DataKey]:
    kinds = {scope.kind for scope in scopes}
    rows = DataKey.objects.filter(scope_kind__in=kinds)
    ids = [scope.id for scope in scopes]
    return {
        row.scope_id: row
        for start in range(0, len(ids), CHUNK)
        for row in rows.filter(scope_id__in=ids[start : start + CHUNK])
    }


@sensitive_variables()
def insert_all(scopes: Sequence[Scope]) -> None:
    """Keys for scopes of one kind that have none; what another process wrote first stays."""
    master = master_to_wrap_with(scopes[0])
    keys = [OpenKey(uuid4(), scope, cipher.new_key()) for scope in scopes]
    rows = [
        DataKey(
            id=key.id,
            scope_kind=key.scope.kind,
            scope_id=key.scope.id,
            master_id=master.name,
            wrapped=wrap(key, master),
        )
        for key in keys
    ]
    with transaction.atomic(using=STORE, durable=True):
        DataKey.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def find(scope: Scope) -> DataKey | None:
    return DataKey.objects.filter(scope_kind=scope.kind, scope_id=scope.id).first()


def create(scope: Scope) -> DataKey:
    """Of two processes at once, the database lets one write; the other takes what it wrote.

    Where it is the master key that was dropped meanwhile, the next attempt takes the new one.
    """
    for _attempt in range(ATTEMPTS):
        try:
            return insert(scope)
        except IntegrityError:
            if row := find(scope):
                return row
    raise ValidationError(_("Confidential texts cannot be kept at this moment. Please try again."))


@sensitive_variables()
def insert(scope: Scope) -> DataKey:
    """Raises IntegrityError where the scope has a key, and where the master key is dropped."""
    master = master_to_wrap_with(scope)
    key = OpenKey(uuid4(), scope, cipher.new_key())
    with transaction.atomic(using=STORE, durable=True):
        return DataKey.objects.create(
            id=key.id,
            scope_kind=scope.kind,
            scope_id=scope.id,
            master_id=master.name,
            wrapped=wrap(key, master),
        )


def master_to_wrap_with(scope: Scope) -> ring.Secret:
    """The newest master key of which a copy was confirmed.

    What belongs to the installation can be set up anew if it is lost, and does not wait for that:
    the first administrator needs an authenticator.
    """
    try:
        keys = ring.master_keys()
    except MasterKeyError as error:
        log.error("Nothing can be sealed: %s", error)
        raise ValidationError(
            _("Confidential texts cannot be kept at the moment. Tell your IT.")
        ) from None
    confirmed = confirmed_of(keys)
    if confirmed:
        return confirmed[0]
    if scope.kind == Kind.INSTALLATION:
        register(keys[-1])
        return keys[-1]
    raise ValidationError(
        _(
            "Confidential texts cannot be kept yet. Whoever runs Upwell first copies the key file "
            "to another place and confirms that with: upwell keys confirm"
        )
    )


def confirmed_of(keys: Sequence[ring.Secret]) -> list[ring.Secret]:
    """Those of which a copy was confirmed, in the same order."""
    rows = MasterKey.objects.filter(confirmed_at__isnull=False)
    fingerprints = dict(rows.values_list("name", "fingerprint"))
    return [key for key in keys if fingerprints.get(key.name) == key.fingerprint]


def register(key: ring.Secret) -> MasterKey:
    """The row of a master key. Refuses another key under a name that is taken."""
    row, _is_new = MasterKey.objects.get_or_create(
        name=key.name, defaults={"fingerprint": key.fingerprint}
    )
    if row.fingerprint != key.fingerprint:
        said = _("The key store knows another master key by the name %(name)s.")
        raise MasterKeyError(said % {"name": key.name})
    return row


@sensitive_variables()
def wrap(key: OpenKey, master: ring.Secret) -> bytes:
    bound_to = cipher.bound_to_master(key.scope, key.id, master.name)
    return cipher.lock(master.value, key.secret, bound_to)


@sensitive_variables()
def unwrap(row: DataKey, masters: Sequence[ring.Secret] | None = None) -> OpenKey:
    """Raises MasterKeyError where the master key is not there, TamperedError where it is wrong."""
    keys = ring.master_keys() if masters is None else masters
    found = next((key for key in keys if key.name == row.master_id), None)
    if found is None:
        said = _("The master key %(name)s is not there.")
        raise MasterKeyError(said % {"name": row.master_id})
    bound_to = cipher.bound_to_master(row.scope, row.pk, found.name)
    return OpenKey(
        row.pk, row.scope, cipher.unlock(found.value, bytes(row.wrapped or b""), bound_to)
    )


def keys_by_id(ids: Iterable[UUID]) -> dict[UUID, OpenKey | None]:
    """Open keys in one query, however many; None stands for an erased one."""
    wanted = set(ids)
    rows = DataKey.objects.in_bulk(wanted)
    missing = wanted - rows.keys()
    if missing:
        said = _("The key store lacks the data key %(name)s.")
        raise DataKeyError(said % {"name": min(missing)})
    masters = ring.master_keys() if any(row.wrapped for row in rows.values()) else ()
    return {key: unwrap(row, masters) if row.wrapped else None for key, row in rows.items()}


def shred(scope: Scope) -> bool:
    """Erase the data key of a scope, for ever, and with it what it has sealed, also in backups.

    A scope that has no key is marked, too, so that none is made later. Returns whether a key was
    erased by this call. Not undone by a rollback of the surrounding transaction.
    """
    if scope.kind == Kind.INSTALLATION:
        raise ValueError("The installation's own key is not erased.")
    gone = {"master": None, "wrapped": None, "shredded_at": timezone.now()}
    try:
        with transaction.atomic(using=STORE, durable=True):
            DataKey.objects.create(scope_kind=scope.kind, scope_id=scope.id, **gone)
        return False
    except IntegrityError:
        rows = DataKey.objects.filter(
            scope_kind=scope.kind, scope_id=scope.id, wrapped__isnull=False
        )
        erased = rows.update(**gone)
    forget_old_pages()
    return bool(erased)


def erased_ids(kind: str) -> set[UUID]:
    """The scopes of a kind that were erased, by their ids."""
    rows = DataKey.objects.filter(scope_kind=kind, shredded_at__isnull=False)
    return {*rows.values_list("scope_id", flat=True)}


def forget_old_pages() -> None:
    """Let the key store's file hold no former version of what was replaced or erased.

    With SQLite what is replaced is overwritten (secure_delete), once the log is worked in.
    """
    store = connections[STORE]
    if store.vendor == "sqlite" and not store.in_atomic_block:
        with store.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
