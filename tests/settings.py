"""Settings of the tests: the shipped ones, with what a test machine needs."""

import os
from pathlib import Path

os.environ.setdefault("UPWELL_ENV_FILE", "")
os.environ.setdefault("UPWELL_DEBUG", "true")
os.environ.setdefault("UPWELL_DATABASE_URL", "sqlite:///:memory:")

from upwell.settings import *  # noqa: F403 -- these are the shipped settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
IS_MAIL_SET = True
STOP_MINUTES = 0  # pairs are seen as soon as they are published; tests of stopping set minutes
QUIET_HOURS = None  # a test means the same at any hour; some set hours and a time of their own
MASTER_KEYS = "tests:dGhlIG1hc3RlciBrZXkgb2YgYWxsIG91ciB0ZXN0cyE="
AUDIT_KEY_FILE = Path("/nonexistent/audit.key")  # a test that seals the log sets its own
SYSTEM_CHECKS: list[str] = []  # a test machine is not an installation: tests name what they check
WHITENOISE_AUTOREFRESH = True  # static files as they lie in the tree, not collected

INSTALLED_APPS = [*INSTALLED_APPS, "tests.vault.shelf"]  # noqa: F405 -- as above
