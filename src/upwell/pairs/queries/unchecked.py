"""The rules that a run could not check, by name and with how many people they concern."""

import logging
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upwell.pairs.models import MatchRun
from upwell.policy.phrases import rule_name
from upwell.vault.errors import VaultError
from upwell.vault.services import unseal

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unchecked:
    """A rule that was asked for; ``people`` is None where it could be checked for nobody."""

    code: str
    people: int | None

    @property
    def name(self) -> str:
        return rule_name(self.code, translation)

    @property
    def sentence(self) -> str:
        if self.people is None:
            return _("%(rule)s: not checked for anybody") % {"rule": self.name}
        text = ngettext(
            "%(rule)s: not checked for %(count)s person",
            "%(rule)s: not checked for %(count)s people",
            self.people,
        )
        return text % {"rule": self.name, "count": intcomma(self.people)}


def unchecked_rules(run: MatchRun) -> list[Unchecked]:
    """Reporting lines first, since they matter most."""
    nobody = dict.fromkeys(run.figures.get("not_checked", ()), None)
    lines = run.figures.get("reporting_lines_unknown", 0)
    some = run.figures.get("unknown", {}) | ({"reporting_line": lines} if lines else {})
    codes = sorted(some | nobody, key=lambda code: code != "reporting_line")
    return [Unchecked(code, None if code in nobody else some[code]) for code in codes]


def override_reason(run: MatchRun) -> str:
    """Why a run was published all the same, for those who manage its program; "" for no reason.

    One query of the key store where there is one.
    """
    if not run.unchecked_reason:
        return ""
    try:
        return str(unseal(run, "unchecked_reason"))
    except VaultError as error:
        log.warning("The reason of run %s cannot be read: %s", run.pk, error)
        return _("This cannot be read at present. Your administrator can find out why.")
