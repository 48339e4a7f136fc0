"""Settings of the proof of killed workers: short times, and a mail server of the proof's own."""

import os

from tests.settings import *  # noqa: F403 -- the tests' settings
from tests.settings import INSTALLED_APPS as APPS
from tests.settings import Q_CLUSTER as CLUSTER

INSTALLED_APPS = [*APPS, "tests.security.unguarded.Unguarded"]
# Every job is brought again after a second, done or not. A worker has one sender of mail, so that
# a kill can cut off one message, and two to compute.
Q_CLUSTER = CLUSTER | {
    "poll": 0.05,
    "retry": 1,
    "ALT_CLUSTERS": {"long": {"retry": 1, "workers": 2}},
}
JOB_HEARTBEAT_SECONDS = 0.25
JOB_STALE_SECONDS = 2.0
JOB_TICK_SECONDS = 0.5
MAIL_LEASE_SECONDS = 2.0
DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("PROOF_MAIL_PORT", "0"))
EMAIL_USE_TLS = False
