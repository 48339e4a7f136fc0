"""Who opens the pages that compose the other rooms, and what they show of people."""

from django.utils.translation import gettext_lazy as _

from upwell.core.access import READ, SIGNED_IN, WRITE, Entry, Subject
from upwell.delivery.models import Job, OutboxMessage
from upwell.pairs.access import COUNTERPART, MEMBERS
from upwell.pairs.models import Pair
from upwell.people.access import ADMINISTRATORS, CONTACT, DIRECTORY, ONESELF, STAFF
from upwell.programs.access import TOPICS

MESSAGES = Subject(
    "desk.messages", _("that a message to you could not be sent, never what it says")
)
HOSTING = Subject(
    "desk.hosting",
    _("where you run a program or this installation: that you do, and your contact address"),
)

ACCESS = [
    Entry("desk:home", READ, (ONESELF,), shows=(COUNTERPART,)),
    Entry("desk:home", READ, (SIGNED_IN,), shows=(HOSTING,)),  # the foot of every page
    Entry(
        "desk:pair_detail",
        READ,
        (MEMBERS,),
        {"pk": Pair},
        shows=(DIRECTORY, CONTACT, TOPICS, COUNTERPART),
    ),
    Entry("desk:search", READ, (ONESELF, *STAFF), shows=(DIRECTORY,)),
    Entry("desk:who_sees_what", READ, (ONESELF,)),
    Entry("desk:system", READ, (ADMINISTRATORS,), shows=(MESSAGES,)),
    Entry("desk:job_retry", WRITE, (ADMINISTRATORS,), {"pk": Job}),
    Entry("desk:message_retry", WRITE, (ADMINISTRATORS,), {"pk": OutboxMessage}),
]
