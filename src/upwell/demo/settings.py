"""The shipped settings with the demo's own pages.

Only the demo's own server starts with these: one-click sign-ins are in its list of URLs, and in no
other.
"""

from upwell.settings import *  # noqa: F403 -- these are the shipped settings
from upwell.settings import INSTALLED_APPS as SHIPPED_APPS

INSTALLED_APPS = [*SHIPPED_APPS, "upwell.demo"]
ROOT_URLCONF = "upwell.demo.urls"
LOGIN_URL = "demo:welcome"
