"""Who reads lessons and guidelines, and what they tell of those who do them."""

from django.utils.translation import gettext_lazy as _

from upwell.core.access import EVERYBODY, READ, SIGNED_IN, WRITE, Audience, Entry, Subject
from upwell.people.access import BOTH, ONESELF
from upwell.programs.audiences import COHORT_MANAGER, EXECUTIVE_OWNER, MANAGER
from upwell.programs.models import Cohort, Program

LEARNER = Audience("learner", _("whoever takes part in the program"), SIGNED_IN.admits)
HOLDER = Audience("lesson_holder", _("whoever holds the link of a lesson"), EVERYBODY.admits)
READERS = (LEARNER, MANAGER, EXECUTIVE_OWNER)
LESSONS = Subject(
    "learning.lessons",
    _("which lessons you have done and when, never what you answered"),
    concerns=lambda person: person.completions.exists(),
)

TEXTS = [
    *(
        Entry(f"learning:{name}", READ, (MANAGER, EXECUTIVE_OWNER), {"pk": Program})
        for name in ("text_list", "text_detail")
    ),
    Entry("learning:text_edit", BOTH, (MANAGER,), {"pk": Program}),
    *(
        Entry(f"learning:{name}", WRITE, (MANAGER,), {"pk": Program})
        for name in ("text_reset", "text_publish", "text_retract")
    ),
    Entry("learning:lessons_remind", BOTH, (COHORT_MANAGER,), {"pk": Cohort}),
]
LEARNING = [
    Entry("learning:lesson_list", READ, READERS, {"pk": Program}),
    Entry("learning:lesson_list", READ, (ONESELF,), {"pk": Program}, (LESSONS,)),
    Entry("learning:lesson_detail", BOTH, READERS, {"pk": Program}),
    Entry("learning:guideline_detail", READ, READERS, {"pk": Program}),
    Entry("learning:certificate", READ, (ONESELF,), {"pk": Program}, (LESSONS,)),
    Entry("learning:lesson_by_link", BOTH, (HOLDER,)),
]
ACCESS = [*TEXTS, *LEARNING]
