from django.utils.translation import gettext_lazy as _

EVENTS = {
    "pairs.run.started": _("A match run was started"),
    "pairs.run.published": _("The pairs of a match run were published"),
    "pairs.kickoff.sent": _("The kick-off of a cohort was sent"),
    "pairs.checks.overridden": _("Pairs were published although rules could not be checked"),
    "pairs.pairs.continued": _("Pairs from a file continue in a cohort"),
    "pairs.earlier.imported": _("Earlier pairs from a file are kept apart"),
    "pairs.earlier.removed": _("An earlier pair was removed, so that the two may be paired again"),
}
