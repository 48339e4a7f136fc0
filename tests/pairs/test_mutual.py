"""Two who both say yes are a pair at once, and nobody learns who did not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_earlier_pair, make_lines, make_person
from tests.pairs.choosing import choose, entry_of, in_days, make_choosing, sheet_of, sides_of
from tests.pairs.organizations import manager_of
from tests.pairs.test_publication import publish
from tests.pairs.test_runs import computed
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import ChoiceRound, ChoiceSheet, Couple, ListEntry, Member, Pair
from upwell.pairs.models.choosing import choices_by_sheet
from upwell.pairs.queries import short_list, takes_last
from upwell.pairs.services import (
    add_block,
    close_choosing,
    end_pair,
    mutual,
    recheck_run,
    say_yes,
    take_yes_back,
)
from upwell.pairs.services.couples import couples_of, row_of
from upwell.people.models import Person
from upwell.programs.models import Enrollment, Place
from upwell.vault.scopes import Scope
from upwell.vault.services import shred

pytestmark = pytest.mark.django_db

GONE = "They are not available any more."


def refusal(act):
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value.message


def card_of(found, one, other):
    cards = short_list(sheet_of(found, one)).cards
    return next(card for card in cards if card.other == other)


def test_two_who_both_say_yes_are_a_pair_and_are_told():
    found = make_choosing()
    Person.objects.update(contact_email="somebody@example.com")
    (mentor, *_), (mentee, *_) = sides_of(found)

    first = choose(found, mentor, mentee)
    pair = choose(found, mentee, mentor)

    assert first is None
    assert (pair.origin, pair.run, pair.state) == ("chosen", None, "active")
    couple = Couple.objects.get(pair=pair)
    assert (couple.mentor, couple.mentee) == (mentor.person, mentee.person)
    assert Member.objects.filter(pair=pair, is_active=True).count() == 2
    messages = OutboxMessage.objects.filter(template="pairs/mail/published")
    assert {one.person for one in messages} == {mentor.person, mentee.person}
    row = row_of(couples_of(found.cohort).get())
    assert (row.quality, row.label) == ("neutral", "chosen by both")


def test_the_log_says_that_there_is_a_pair_and_not_who_was_last():
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    before = AuditEntry.objects.count()
    choose(found, mentor, mentee)
    assert AuditEntry.objects.count() == before

    pair = choose(found, mentee, mentor)

    entry = AuditEntry.objects.get(event="pairs.pair.chosen")
    assert (entry.by, entry.object_id, entry.facts) == ("system", str(pair.pk), {})


def test_one_yes_changes_nothing_for_the_other():
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    before = short_list(sheet_of(found, mentee)).cards

    choose(found, mentor, mentee)

    assert short_list(sheet_of(found, mentee)).cards == before
    assert card_of(found, mentor, mentee).place == 1
    assert not OutboxMessage.objects.filter(template="pairs/mail/published").exists()


def test_a_yes_can_be_taken_back_until_it_is_a_pair():
    found = make_choosing()
    (mentor, *_), (mentee, other, *_) = sides_of(found)
    choose(found, mentor, mentee)

    take_yes_back(sheet_of(found, mentor), entry_of(found, mentor, mentee).pk)

    assert choose(found, mentee, mentor) is None
    assert choose(found, mentor, mentee)
    entry = entry_of(found, mentor, mentee).pk
    for act in (take_yes_back, say_yes):
        said = refusal(lambda act=act: act(sheet_of(found, mentor), entry))
        assert said == "The two of you are a pair already."
    assert refusal(lambda: choose(found, mentor, other)) == (
        "You have found your counterpart already."
    )


def test_whoever_is_taken_is_not_available_to_others():
    found = make_choosing()
    (mentor, second, *_), (mentee, *_) = sides_of(found)
    choose(found, second, mentee)
    choose(found, mentor, mentee)
    choose(found, mentee, mentor)

    assert not card_of(found, second, mentee).is_available
    assert card_of(found, mentor, mentee).pair
    assert refusal(lambda: choose(found, second, mentee)) == GONE


def test_whoever_takes_several_can_be_chosen_as_often():
    found = make_choosing(capacity={"mentor": 2, "mentee": 1})
    (mentor, *_), (first, second, third) = sides_of(found)
    for mentee in (first, second, third):
        choose(found, mentor, mentee)

    made = [choose(found, mentee, mentor) for mentee in (first, second)]

    assert all(made)
    assert refusal(lambda: choose(found, third, mentor)) == GONE
    assert Member.objects.filter(place__enrollment=mentor, is_active=True).count() == 2


@pytest.mark.parametrize("how", ["out", "left"])
def test_whoever_steps_out_or_leaves_is_not_available(how):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose(found, mentee, mentor)
    if how == "out":
        Enrollment.objects.filter(pk=mentee.pk).update(state="out")
    else:
        Person.objects.filter(pk=mentee.person_id).update(is_active=False)

    assert not card_of(found, mentor, mentee).is_available
    assert refusal(lambda: choose(found, mentor, mentee)) == GONE
    assert not Couple.objects.exists()


def test_whoever_has_stepped_out_chooses_nobody():
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    Enrollment.objects.filter(pk=mentor.pk).update(state="out")

    assert "You do not take part" in refusal(lambda: choose(found, mentor, mentee))


@pytest.mark.parametrize("why", ["block", "line", "earlier"])
def test_two_who_may_not_be_paired_any_more_become_no_pair_and_learn_nothing(why):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose(found, mentor, mentee)
    if why == "block":
        add_block(mentor.person, mentee.person)
    elif why == "line":
        make_lines(mentor.person, mentee.person)
    else:
        make_earlier_pair(mentee.person, mentor.person)

    assert choose(found, mentee, mentor) is None
    assert card_of(found, mentee, mentor).is_available
    assert not Couple.objects.exists()


def test_nobody_is_chosen_by_more_than_they_take_although_they_have_places():
    found = make_choosing()
    (mentor, second, *_), (mentee, *_) = sides_of(found)
    Place.objects.bulk_create(Place(enrollment=mentee, number=number) for number in (2, 3))
    Enrollment.objects.filter(pk=mentee.pk).update(capacity=0)

    assert refusal(lambda: choose(found, mentor, mentee)) == GONE
    assert refusal(lambda: choose(found, mentee, second)) == (
        "You have found your counterpart already."
    )


def test_whoever_takes_one_more_by_now_can_be_chosen_once_more():
    found = make_choosing()
    (mentor, *_), (first, second, *_) = sides_of(found)
    for one, other in ((mentor, first), (first, mentor)):
        choose(found, one, other)
    Enrollment.objects.filter(pk=mentor.pk).update(capacity=2)

    choose(found, mentor, second)

    assert choose(found, second, mentor)


def test_two_whose_pair_has_ended_are_not_paired_again():
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose(found, mentor, mentee)
    pair = choose(found, mentee, mentor)
    assert {one for sheet in sheets_of(found, mentor, mentee) for one in sheet} == set()

    end_pair(pair, by=manager_of(found.cohort))

    for _time in range(2):
        assert choose(found, mentor, mentee) is None
        assert choose(found, mentee, mentor) is None
    assert Couple.objects.get().is_active is False


def test_with_a_pair_only_these_two_do_not_say_yes_any_more():
    found = make_choosing(capacity={"mentor": 2, "mentee": 2})
    (mentor, second, *_), (mentee, other, *_) = sides_of(found)
    for one, chosen in ((mentor, other), (mentor, mentee), (mentee, second), (mentee, mentor)):
        choose(found, one, chosen)

    assert sheets_of(found, mentor, mentee) == [[other.pk], [second.pk]]
    assert [card.other for card in short_list(sheet_of(found, mentor)).chosen] == [mentee, other]


def sheets_of(found, *people):
    return [choices_by_sheet([sheet_of(found, one)])[sheet_of(found, one).pk] for one in people]


@pytest.mark.parametrize("why", ["block", "block of the other", "earlier"])
def test_a_yes_that_makes_no_pair_asks_as_much_of_the_database_whatever_the_reason(why):
    found = make_choosing()
    (mentor, second, *_), (mentee, *_) = sides_of(found)
    for one in (mentor, second, mentee):
        add_block(one.person, make_person())
    choose(found, mentor, mentee)  # which reads what is read but once
    with CaptureQueriesContext(connection) as plain:
        assert choose(found, mentee, second) is None
    if why == "block":
        add_block(mentor.person, mentee.person)
    elif why == "earlier":
        make_earlier_pair(mentee.person, mentor.person)
    else:
        add_block(mentee.person, mentor.person)

    with CaptureQueriesContext(connection) as kept_apart:
        assert choose(found, mentee, mentor) is None

    assert len(kept_apart) == len(plain)


def test_nobody_chooses_in_a_round_that_is_over_or_ranked():
    found, ranked = make_choosing(), make_choosing(way="ranked")
    (mentor, *_), (mentee, *_) = sides_of(found)
    (one, *_), (other, *_) = sides_of(ranked)
    ChoiceRound.objects.filter(pk=found.pk).update(closes_on=in_days(-1))

    assert refusal(lambda: choose(found, mentor, mentee)) == "Choosing is over."
    assert refusal(lambda: choose(ranked, one, other)) == "Choosing is over."


def test_nobody_chooses_on_the_list_of_somebody_else():
    found = make_choosing()
    (mentor, second, *_), (mentee, *_) = sides_of(found)
    sheet, entry = sheet_of(found, second), entry_of(found, mentor, mentee)

    for act in (say_yes, take_yes_back):
        assert refusal(lambda act=act: act(sheet, entry.pk)) == GONE


def test_whoever_was_erased_can_keep_nothing():
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose(found, mentor, mentee)
    shred(Scope("person", mentor.person_id))

    with pytest.raises(ValidationError):
        choose(found, mentor, mentee)
    assert choose(found, mentee, mentor) is None


def test_what_was_chosen_goes_when_it_closes_and_the_rest_is_matched():
    found = make_choosing()
    (mentor, second, *_), (mentee, other, *_) = sides_of(found)
    choose(found, mentor, mentee)
    pair = choose(found, mentee, mentor)
    choose(found, second, other)

    close_choosing(found, by=manager_of(found.cohort))

    assert {one.kept for one in ChoiceSheet.objects.all()} == {None}
    run = computed(found.cohort)
    assert (run.figures["pairs"], run.is_ranked, recheck_run(run)) == (2, False, [])
    publish(run)
    assert Couple.objects.active().count() == 3
    assert {one.run_id for one in Pair.objects.exclude(pk=pair.pk)} == {run.pk}
    assert not ListEntry.objects.exists()


def test_what_changes_between_the_look_and_the_yes_is_looked_at_again(monkeypatch):
    found = make_choosing()
    (mentor, *_), (mentee, *_) = sides_of(found)
    choose(found, mentor, mentee)
    asked = []

    def and_then_asked(*args):
        prepared = prepare(*args)
        if not asked:
            asked.append(add_block(mentor.person, mentee.person))
        return prepared

    prepare = mutual.prepare
    monkeypatch.setattr(mutual, "prepare", and_then_asked)

    assert choose(found, mentee, mentor) is None
    assert asked and not Pair.objects.exists()


def two_groups(found):
    """Let the second mentee have nobody but the first mentor on their list."""
    mentors, mentees = sides_of(found)
    ListEntry.objects.filter(mentee=mentees[1]).exclude(mentor=mentors[0]).delete()
    return mentors, mentees


def test_a_choice_that_takes_the_last_of_somebody_is_seen():
    found = make_choosing()
    mentors, mentees = two_groups(found)

    assert takes_last(entry_of(found, mentors[0], mentees[0]))
    assert not takes_last(entry_of(found, mentors[0], mentees[1]))
    assert not takes_last(entry_of(found, mentors[1], mentees[0]))


def test_nobody_is_harmed_who_has_somebody_or_takes_no_part_or_where_a_place_is_left():
    found = make_choosing(capacity={"mentor": 2, "mentee": 1})
    mentors, mentees = two_groups(found)
    entry = entry_of(found, mentors[0], mentees[0])
    assert not takes_last(entry)

    Enrollment.objects.filter(pk=mentors[0].pk).update(capacity=1)
    assert takes_last(entry)

    Enrollment.objects.filter(pk=mentees[1].pk).update(state="out")
    assert not takes_last(entry)


def test_the_warning_is_the_same_whether_or_not_the_other_has_said_yes():
    found = make_choosing()
    mentors, mentees = two_groups(found)
    entry = entry_of(found, mentors[0], mentees[0])
    before = takes_last(entry)

    choose(found, mentees[0], mentors[0])

    assert takes_last(entry) == before
    assert choices_by_sheet([sheet_of(found, mentees[0])])
