"""What is kept sealed with every run, and what is held against it when the proof is repeated."""

import json

import pytest
from django.urls import reverse

from tests.factories import make_cohort, make_manager, make_pair, make_person, make_run
from tests.pairs.organizations import manager_of
from tests.pairs.test_runs import computed, make_sides, set_policy
from upwell.matching.document import digest
from upwell.pairs.models import BlockList, MatchRun, RunShare
from upwell.pairs.services import add_block, recheck_run, remove_block, why_not
from upwell.pairs.services.private import LABEL, ErasedError, private_part
from upwell.pairs.services.words import fault_sentences, unplaced_sentence
from upwell.people.models import ReportingLine
from upwell.vault.errors import TamperedError
from upwell.vault.models import DataKey, MasterKey
from upwell.vault.scopes import Scope
from upwell.vault.services import shred, unseal
from upwell.vault.shares import unlock_text

pytestmark = pytest.mark.django_db

GONE = (
    "Data of somebody in this run has been erased since, and with it whatever they may have asked"
    " for in private. These pairs stand; that they are the best can no longer be shown."
)


def people_of(cohort):
    mentors, mentees = cohort.enrollments.mentors(), cohort.enrollments.mentees()
    return [one.person for one in mentors], [one.person for one in mentees]


def asked_run(cohort):
    """A run in which the first mentor has asked not to be with the first mentee."""
    mentors, mentees = people_of(cohort)
    add_block(mentors[0], mentees[0])
    return computed(cohort), mentors[0], mentees[0]


def test_earlier_pairs_of_other_programs_are_kept_apart_and_named_nowhere():
    cohort = make_sides()
    mentors, mentees = people_of(cohort)
    make_pair(mentors[0], mentees[0], run=make_run(make_cohort(make_manager())))

    run = computed(cohort)

    couples = private_part(run).requests.couples
    made = {*run.proposals.values_list("mentor__person", "mentee__person")}
    assert (mentors[0].pk, mentees[0].pk) not in made
    assert couples == (tuple(sorted([mentors[0].employee_id, mentees[0].employee_id])),)
    assert run.policy_json == cohort.program.__class__.objects.get(pk=cohort.program_id).policy_json
    assert json.loads(run.certificate)["policy"]["pairs"]["former"] == []


def test_earlier_pairs_of_the_policy_stay_in_it():
    cohort = make_sides()
    mentors, mentees = people_of(cohort)
    couple = [mentors[0].employee_id, mentees[0].employee_id]
    set_policy(cohort, {"pairs": {"former": [couple]}})

    run = computed(cohort)

    assert json.loads(run.certificate)["policy"]["pairs"]["former"] == [couple]


def test_certificates_with_and_without_a_request_differ_in_salted_digests_alone():
    cohort = make_sides(2, 2)
    before = json.loads(computed(cohort).certificate)
    made = {tuple(pair) for pair in before["pairs"]}
    mentors, mentees = people_of(cohort)
    apart = next(
        (a, b) for a in mentors for b in mentees if (a.employee_id, b.employee_id) not in made
    )
    add_block(*apart)

    after = json.loads(computed(cohort).certificate)

    salted = {"problem_digest", "certificate_digest"}
    assert {key for key in before if before[key] != after[key]} == salted
    assert before.keys() == after.keys() and after["private_requests"] is True
    assert not {"t", "prices", "cover", "floor_cover", "steps"} & after.keys()


def test_everybody_with_a_list_has_a_share_whoever_is_on_it():
    cohort = make_sides(3, 2)
    mentors, mentees = people_of(cohort)
    somebody = make_person()
    add_block(mentors[0], mentees[0])
    add_block(mentees[1], somebody)
    add_block(mentors[1], somebody)
    remove_block(mentors[1], somebody.name)
    add_block(somebody, mentors[0])

    run = computed(cohort)

    assert {share.person_id for share in run.shares.all()} == {
        *(mentors[0].pk, mentors[1].pk, mentees[1].pk)
    }


def test_with_the_key_of_whoever_asked_all_that_was_private_is_gone():
    run, asking, _meant = asked_run(make_sides())
    outer, share = json.loads(unseal(run, "private_part")), RunShare.objects.get()
    held = recheck_run(run)

    shred(Scope("person", asking.pk))

    assert held == []
    assert recheck_run(run) == [GONE] and run.is_past_proof
    assert not unseal(share, "secret")
    assert not unseal(BlockList.objects.get(person=asking), "colleagues")
    with pytest.raises(ErasedError):
        private_part(run)
    with pytest.raises(TamperedError):
        unlock_text(outer["locked"], [outer["own"]], label=LABEL, row=run.pk)


