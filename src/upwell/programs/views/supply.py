"""What is wanted and offered in a cohort, and whom to look for."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from upwell.core.http import Request
from upwell.matching.recruiting import Worth
from upwell.policy.values import same_name
from upwell.programs.models import Cohort
from upwell.programs.queries import TopicCount, topic_counts
from upwell.programs.services.supply import gaps_of, worths_of


@require_GET
def supply_detail(request: Request, pk: UUID) -> HttpResponse:
    """Every topic that is wanted; what one more mentor would bring is counted where asked."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    is_counted = bool(request.GET.get("worth"))
    worths = worths_of(cohort) if is_counted else {}
    wanted = [topic for topic in topic_counts(cohort) if topic.wanted]
    topics = [(topic, words_for(topic, worths)) for topic in wanted]
    context = {"cohort": cohort, "topics": topics, "is_counted": is_counted, "worths": worths}
    if request.htmx:
        return render(request, "programs/supply_detail.html#table", context)
    context["gaps"] = gaps_of(cohort)
    return render(request, "programs/supply_detail.html", context)


def words_for(topic: TopicCount, worths: Mapping[str, Worth]) -> str:
    """What one more mentor who offers the topic would bring; "" where it is not counted."""
    worth = worths.get(same_name(topic.name))
    if worth is None:
        return ""
    if worth.mentees:
        text = ngettext(
            "a mentor for %(count)s more mentee",
            "a mentor for %(count)s more mentees",
            worth.mentees,
        )
        return text % {"count": worth.mentees}
    if worth.points > 0:
        return _("better pairs")
    return _("nothing more")
