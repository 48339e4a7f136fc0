"""Proof S2: what is sealed reaches nobody but those who are entitled to it.

Every sealed field of every row holds a token of its own; those of private requests, in the ids as
in the typed words, are there before the run that reads them. All pages, files, parts of pages,
filtered lists, searches, refused forms and error pages are opened by everybody, and looked through
with the mail, the log lines, the audit log, the cache and all tables of both databases. Whatever
tells which private rule keeps two apart is looked for, too.
"""

import json
import logging
import re
from datetime import date, timedelta
from itertools import chain
from uuid import uuid4

import pytest
from django.db import connections
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format

from tests.security import world as worlds
from tests.security.asking import answers_for, labels_in, tells_of_rules, text_of
from tests.security.walking import added_route, ask, signed_in
from tests.security.world import make_world
from upwell.audit.models import AuditEntry
from upwell.delivery.models import OutboxMessage
from upwell.delivery.services import post
from upwell.pairs.models import BlockList, MatchRun, RunShare, Unplaced
from upwell.pairs.models.blocks import Block
from upwell.pairs.services import results
from upwell.pairs.services.private import private_part
from upwell.people.models import Person
from upwell.programs.models import Background
from upwell.programs.models.background import NOTHING, Kept, kept_by_row, kept_text
from upwell.vault.fields import sealed_fields
from upwell.vault.services import seal, unseal

pytestmark = pytest.mark.django_db

WHOM = "whom a private request names"
ENTITLED = {
    "pairs.block_list.colleagues": {"mentor", "mentor of another pair"},
    WHOM: set(),
    "pairs.choice_sheet.kept": set(),
    "pairs.run.private_part": set(),
    "pairs.run_share.secret": set(),
    "programs.background.kept": {"mentor"},
    "pairs.run.unchecked_reason": {"manager"},
    "programs.answers.off_limits": {"mentor"},
    "programs.answers.sentence": {"mentor"},
    "programs.opening.reason": {"manager", "executive owner"},
}
"""Who finds the texts of a field on some page; everybody else finds them nowhere.

A list is shown in the words that were typed; the ids beside them are shown to nobody. Of people who
tell about their background the personas open the page of one.
"""
DATABASES = ("default", "keys")
NAME = "unchecked_reason"
PLANTED_BEFORE = {BlockList, Background}


@pytest.fixture
def planted(folders, run_jobs, monkeypatch):
    """A world whose private requests held their tokens before anything was computed from them."""
    tokens = {}

    def start_planted(cohort, *, by):
        tokens.update(plant_blocks())
        return start_run(cohort, by=by)

    start_run = worlds.start_run
    monkeypatch.setattr(worlds, "start_run", start_planted)
    made = make_world(run_jobs)
    return made, tokens | plant_backgrounds() | plant_runs()


def plant_blocks():
    """An id of nobody and words for it on every list, beside those that are there."""
    tokens = {}
    for row in BlockList.objects.all():
        whom, typed = uuid4(), str(uuid4())  # as good as the id of somebody who has left
        row.seal_blocks([*row.blocks, Block(whom, typed)])
        row.save(update_fields=["colleagues"])
        tokens |= {str(whom): WHOM, typed: "pairs.block_list.colleagues"}
    return tokens


def plant_backgrounds():
    """A day of its own on which each use was agreed to, beside whatever was told."""
    tokens = {}
    rows = list(Background.objects.all())
    kept = kept_by_row(rows)
    for number, row in enumerate(rows):
        day = date(9000, 1, 1) + timedelta(days=number)
        one = kept[row.pk] or Kept(1, day, NOTHING)
        seal(row, kept=kept_text(one._replace(given_on=day)))
        row.save(update_fields=["kept"])
        tokens[date_format(day)] = "programs.background.kept"
    return tokens


def plant_runs():
    """The words of chance in the keys and private parts of runs; in all other texts a token."""
    tokens = {}
    for field in ours():
        for row in () if field.model in PLANTED_BEFORE else field.model.objects.all():
            found = words_of_chance(row, field.name) or [planted_in(row, field.name)]
            tokens |= dict.fromkeys(found, field.label)
    return tokens


def words_of_chance(row, name):
    """What occurs nowhere else in what is sealed already; a run so planted can be checked again."""
    text = str(unseal(row, name))
    if isinstance(row, RunShare):
        return [text]
    if name == "private_part" and text:
        part = private_part(row)
        return [json.loads(text)["own"], part.requests.salt, part.certificate["certificate_digest"]]
    return []


def planted_in(row, name):
    token = str(uuid4())
    is_part = name == "private_part"  # of a run that has none
    text = json.dumps({"own": token, "shares": -1}) if is_part else token
    seal(row, **{name: text})
    row.save(update_fields=[name])
    return token


def ours():
    """The sealed fields of Upwell, without those of models that only tests have."""
    return [field for field in sealed_fields() if field.model.__module__.startswith("upwell.")]


