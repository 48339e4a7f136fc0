"""Steps 2 to 4: who backs the program, what it may cost, and who answers for it."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format, number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.launch.facts import Facts
from upwell.desk.queries.launch.reading import Reading, State, named
from upwell.programs.models import Sponsor


def support(facts: Facts) -> Reading:
    """At least one sponsor committed, with the part of the organization they speak for."""
    asked = [one for one in facts.sponsors if one.person.is_active]
    committed = [one for one in asked if one.state == Sponsor.State.COMMITTED]
    if committed:
        said = _("Committed: %(sponsors)s.") % {"sponsors": named(map(spoken_for, committed))}
        return Reading(State.DONE, said)
    if not asked:
        return Reading(State.OPEN, _("No leader has been asked yet."), facts.managers)
    said = ngettext(
        "%(count)s leader was asked and has not committed yet.",
        "%(count)s leaders were asked; none has committed yet.",
        len(asked),
    )
    return Reading(State.UNDER_WAY, said % {"count": intcomma(len(asked))}, facts.managers)


def spoken_for(sponsor: Sponsor) -> str:
    unit = sponsor.unit or _("the whole organization")
    return _("%(name)s for %(unit)s") % {"name": sponsor.person, "unit": unit}


def funding(facts: Facts) -> Reading:
    found = facts.funding
    if found is None:
        said = _("Nobody has written down an amount and who approved it.")
        return Reading(State.OPEN, said, facts.managers)
    cents = 0 if found.amount == found.amount.to_integral_value() else 2
    said = _("%(amount)s %(currency)s, approved by %(name)s on %(day)s.")
    return Reading(
        State.DONE,
        said
        % {
            "amount": number_format(found.amount, decimal_pos=cents, force_grouping=True),
            "currency": found.currency,
            "name": found.approved_by,
            "day": date_format(found.approved_on),
        },
    )


def owner(facts: Facts) -> Reading:
    """One executive has accepted, and is still there."""
    found = facts.owner
    if found is None:
        said = _("Nobody answers yet for orientation, learning and resources.")
        return Reading(State.OPEN, said, facts.managers)
    if not found.person.is_active:
        said = _("%(name)s has left the organization; somebody else is to be asked.")
        return Reading(State.OPEN, said % {"name": found.person}, facts.managers)
    if found.accepted_at is None:
        said = _("%(name)s was asked and has not answered yet.")
        return Reading(State.UNDER_WAY, said % {"name": found.person}, [found.person])
    said = _("%(name)s accepted on %(day)s.")
    day = date_format(localdate(found.accepted_at))
    return Reading(State.DONE, said % {"name": found.person, "day": day})
