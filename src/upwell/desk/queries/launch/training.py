"""Step 7: the lessons are published, and most of those who take part have done theirs."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State, hidden
from upwell.learning.models import TextKind
from upwell.learning.queries import Trained


def training(facts: Facts) -> Reading:
    """Done once the share that the policy asks for has done all lessons of their role."""
    if facts.publication(TextKind.LESSONS) is None:
        said = _("The lessons for mentors and mentees are ready, and not published.")
        return Reading(State.OPEN, said, facts.managers)
    if facts.is_hidden:
        return hidden()
    percent = facts.program.policy.gates.trained_percent
    if facts.trained.is_enough(percent):
        return Reading(State.DONE, counted(facts.trained))
    return Reading(State.UNDER_WAY, f"{counted(facts.trained)} {wanted(percent)}")


def counted(trained: Trained) -> str:
    if trained.unable and not trained.people:
        return _("The lessons are published. Nobody who takes part can sign in.")
    if not trained.people:
        return _("The lessons are published. Nobody takes part yet.")
    said = ngettext(
        "%(done)s of %(count)s who takes part has done their lessons.",
        "%(done)s of %(count)s who take part have done their lessons.",
        trained.people,
    )
    told = said % {"done": intcomma(trained.done), "count": intcomma(trained.people)}
    return f"{told} {trained.unable_words}".rstrip()


def wanted(percent: int) -> str:
    return _("The policy asks for %(percent)s %%.") % {"percent": percent}
