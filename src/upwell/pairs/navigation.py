"""The places inside of a program."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from upwell.core.http import Request
from upwell.core.navigation import Link, Section, may_open
from upwell.programs.models import Cohort
from upwell.programs.navigation import LAUNCH, ROSTER, cohort_at_hand, program_at_hand

PAGES = ("programs:", "learning:text_", "pairs:", "desk:launch", "desk:gate_")
"""What the names of the routes inside of a program begin with."""
OF_PAIRS = ("pairs:pairs_", "pairs:pair_", "pairs:earlier_", "pairs:repair_")


def section(request: Request, context: Mapping[str, Any]) -> Section | None:
    """Cohorts, and the matching and pairs of the one at hand; for those who run the program."""
    if not may_open(request.user, "programs:program_detail"):
        return None
    here = request.resolver_match.view_name if request.resolver_match else ""
    program = program_at_hand(context)
    if not program or not here.startswith(PAGES):
        return None
    is_of_cohorts = here.startswith("programs:") and not here.startswith(
        ("programs:policy_edit", *LAUNCH, *ROSTER)
    )
    roster = reverse("programs:roster_list", args=[program.pk])
    policy = reverse("programs:policy_edit", args=[program.pk])
    cohort = cohort_at_hand(context)
    return Section(
        program.name,
        [
            Link(_("Cohorts"), program.get_absolute_url(), is_here=is_of_cohorts),
            Link(_("Roster"), roster, is_here=here.startswith(ROSTER)),
            *(links_of(cohort, here) if cohort else []),
            Link(_("Policy"), policy, is_here=here == "programs:policy_edit"),
        ],
    )


def links_of(cohort: Cohort, here: str) -> list[Link]:
    runs, pairs = "pairs:run_list", "pairs:pair_list"
    is_of_pairs = here == pairs or here.startswith(OF_PAIRS)
    return [
        Link(_("Matching"), reverse(runs, args=[cohort.pk]), is_here=here.startswith("pairs:run_")),
        Link(_("Pairs"), reverse(pairs, args=[cohort.pk]), is_here=is_of_pairs),
    ]
