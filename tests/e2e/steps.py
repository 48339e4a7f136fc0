"""What several journeys do in the same way."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import expect


def accept_invitation(page, link):
    """Open an invitation; its button signs in."""
    page.goto(link)
    page.get_by_role("button", name="Accept and sign in").click()


def give_second_factor(page):
    """Set up an authenticator and type the code that it shows."""
    key = page.get_by_label("Key").input_value()
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(code_of(key))
    page.get_by_role("button", name="Turn on").click()


def code_of(key, at=None):
    """The one-time code of RFC 6238: HMAC-SHA-1 over 30-second steps, six digits."""
    step = int((at or time.time()) // 30)
    digest = hmac.digest(base64.b32decode(key), struct.pack(">Q", step), hashlib.sha1)
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in_by_code(page, inbox, address):
    """With the code that comes by e-mail; leads on to where one wanted to go."""
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    text = inbox.newest(address, "Type this code")
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(code_in(text))
    page.get_by_role("button", name="Go on").click()


def code_in(text):
    """The code that stands on a line of its own."""
    (code,) = set(re.findall(r"^\s*([A-Z0-9-]{6,12})\s*$", text, re.MULTILINE))
    return code


def import_people(page, url, path):
    """Upload a whole file, and confirm what is shown."""
    page.goto(f"{url}/people/import/")
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("radio", name=re.compile("whole", re.IGNORECASE)).check()
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Bring them in").click()
    expect(page).to_have_url(re.compile("imported="), timeout=120_000)


def policy_levels(page, *, mentors, mentees):
    """Tick the levels of both sides."""
    for side, levels in (("mentors", mentors), ("mentees", mentees)):
        group = page.locator(f"[name='{side}.levels']")
        for level in levels:
            page.locator(f"[name='{side}.levels'][value='{level}']").check()
        expect(group.first).to_be_visible()


def open_gate(page, name, reason):
    """From a page inside of a program, open a gate of its cohort although something is missing."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Launch").click()
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    page.get_by_label("Why it is opened now all the same").fill(reason)
    page.get_by_role("button", name="Open it all the same").click()
    expect(page.get_by_role("status")).to_contain_text("Done.")


def link_in(text):
    """The first link of a message."""
    found = re.search(r"https?://\S+", text)
    assert found, text
    return found.group()
