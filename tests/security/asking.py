"""Everything that somebody can ask for: pages, their parts, filters, refused forms, errors."""

import io
import json
import re
import zipfile
from urllib.parse import urlencode

from django.urls import reverse

from tests.security.html_forms import forms_of
from tests.security.walking import address, ask
from tests.security.world import routes
from upwell.pairs.models import MatchRun
from upwell.programs.models import Cohort

PART = {"HX-Request": "true", "HX-Target": "pairs"}
PROOF = {"t", "prices", "first", "cover", "covers", "floor_count", "floor_cover", "steps"}
"""The keys of a certificate from which could be read which pairs were not allowed."""
TOKEN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?<![0-9a-f])(?:[0-9a-f]{32}){1,2}(?![0-9a-f])"
)
SINGLE = ("private request", "earlier pair", "people kept apart", "keep_apart", "reporting lines")
"""How a rule that is not to be told by itself is called."""
TOGETHER = "kept apart (reporting line, earlier pair or private request)"


def answers_for(world, client, only=""):
    """The address and the whole text of each answer, every request undone.

    ``only`` is how the names of the routes begin.
    """
    forms = {}
    for url in pages(world, only):
        page, part = (text_of(ask(client, "GET", url, headers=one)) for one in ({}, PART))
        yield from ((url, page), (url, part))
        for form in forms_of(page, url):
            forms.setdefault((form.method, form.action, *sorted(form.names)), form)
    for form in forms.values():
        yield from answers_to(client, form)
    for url in questions(world):
        yield url, text_of(ask(client, "GET", url))
    for method, url in (("GET", "/no/such/page/"), ("DELETE", "/"), ("POST", "/search/")):
        yield url, text_of(ask(client, method, url))


def pages(world, only):
    """Every address once; last that on which one signs out."""
    found = {
        address(world, route, names): route == "account_logout"
        for route, names in routes()
        if route.startswith(only)
    }
    return sorted(found, key=lambda url: found[url])


def answers_to(client, form):
    """What a form is answered that is sent empty, as it stands, and, to look things up, filled."""
    if form.method == "get":
        for headers in ({}, PART):
            url = f"{form.action.partition('?')[0]}?{urlencode(form.fields)}"
            yield url, text_of(ask(client, "GET", url, headers=headers))
        return
    for fields in ({}, dict.fromkeys(form.names, ""), dict.fromkeys(form.names, "\u2603" * 400)):
        answer = ask(client, "POST", form.action, urlencode(fields))
        yield form.action, text_of(answer)


def questions(world):
    """Why the one whom nobody wants is with nobody."""
    cohort = Cohort.objects.get(pk=world.ids[Cohort])
    for enrollment in cohort.enrollments.mentors().select_related("person")[:2]:
        both = {"mentor": enrollment.person, "mentee": world.shunned}
        query = urlencode({side: f"{one.name} ({one.employee_id})" for side, one in both.items()})
        yield f"{reverse('pairs:run_why_not', args=[world.ids[MatchRun]])}?{query}"


def text_of(answer):
    """Everything in an answer: headers, text, and what is packed inside a workbook."""
    content = answer.getvalue()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b" ".join(map(packed.read, packed.namelist()))
    return f"{dict(answer.headers)} {content.decode(errors='replace')}"


def labels_in(text, tokens):
    """What the tokens in a text are of: ids with hyphens or without, words as they are."""
    found = {word.replace("-", "") for word in TOKEN.findall(text)}
    return {
        label
        for token, label in tokens.items()
        if (token in text if " " in token else token.replace("-", "") in found)
    }


def tells_of_rules(text):
    """What in an answer about a run tells which private rule it is, or lets it be worked out."""
    headers, _end, body = text.partition("} ")
    if "application/json" in headers and body.startswith("{"):
        yield from PROOF & json.loads(body).keys()
    for reason in re.findall(r"<li>([^<]*)</li>|rules leave nobody: ([^<.]*)", body):
        said = "".join(reason).replace(TOGETHER, "")
        yield from (one for one in SINGLE if one in said)
