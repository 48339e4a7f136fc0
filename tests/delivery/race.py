"""Two deliverers at once on a database that both can reach; prints its counts as JSON.

Run as ``python -m tests.delivery.race``.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from email import message_from_bytes

import django

MESSAGES = 40
DELIVERER = """
import sys, django
django.setup()
from upwell.delivery.deliver import deliver
sys.stdin.readline()
deliver("", report=None)
"""


class Sink:
    def __init__(self):
        self.received = Counter()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd calls it
        self.received[message_from_bytes(envelope.original_content)["Message-ID"]] += 1
        await asyncio.sleep(0.01)
        return "250 OK"


def start(port):
    """A deliverer that waits for a line before it starts."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", DELIVERER],
        env=os.environ | {"PROOF_MAIL_PORT": str(port)},
        stdin=subprocess.PIPE,
    )


def run():
    from django.core.management import call_command  # noqa: PLC0415 -- after the settings

    from upwell.delivery.mailbox import Listener  # noqa: PLC0415 -- as above
    from upwell.delivery.models import OutboxMessage  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    for number in range(MESSAGES):
        OutboxMessage.objects.create(
            address="a@example.com", template="t", subject="s", text="x", message_id=f"<{number}@x>"
        )
    sink = Sink()
    listener = Listener(sink)
    listener.start()
    deliverers = [start(listener.port) for _number in range(2)]
    for deliverer in deliverers:
        deliverer.stdin.write(b"go\n")
        deliverer.stdin.flush()
    statuses = [deliverer.wait(60) for deliverer in deliverers]
    listener.stop()
    sent = OutboxMessage.objects.filter(state="sent", attempts=1).count()
    return {"statuses": statuses, "sent": sent, "copies": sorted(sink.received.values())}


if __name__ == "__main__":
    django.setup()
    json.dump(run(), sys.stdout)
