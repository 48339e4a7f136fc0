"""What must be true of a run right after it was made, and of the pairs right after publication."""

from collections import Counter

from upwell.delivery.models import OutboxMessage
from upwell.pairs.models import Couple
from upwell.pairs.services.inputs import unpack
from upwell.pairs.services.private import private_part
from upwell.programs.models import Enrollment


def check_run(machine, run):
    """A run made just now holds those who take part, what they agreed to, and allowed pairs."""
    model, cohort = machine.model, machine.cohort_at[run.cohort_id]
    inside = {person for person in model.of(cohort) if model.takes_part(cohort, person)}
    names = ("mentor__person", "mentee__person")
    couples = [
        (machine.person_at[mentor], machine.person_at[mentee])
        for mentor, mentee in run.proposals.order_by("pk").values_list(*names)
    ]
    seated = Counter(person for couple in couples for person in couple)
    assert seated.keys() <= inside, "a run pairs somebody who has not said yes"
    assert all(many <= model.seats[cohort, one].most for one, many in seated.items())
    people = dict(Enrollment.objects.filter(cohort=run.cohort_id).values_list("pk", "person"))
    read = {machine.person_at[people[pk]] for pk in unpack(bytes(run.inputs)).enrollments.values()}
    assert read == inside, "a run has read somebody who has not said yes"
    check_couples(model, couples)
    check_backgrounds(machine, cohort, run)


def check_couples(model, couples):
    for mentor, mentee in couples:
        assert not (why := model.why_not(mentor, mentee)), f"a forbidden pair: {why}"


def check_backgrounds(machine, cohort, run):
    """Letter for letter what people let count for matching at this moment."""
    found = private_part(run).requests.backgrounds
    expected = {f"E{one}": row for one, row in machine.model.counting(cohort).items()}
    assert found == expected, "a run knows what nobody agreed to"


def check_published(machine, run):
    """Right after a publication: allowed pairs of people who take part, and nobody forgotten."""
    model, cohort = machine.model, machine.cohort_at[run.cohort_id]
    rows = Couple.objects.filter(pair__run=run).order_by("pk").values_list("mentor", "mentee")
    couples = [(machine.person_at[mentor], machine.person_at[mentee]) for mentor, mentee in rows]
    assert couples, "nothing was published"
    check_couples(model, couples)
    for person in {one for couple in couples for one in couple}:
        assert model.takes_part(cohort, person), "somebody who does not take part was paired"
    placed = {*run.proposals.values_list("mentor__person", flat=True)}
    placed |= {*run.proposals.values_list("mentee__person", flat=True)}
    placed |= {*run.unplaced.values_list("enrollment__person", flat=True)}
    known = {machine.person_at[person] for person in placed}
    there = {person for person in model.of(cohort) if model.takes_part(cohort, person)}
    assert there <= known, "somebody was forgotten"
    check_rest(machine, run, there - {one for couple in couples for one in couple})
    model.couples += [(cohort, *couple) for couple in couples]


def check_rest(machine, run, rest):
    """Whoever takes part without a counterpart gets kind words, once, and nobody else does."""
    rows = OutboxMessage.objects.filter(once_key__startswith=f"not-placed:{run.pk}:")
    told = sorted(machine.person_at[person] for person in rows.values_list("person", flat=True))
    assert told == sorted(rest), "kind words to somebody else, or none"
