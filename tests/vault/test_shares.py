"""A text under a key of several shares, and whose keys were erased."""

from uuid import uuid4

import pytest

from upwell.vault.errors import TamperedError
from upwell.vault.scopes import Scope
from upwell.vault.services import erased_ids, shred
from upwell.vault.shares import lock_text, new_share, unlock_text

ROW = uuid4()


def lock(shares):
    return lock_text("Größe 🎈", shares, label="a.b.c", row=ROW)


def unlock(word, shares, **place):
    return unlock_text(word, shares, **{"label": "a.b.c", "row": ROW} | place)


def test_a_text_opens_with_all_shares_in_any_order():
    shares = [new_share() for _number in range(3)]

    assert unlock(lock(shares), reversed(shares)) == "Größe 🎈"


@pytest.mark.parametrize(
    "change",
    [
        lambda shares: shares[:-1],
        lambda shares: [*shares, new_share()],
        lambda shares: [new_share(), *shares[1:]],
        lambda shares: [],
    ],
    ids=["one too few", "one too many", "another", "none"],
)
def test_a_share_too_few_or_too_many_opens_nothing(change):
    shares = [new_share() for _number in range(3)]

    with pytest.raises(TamperedError):
        unlock(lock(shares), change(shares))


def test_a_text_opens_nowhere_else():
    shares = [new_share()]
    word = lock(shares)

    for place in ({"row": uuid4()}, {"label": "a.b.d"}):
        with pytest.raises(TamperedError):
            unlock(word, shares, **place)
    with pytest.raises(TamperedError):
        unlock("no word", shares)


@pytest.mark.django_db
def test_erased_ids_are_those_of_a_kind():
    person, pair = uuid4(), uuid4()
    shred(Scope("person", person))
    shred(Scope("pair", pair))

    assert (erased_ids("person"), erased_ids("pair")) == ({person}, {pair})
