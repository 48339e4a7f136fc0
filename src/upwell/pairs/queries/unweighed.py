"""What was to count most and could be weighed for nobody."""

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from upwell.pairs.models import MatchRun
from upwell.policy import Policy
from upwell.programs.models import EnrollmentTopic

NAMES: dict[str, Promise] = {
    "topics": gettext_lazy("topics"),
    "hours": gettext_lazy("working hours"),
    "stage": gettext_lazy("career stage"),
    "unit": gettext_lazy("unit"),
    "region": gettext_lazy("region"),
}


def unweighed(run: MatchRun) -> tuple[str, str] | None:
    """The news and what the pairs were made by instead, where the heaviest preference told nothing.

    One query where that is the topics.
    """
    preferences = Policy.from_json(run.policy_json).preferences
    weights = {name: getattr(preferences, name) for name in NAMES}
    heaviest = max(weights, key=lambda name: weights[name])
    not_used = run.figures.get("not_used", ())
    if heaviest not in not_used:
        return None
    used = [str(NAMES[name]) for name in NAMES if weights[name] and name not in not_used]
    if not used:
        return title_of(run, heaviest), _("So nothing but the rules made these pairs.")
    by = get_text_list(used, _("and"))
    return title_of(run, heaviest), _("So these pairs were made by %(names)s.") % {"names": by}


def title_of(run: MatchRun, code: str) -> str:
    if code != "topics":
        named = {"name": NAMES[code]}
        return _("What counts most, %(name)s, could be weighed for nobody") % named
    if EnrollmentTopic.objects.filter(enrollment__cohort=run.cohort_id).exists():
        return _("Nobody in this cohort offers a topic that somebody wants")
    return _("Nobody in this cohort has topics yet")
