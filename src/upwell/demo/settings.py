"""The shipped settings with the demo's own pages.

Only the demo's own server starts with these: one-click sign-ins are in its list of URLs, and in no
other.
"""

from upwell.settings import *  # noqa: F403 -- these are the shipped settings
from upwell.settings import INSTALLED_APPS as SHIPPED_APPS
from upwell.settings import SYSTEM_CHECKS as SHIPPED_CHECKS

INSTALLED_APPS = [*SHIPPED_APPS, "upwell.demo"]
NOT_OF_A_DEMO = {"check_address", "check_disk"}  # it is on one machine, and holds nobody's data
SYSTEM_CHECKS = [one for one in SHIPPED_CHECKS if one.rpartition(".")[2] not in NOT_OF_A_DEMO]
QUIET_HOURS = None  # the mailbox fills at once, also at night
STOP_MINUTES = 0  # and whoever looks around sees at once what was published
ROOT_URLCONF = "upwell.demo.urls"
LOGIN_URL = "demo:welcome"
