"""Who will be there at the match, as one picture."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.core.charts import Chart, Column, Table, ranges
from upwell.programs.models import Estimate


def chart_of(estimate: Estimate) -> Chart | None:
    """Mentees against the places that mentors have for them; None where there is nobody."""
    spans = estimate.figures.get("spans")
    if not spans:
        return None
    names = [_("Mentees"), _("Places with mentors")]
    if estimate.most:
        names.append(with_more(estimate.most))
    columns: dict[str, Any] = {"what": names}
    for name, key in (("usual", "middle"), ("least", "low"), ("most", "high")):
        columns[name] = [span[key] for span in spans[: len(names)]]
    return ranges(
        Table.of(
            columns,
            Column("what", _("At the match")),
            Column("usual", _("Usually"), "count"),
            Column("least", _("At least"), "count"),
            Column("most", _("At most"), "count"),
        ),
        title=_("Who will be there at the match"),
        description=_("In nine of ten cases, the number lies within the bar."),
    )


def with_more(count: int) -> str:
    said = ngettext("with %(count)s more", "with %(count)s more", count)
    return said % {"count": intcomma(count)}
