from django.utils.translation import gettext_lazy as _

EVENTS = {
    "audit.head.replaced": _("The head file of the audit log was written anew"),
}
