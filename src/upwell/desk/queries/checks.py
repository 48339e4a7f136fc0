"""What is not well with the installation, in words for its administrators."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, Promise] = {
    "keys": _("The keys are not safe yet"),
    "audit log": _("The audit log is not sealed"),
    "worker": _("No worker is running"),
    "mail": _("Mail cannot go out"),
    "disk": _("The data folder needs a look"),
    "address": _("The address needs a look"),
}


@dataclass(frozen=True)
class Fault:
    """``todo`` is a sentence or a command; where it is grave, something does not work."""

    title: str | Promise
    text: str
    todo: str
    is_grave: bool


def faults_of_system(*, is_quick: bool = False) -> list[Fault]:
    """The worst first. A quick look asks no mail server.

    Messages that have not gone out are counted by the pages themselves.
    """
    found = import_string(settings.SYSTEM_CHECKUP)(is_quick=is_quick)
    return [
        Fault(TITLES.get(one.name, one.name), one.text, one.todo, one.state == "wrong")
        for one in found
        if one.name != "messages"
    ]
