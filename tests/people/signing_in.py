"""A browser on the way through the sign-in pages."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from upwell.delivery.models import OutboxMessage

PASSWORD = "three lanterns over the harbour"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def ask_for_code(client, address):
    return client.post(reverse("account_request_login_code"), {"email": address}, follow=True)


def newest_code():
    text = OutboxMessage.objects.latest("created_at").text
    return re.search(r"[B-Z]{4}-[B-Z]{4}", text).group()


def answer_code(client, code=None, **options):
    url = reverse("account_confirm_login_code")
    return client.post(url, {"code": code or newest_code()}, **options)


def totp_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def signed_in(client):
    return client.session.get("_auth_user_id")


def hidden_next(page):
    """Where the forms of a page say that it goes on; that of Cancel leads back to the start."""
    found = re.findall(r'<input type="hidden" name="next" value="([^"]+)"', page.content.decode())
    return [path for path in found if path != reverse("account_login")]
