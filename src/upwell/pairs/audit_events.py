from django.utils.translation import gettext_lazy as _

EVENTS = {
    "pairs.run.started": _("A match run was started"),
    "pairs.choosing.opened": _("People of a cohort were asked to choose from short lists"),
    "pairs.choosing.closed": _("Choosing from short lists was closed"),
    "pairs.choosing.finished": _("Whoever had found nobody by choosing was told so"),
    "pairs.pair.chosen": _("Two who chose each other became a pair"),
    "pairs.run.published": _("The pairs of a match run were published"),
    "pairs.run.stopped": _("A publication was stopped before anybody was told"),
    "pairs.preview.opened": _("Both sides were asked about the pairs of a match run"),
    "pairs.preview.closed": _("The time to look at the pairs of a match run was over"),
    "pairs.preview.taken_back": _("Showing the pairs of a match run was taken back"),
    "pairs.kickoff.sent": _("The kick-off of a cohort was sent"),
    "pairs.checks.overridden": _("Pairs were published although rules could not be checked"),
    "pairs.pairs.continued": _("Pairs from a file continue in a cohort"),
    "pairs.pair.ended": _("A pair was ended by a program manager"),
    "pairs.repair.started": _("New counterparts were looked for in a cohort"),
    "pairs.repair.used": _("The pairs of a cohort were repaired"),
    "pairs.earlier.imported": _("Earlier pairs from a file are kept apart"),
    "pairs.rule.set": _("A program manager keeps two people together or apart"),
    "pairs.rule.removed": _("A program manager leaves it to the match whether two are paired"),
    "pairs.earlier.removed": _("An earlier pair was removed, so that the two may be paired again"),
}
