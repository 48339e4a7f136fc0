from django.utils.translation import gettext_lazy as _

EVENTS = {
    "vault.key.made": _("A master key was made"),
    "vault.key.confirmed": _("A copy of a master key was confirmed"),
    "vault.key.rotated": _("The data keys went over to a new master key"),
    "vault.key.dropped": _("An old master key was forgotten"),
}
