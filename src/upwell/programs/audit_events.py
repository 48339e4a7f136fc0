from django.utils.translation import gettext_lazy as _

EVENTS = {
    "programs.program.created": _("A program was created"),
    "programs.policy.saved": _("The policy of a program was saved"),
    "programs.manager.added": _("Somebody was made a manager of a program"),
    "programs.manager.removed": _("Somebody was taken off the managers of a program"),
    "programs.cohort.opened": _("A cohort was opened"),
    "programs.participants.enrolled": _("People were enrolled in a cohort"),
    "programs.participants.invited": _("The people of a cohort were invited to sign in"),
    "programs.participant.changed": _("Topics or places of somebody in a cohort were changed"),
    "programs.participant.withdrawn": _("Somebody was taken out of a cohort"),
    "programs.topics.imported": _("A file of topics was brought into a cohort"),
}
