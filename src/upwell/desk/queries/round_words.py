"""What is said of a cohort as its manager watches it."""

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.desk.queries.rounds import Round


def missing_side(latest: Round) -> str:
    if latest.mentees:
        return _("%(cohort)s has no mentors yet")
    if latest.mentors:
        return _("%(cohort)s has no mentees yet")
    return _("%(cohort)s waits for its participants")


def pairs_of(latest: Round) -> str:
    count = {"count": intcomma(latest.pairs)}
    return ngettext("%(count)s pair", "%(count)s pairs", latest.pairs) % count
