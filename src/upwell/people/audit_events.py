from django.utils.translation import gettext_lazy as _

EVENTS = {
    "people.directory.imported": _("A file was brought into the directory"),
    "people.address.changed": _("The address that somebody signs in with was changed"),
    "people.contact.changed": _("The contact address of somebody was changed"),
    "people.invitation.sent": _("Somebody was invited to sign in"),
    "people.role.granted": _("Somebody was given a role"),
    "people.role.taken": _("A role was taken from somebody"),
    "people.second_factor.reset": _("The authenticator of somebody was forgotten"),
}