def test_sealed_texts_reach_those_who_are_entitled_and_nobody_else(planted, caplog, tell):
    caplog.set_level(logging.DEBUG)
    world, tokens = planted

    hits, requests, told = crawl(world, tokens)
    hits |= {("log", label) for label in labels_in(caplog.text, tokens)}
    hits |= {("database", label) for label in labels_in(stored(), tokens)}

    allowed = {(name, label) for label, names in ENTITLED.items() for name in names}
    tell(
        f"S2: {len(tokens)} tokens in {len(ours())} sealed fields,"
        f" {requests} answers, {OutboxMessage.objects.count()} messages,"
        f" {AuditEntry.objects.count()} audit entries, {len(caplog.records)} log lines, all"
        f" tables: {len(hits - allowed)} hits for others,"
        f" {len(hits & allowed)} of {len(allowed)} for the entitled;"
        f" {len(told)} answers that tell of a private rule"
    )
    assert {*tokens.values()} == ENTITLED.keys() == {WHOM, *(field.label for field in ours())}
    assert hits - allowed == set()
    assert allowed - hits == set()
    assert told == set()
    assert requests > 1_500


def test_without_its_keys_an_installation_tells_nothing(planted, caplog, settings):
    world, tokens = planted
    settings.MASTER_KEYS = settings.MASTER_KEYS.replace("tests:", "other:")

    hits, requests, _told = crawl(world, tokens, {"mentor", "manager"}, only="pairs:")

    assert hits == set()
    assert labels_in(caplog.text, tokens) == set()
    assert requests > 50


def test_nobody_without_a_pair_is_told_which_private_rule_it_is(planted):
    world, _tokens = planted

    codes = {code for rules in Unplaced.objects.values_list("rules", flat=True) for code in rules}

    assert reason_of(world.shunned) == ("taken", [])
    assert codes.isdisjoint({"block", "former", "keep_apart", "reporting_line"})


def test_the_proof_finds_that_requests_alone_leave_nobody(folders, run_jobs, monkeypatch):
    monkeypatch.setattr(results, "PRIVATE", "nothing")

    world = make_world(run_jobs)

    assert reason_of(world.shunned) == ("rules", ["apart"])


def reason_of(person):
    return Unplaced.objects.values_list("why", "rules").get(enrollment__person=person)


@pytest.mark.parametrize("guard", ["rules", "proof"])
def test_the_proof_finds_what_tells_of_private_requests(folders, run_jobs, monkeypatch, guard):
    if guard == "rules":
        monkeypatch.setattr(results, "PRIVATE", "nothing")
        monkeypatch.setattr("upwell.policy.phrases.KEPT_APART", frozenset())
        monkeypatch.setitem(results.shown_rules.__globals__["RULES"], "block", "private request")
    else:
        monkeypatch.setattr(results, "handed_out", lambda body, value: body)
    world = make_world(run_jobs)

    _hits, _requests, told = crawl(world, {}, {"manager"}, only="pairs:")

    assert told


def test_the_proof_finds_a_page_that_tells(planted):
    def careless(request):
        return HttpResponse(
            unseal(MatchRun.objects.filter(unchecked_reason__isnull=False)[0], NAME)
        )

    world, tokens = planted
    with added_route(careless):
        hits = {
            persona.name
            for persona in world.personas
            if labels_in(text_of(ask(signed_in(persona), "GET", "/careless/")), tokens)
        }

    assert hits > {"mentor", "mentee", "administrator"}


def test_the_proof_finds_a_message_and_a_log_line_that_tell(planted, caplog):
    caplog.set_level(logging.DEBUG)
    _world, tokens = planted
    token, label = next(iter(tokens.items()))

    logging.getLogger("upwell.pairs.services.publication").debug("Published since %s", token)
    assert labels_in(caplog.text, tokens) == {label}

    assert labels_in(stored(), tokens) == set()
    teller = Person(name=f"Ann {token}")
    someone = Person.objects.filter(is_active=True).exclude(contact_email="")[0]
    post("people/mail/second_factor_reset", to=someone, context={"person": someone, "by": teller})
    assert labels_in(stored(), tokens) == {label}


def crawl(world, tokens, names=None, only=""):
    """Who found which field anywhere, how many answers there were, and who was told of rules."""
    hits, requests, told = set(), 0, set()
    for persona in (one for one in world.personas if names is None or one.name in names):
        client = signed_in(persona)
        client.raise_request_exception = False
        for url, text in answers_for(world, client, only):
            requests += 1
            hits |= {(persona.name, label) for label in labels_in(text, tokens)}
            told |= {(persona.name, url, one) for one in tells_of_rules(text)}
        for token, label in one_of_each(tokens):
            requests += 2
            if found_by_search(client, token) != found_by_search(client, str(uuid4())):
                hits.add((persona.name, label))
    return hits, requests, told


def one_of_each(tokens):
    return {label: (token, label) for token, label in tokens.items()}.values()


def found_by_search(client, token):
    """What searching for a token leads to, without the token itself."""
    text = text_of(ask(client, "GET", f"{reverse('desk:search')}?q={token}"))
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    return main[0].replace(token, "") if main else ""


def stored():
    """Every value of every table of both databases, in one text."""
    return " ".join(
        chain.from_iterable(map(str, map(readable, row)) for row in chain(*map(rows, DATABASES)))
    )


def rows(alias):
    with connections[alias].cursor() as cursor:
        for name in connections[alias].introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            yield from cursor.fetchall()


def readable(value):
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else value
