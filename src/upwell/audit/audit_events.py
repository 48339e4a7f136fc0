from django.utils.translation import gettext_lazy as _

EVENTS = {
    "audit.file.downloaded": _("A file was downloaded"),
    "audit.head.replaced": _("The head file of the audit log was written anew"),
    "audit.log.verified": _("The audit log was verified"),
}
