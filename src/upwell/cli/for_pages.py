"""What `upwell doctor` finds, for pages, in the language of their reader."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from upwell.cli.finding import OK, WRONG, Finding
from upwell.cli.words import speaking

MAIL = "upwell.cli.checkup.check_mail"


def not_well(*, is_quick: bool) -> list[Finding]:
    """What is not as it should be: what is wrong first, else in the order of mending.

    A quick look speaks with no mail server, which can take seconds.
    """
    names = [name for name in settings.SYSTEM_CHECKS if name != MAIL or not skips_mail(is_quick)]
    with speaking(get_language() or settings.LANGUAGE_CODE):
        found = [finding for name in names for finding in import_string(name)()]
    worth_a_look = [finding for finding in found if finding.state != OK]
    return sorted(worth_a_look, key=lambda finding: finding.state != WRONG)


def skips_mail(is_quick: bool) -> bool:
    return is_quick and settings.IS_MAIL_SET
