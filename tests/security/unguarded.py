"""The negative control: on demand, the same program with its claims and leases taken out."""

import os

from django.apps import AppConfig


class Unguarded(AppConfig):
    name = "tests.security.unguarded"

    def ready(self):
        if os.environ.get("PROOF_UNGUARDED") == "true":
            remove_guards()


def remove_guards():
    from upwell.delivery import deliver, jobs  # noqa: PLC0415 -- models are ready only now
    from upwell.delivery.models import Job, OutboxMessage  # noqa: PLC0415 -- as above

    def claim(job_id):
        job = Job.objects.filter(pk=job_id).exclude(state=Job.State.DONE).first()
        if job:
            Job.objects.filter(pk=job_id).update(state=Job.State.RUNNING)
        return job

    def take(message):
        return OutboxMessage.objects.filter(pk=message.pk)

    jobs.claim = claim
    jobs.held = lambda job: Job.objects.filter(pk=job.pk)
    deliver.take = take
