"""One of the worker's two clusters, as a process of its own: ``python -m upwell.delivery.cluster``.

The environment names it (Q_CLUSTER_NAME), since django-q2 reads that at import.
"""

import ctypes
import os
import signal
import sys

import django
from django.conf import settings

PR_SET_PDEATHSIG = 1
DEEPEST = 2  # the process that guards a cluster, and those that it starts

_depth = 0


def main() -> None:
    """Run the cluster until SIGTERM or SIGINT; a run of a job that has begun is finished."""
    die_with_parent()
    os.register_at_fork(after_in_child=follow_parent)
    django.setup()
    use_own_connections()
    from django_q.cluster import Cluster  # noqa: PLC0415 -- wants the settings

    cluster = Cluster()
    cluster.start()
    cluster.sentinel.join()


def use_own_connections() -> None:
    """A pool does not survive the forks of a cluster; each of its processes keeps a connection."""
    for database in settings.DATABASES.values():
        database.get("OPTIONS", {}).pop("pool", None)
        database["CONN_MAX_AGE"] = 60
        database["CONN_HEALTH_CHECKS"] = True


def follow_parent() -> None:
    """In each process of the cluster, but not in what a job starts."""
    global _depth  # noqa: PLW0603 -- counts the forks from the cluster down to this process
    _depth += 1
    if _depth <= DEEPEST:
        die_with_parent()


def die_with_parent() -> None:
    """Ask the system to kill this process when its parent is gone, so that no orphan works on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
