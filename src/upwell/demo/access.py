"""Who opens the demo's own pages."""

from django.utils.translation import gettext_lazy as _

from upwell.core.access import EVERYBODY, READ, WRITE, Audience, Entry
from upwell.people.models import Person

VISITORS = Audience("visitors", _("whoever sits at this machine"), EVERYBODY.admits)

ACCESS = [
    Entry("demo:welcome", READ, (VISITORS,)),
    Entry("demo:sign_in", WRITE, (VISITORS,), {"pk": Person}),
    Entry("demo:mailbox", READ, (VISITORS,)),
    Entry("demo:message", READ, (VISITORS,)),
]