def test_erasing_somebody_who_asked_for_nothing_is_answered_the_same():
    run, _asking, meant = asked_run(make_sides())

    shred(Scope("person", meant.pk))

    assert recheck_run(run) == [GONE]


def test_somebody_erased_before_is_matched_without_their_requests():
    cohort = make_sides()
    mentors, mentees = people_of(cohort)
    add_block(mentors[0], mentees[0])
    shred(Scope("person", mentors[0].pk))

    run = computed(cohort)

    assert (run.state, run.figures["pairs"]) == (MatchRun.State.DONE, 2)
    assert not RunShare.objects.exists()


def test_page_says_that_the_proof_cannot_be_repeated(client):
    cohort = make_sides()
    run, asking, _meant = asked_run(cohort)
    client.force_login(manager_of(cohort))
    shred(Scope("person", asking.pk))

    answer = client.post(reverse("pairs:run_check", args=[run.pk]), follow=True)

    html = answer.content.decode()
    assert html.count("The proof cannot be repeated.") == 2
    assert "does not hold" not in html and "it holds" not in html


def test_a_run_is_proven_again_though_no_copy_of_the_key_is_confirmed():
    cohort = make_sides()
    MasterKey.objects.all().delete()

    run = computed(cohort)

    assert (run.state, recheck_run(run)) == (MatchRun.State.DONE, [])
    assert {key.scope_kind for key in DataKey.objects.all()} == {"installation"}


def certificate(run, **changes):
    """Say something else in the certificate that is handed out, with a digest that fits."""
    body = {**json.loads(run.certificate), **changes}
    run.certificate = json.dumps({**body, "certificate_digest": digest(body)})


def test_a_value_changed_in_what_is_handed_out_is_found():
    run = computed(make_sides())
    value = run.figures["value"]
    certificate(run, value=value + 1)

    assert recheck_run(run) == [f"value says {value + 1}, but it is {value}"]


def test_a_pair_taken_out_of_what_is_handed_out_is_found():
    run = computed(make_sides())
    certificate(run, pairs=json.loads(run.certificate)["pairs"][1:])

    [fault] = recheck_run(run)

    assert fault.startswith("pairs says [[")


def test_a_pair_that_is_not_shown_is_found():
    run = computed(make_sides())
    proposal = run.proposals.first()
    names = f"{proposal.mentor.person.employee_id} – {proposal.mentee.person.employee_id}"
    proposal.delete()

    assert recheck_run(run) == [f"the pair {names} is not shown"]


def test_a_pair_that_is_shown_instead_of_another_is_found():
    run = computed(make_sides(1, 2))
    proposal, left = run.proposals.get(), run.unplaced.get()
    run.proposals.update(mentee=left.enrollment)
    mentor = proposal.mentor.person.employee_id

    assert recheck_run(run) == [
        f"the pair {mentor} – {proposal.mentee.person.employee_id} is not shown",
        f"the pair {mentor} – {left.enrollment.person.employee_id} is shown and not proven",
    ]


def test_points_and_figures_that_are_shown_and_not_so_are_found():
    run = computed(make_sides())
    run.proposals.filter(pk=run.proposals.first().pk).update(score=999)
    run.figures["pairs"] = 7

    assert recheck_run(run) == [
        "the page says 7 for pairs, but it is 2",
        "the points of the pairs that are shown do not make the total",
    ]


def test_where_only_a_request_is_in_the_way_the_answers_are_those_of_anybody():
    cohort = make_sides(1, 1)
    run, _asking, _meant = asked_run(cohort)

    both = cohort.enrollments.mentors()[0], cohort.enrollments.mentees()[0]

    assert why_not(run, *both) == []
    assert {unplaced_sentence(one) for one in run.unplaced.all()} == {
        "Whoever may be paired with them has somebody already, or was a pair with them before,"
        " or one of the two has asked in private for something else."
    }


@pytest.mark.parametrize("kind", ["line", "earlier", "private"])
def test_a_pin_of_two_who_are_kept_apart_is_refused_alike(kind):
    cohort = make_sides()
    mentors, mentees = people_of(cohort)
    two = mentors[0], mentees[0]
    couple = [person.employee_id for person in two]
    set_policy(cohort, {"pairs": {"pin": [couple]}, "rules": {"level_gap": 0}})
    before = computed(cohort)
    if kind == "line":
        ReportingLine.objects.create(person=two[0], manager=two[1])
    elif kind == "earlier":
        make_pair(*two)
    else:
        add_block(*two)

    run = computed(cohort)

    assert (before.state, run.state) == (MatchRun.State.DONE, MatchRun.State.FAILED)
    [said] = fault_sentences(run)
    assert said.endswith("whom a rule keeps from being a pair. A pin must keep every rule.")
