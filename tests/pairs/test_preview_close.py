"""The end of a preview: the run stands, or another follows that changes few pairs."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import make_enrollment
from tests.pairs.test_previews import (
    asked,
    couples,
    first_of,
    followed,
    let_it_end,
    object_to_first,
    publish,
)
from tests.pairs.test_publication import make_run
from tests.pairs.test_runs import set_policy, silent
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.models import BlockList, MatchRun, Pair, Preview
from upwell.pairs.queries import changes_of, proof_of
from upwell.pairs.queries.outcome import has_changed
from upwell.pairs.services import (
    ask_for_another,
    close_preview,
    close_previews,
    open_preview,
)
from upwell.pairs.services.repairs import policy_of_repair
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


def test_nothing_happens_before_its_time():
    preview = asked()
    object_to_first(preview)

    close_previews()
    close_preview(preview.pk, report=silent)

    preview.refresh_from_db()
    assert preview.state == "open"
    assert not Job.objects.filter(service="upwell.pairs.services.close_preview").exists()


def test_a_worker_asks_for_its_end_once():
    preview = asked()
    Preview.objects.update(closes_at=timezone.now())

    for _tick in range(2):
        close_previews()

    job = Job.objects.get(service="upwell.pairs.services.close_preview")
    assert job.target == str(preview.pk)


def test_where_nobody_objects_the_run_stands():
    preview = asked()

    let_it_end(preview)

    assert preview.state == "closed"
    assert MatchRun.objects.get() == preview.run
    message = OutboxMessage.objects.get(template="pairs/mail/preview_closed")
    assert message.person == preview.opened_by
    assert "All pairs stay as they are" in message.text
    publish(preview.run)
    assert Pair.objects.count() == 3


def test_where_somebody_objects_another_run_keeps_the_others():
    preview = asked(4, 4)
    proposal = object_to_first(preview)

    run = followed(preview)

    assert (run.number, run.state, run.follows) == (2, "done", preview.run)
    refused = (proposal.mentor_id, proposal.mentee_id)
    assert refused not in couples(run)
    assert len(couples(run)) == 4
    assert len(couples(preview.run) - couples(run)) == 2  # a swap is the least that there is
    message = OutboxMessage.objects.get(template="pairs/mail/preview_closed")
    assert "changes the fewest" in message.text


@pytest.mark.parametrize("objects", [True, False])
def test_of_those_who_have_joined_it_is_told_the_same_whatever_was_said(objects):
    preview = asked(3, 4, capacity={"mentor": 2})
    make_enrollment(preview.cohort, "mentee")
    if objects:
        object_to_first(preview)

    run = followed(preview)

    message = OutboxMessage.objects.get(template="pairs/mail/preview_closed")
    assert "People have joined meanwhile" in message.text
    assert "Not all pairs stay" not in message.text
    assert len(couples(run)) == 5


def test_its_certificate_proves_the_best_of_those_that_keep_them():
    preview = asked(4, 4)
    object_to_first(preview)

    run = followed(preview)

    certificate = json.loads(run.certificate)
    assert len(certificate["policy"]["pairs"]["pin"]) == run.kept_added == 2
    assert not has_changed(run)
    assert run.figures["gap"] == 0
    proof = proof_of(run)
    assert proof.claim == "No other assignment that keeps these pairs can do better."
    assert proof.basis.startswith("2 pairs of the run before stay.")


def test_once_published_a_repair_may_change_what_stayed():
    preview = asked(4, 4)
    object_to_first(preview)
    run = followed(preview)
    MatchRun.objects.filter(pk=run.pk).update(published_at=timezone.now())

    policy = policy_of_repair(run.cohort)

    assert run.kept_added == 2
    assert policy.pairs.pin == ()


def test_with_stable_pairs_nothing_is_claimed_of_those_that_stay():
    preview = asked(4, 4, objective="stable")
    object_to_first(preview)

    proof = proof_of(followed(preview))

    assert proof.claim.startswith("Beside the pairs that stay, no two people")


def test_the_manager_reads_which_pairs_changed():
    preview = asked(4, 4)
    object_to_first(preview)

    found = changes_of(followed(preview))

    assert (found.sentence, len(found.made), len(found.gone)) == ("2 pairs changed", 2, 2)
    assert changes_of(preview.run) is None


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_which_side_objected_makes_no_difference(side):
    preview = asked(3, 3)
    object_to_first(preview, side)

    run = followed(preview)

    lists = {row.person_id: len(row.colleagues.content) for row in BlockList.objects.all()}
    assert len({*lists.values()}) == 1
    assert run.shares.count() == 6
    assert len(couples(preview.run) - couples(run)) == 2


def test_the_run_before_is_not_published_any_more():
    preview = asked()
    object_to_first(preview)
    run = followed(preview)

    with pytest.raises(ValidationError, match="Use a later run"):
        publish(preview.run)

    publish(run)
    assert Pair.objects.count() == 3


def test_a_second_preview_keeps_the_pins_of_the_first_only_where_they_hold():
    preview = asked(4, 4)
    object_to_first(preview)
    second = open_preview(followed(preview), by=preview.opened_by)
    kept = next(iter(couples(preview.run) & couples(second.run)))
    proposal = second.run.proposals.get(mentor=kept[0], mentee=kept[1])

    ask_for_another(second, proposal, by=proposal.mentor.person)
    run = followed(second)

    assert run.state == "done"
    assert kept not in couples(run)
    assert len(couples(run)) == 4


def test_own_pins_of_the_policy_are_kept_apart_from_those_that_are_added():
    preview = asked(3, 3)
    object_to_first(preview)
    ids = [str(one) for one in preview.run.cohort.enrollments.values_list("person", flat=True)]

    run = followed(preview)

    pins = json.loads(run.policy_json)["pairs"]["pin"]
    assert run.kept_added == len(pins)
    assert {name for pin in pins for name in pin} <= {
        *ids,
        *Person.objects.values_list("employee_id", flat=True),
    }


def test_somebody_who_leaves_meanwhile_is_replaced_with_few_changes():
    preview = asked(4, 3)
    gone = first_of(preview).mentor.person
    Person.objects.filter(pk=gone.pk).update(is_active=False)

    run = followed(preview)

    assert len(couples(preview.run) - couples(run)) == 1
    assert len(couples(run)) == 3


def test_the_end_is_harmless_twice():
    preview = asked()
    object_to_first(preview)
    run = followed(preview)

    close_preview(preview.pk, report=silent)

    assert MatchRun.objects.filter(follows=preview.run).get() == run
    assert OutboxMessage.objects.filter(template="pairs/mail/preview_closed").count() == 1


def test_a_run_without_a_preview_is_published_as_before():
    run = make_run()

    publish(run)

    assert Pair.objects.count() == 2


def test_a_longer_preview_is_no_other_policy_for_pairs():
    run = make_run()
    set_policy(run.cohort, {**json.loads(run.policy_json), "preview_hours": 96})
    run = MatchRun.objects.select_related("cohort__program").get()

    assert not has_changed(run)
