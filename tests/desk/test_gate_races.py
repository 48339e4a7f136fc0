"""Two open a gate at once: one does, and the other is told."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.databases import at_once
from tests.factories import make_cohort, make_manager
from upwell.audit.models import AuditEntry
from upwell.desk.services import open_gate
from upwell.programs.models import Cohort, Opening, Staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_database")]
ROUNDS = 5
WHY = "The lessons are held in person."


def test_a_gate_opened_twice_at_once_is_opened_once():
    for _round in range(ROUNDS):
        ann, ben = make_manager(), make_manager()
        cohort = make_cohort(ann, starts_on=date(2027, 1, 4), gates=())
        Staff.objects.create(program=cohort.program, person=ben, role=Staff.Role.PROGRAM_MANAGER)
        before = AuditEntry.objects.count()

        outcomes = at_once(
            *(
                lambda by=by, pk=cohort.pk: open_gate(
                    Cohort.objects.get(pk=pk), Opening.Gate.MATCH, reason=WHY, by=by
                )
                for by in (ann, ben)
            )
        )

        refused = [one for one in outcomes if isinstance(one, Exception)]
        assert [type(one) for one in refused] == [ValidationError]
        assert refused[0].messages == ["Somebody has opened this already."]
        assert cohort.openings.count() == 1
        assert AuditEntry.objects.count() == before + 2
