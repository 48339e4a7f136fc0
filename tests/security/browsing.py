"""A real browser that counts what runs, what the policy reports, and what was written as markup."""

import shutil
from collections import Counter
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.conftest import Client
from upwell.people.models import Person

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH = """
window.__reports = [];
document.addEventListener("securitypolicyviolation", (event) =>
    window.__reports.push(event.violatedDirective + " " + event.sample + event.blockedURI));
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = () => { window.executed(name); return null; };
}
"""
# Attributes that run something, addresses that do, and elements that only a payload brings.
MARKUP = """() => {
    const found = [];
    const json = "application/json";
    const strange = new Set(
        "iframe object embed base template math noscript style audio video".split(" "));
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
            if (/^on|^(data-)?hx-on/i.test(name) || name === "style" || name === "srcdoc"
                || /^\\s*(javascript|vbscript|data:text)/i.test(value)
                    && /^(href|src|action|formaction|data|content|xlink:href)$/i.test(name)) {
                found.push(element.tagName + " " + name + "=" + value);
            }
        }
        const tag = element.tagName.toLowerCase();
        if (strange.has(tag) || tag === "script" && !element.src && element.type !== json) {
            found.push(element.outerHTML.slice(0, 120));
        }
    }
    return { markup: found, reports: window.__reports };
}"""


TEXTS = 'input[type="text"], input[type="email"], input[type="search"], textarea'
FORMS = """(texts) => [...document.forms]
    .filter((form) => form.method === "post" && form.querySelector(texts))
    .map((form) => form.action)"""
SEND = """([texts, action, payload]) => {
    const form = [...document.forms].find(
        (form) => form.action === action && form.querySelector(texts));
    for (const field of form.elements) {
        if (field.name === "csrfmiddlewaretoken" || /^(file|submit|button)$/.test(field.type)) {
            continue;
        }
        if (field.tagName === "SELECT") {
            field.add(new Option(payload, payload, true, true));
        } else if (/^(checkbox|radio)$/.test(field.type)) {
            field.checked = true;
        } else {
            if (field.tagName === "INPUT") field.type = "text";
            field.value = payload;
        }
    }
    form.noValidate = true;
    HTMLFormElement.prototype.submit.call(form);
}"""


class Visitor:
    """One context of the browser; ``counts`` says what it met."""

    def __init__(self, context):
        self.counts = Counter()
        self.found = []
        self.sent = set()
        self.context = context
        self.page = context.new_page()
        self.page.add_init_script(WATCH)
        self.page.expose_function("executed", self.executed)
        self.page.on("response", self.answered)
        self.page.on("dialog", lambda dialog: (self.executed("dialog"), dialog.dismiss()))

    def answered(self, response):
        if response.status >= 500:
            self.found.append(f"{response.status} on {response.url}")

    def executed(self, what="?"):
        self.counts["executions"] += 1
        self.found.append(f"executed {what} on {self.page.url}")

    def has_page(self, url):
        """Whether somebody finds a page there, and not a file or nothing."""
        answer = self.context.request.get(url)
        if answer.status >= 500:
            self.found.append(f"{answer.status} on {url}")
        return answer.status == 200 and "text/html" in answer.headers["content-type"]

    def visit(self, url):
        """Open a page and look; the addresses that its forms for texts are sent to."""
        self.page.goto(url, wait_until="load")
        self.look("pages", url)
        return self.page.evaluate(FORMS, TEXTS)

    def look(self, what, url):
        self.page.keyboard.press("Tab")
        seen = self.page.evaluate(MARKUP)
        self.counts[what] += 1
        for kind in ("markup", "reports"):
            self.counts[kind] += len(seen[kind])
            self.found += [f"{kind} on {url}: {each}" for each in seen[kind]]

    def send_forms(self, url, actions, text):
        """Send each of these forms, the text in all its fields, and look at the answer."""
        for action in actions:
            if (path := action.partition("?")[0]) not in self.sent:
                self.sent.add(path)
                self.page.goto(url, wait_until="load")
                with self.page.expect_navigation(wait_until="load"):
                    self.page.evaluate(SEND, [TEXTS, action, text])
                self.look("forms", action)


def cookies_of(person):
    """Those of somebody who has just signed in; none for nobody."""
    client = Client()
    if person:
        client.force_login(Person.objects.get(pk=person.pk))
    return [(name, morsel.value) for name, morsel in client.cookies.items()]


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        executable = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visitor_of(browser, url, cookies, *, is_guarded):
    """Without the guard the browser ignores the policy, so that only escaping is left."""
    context = browser.new_context(bypass_csp=not is_guarded)
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies])
    context.set_default_timeout(20_000)
    return Visitor(context)
