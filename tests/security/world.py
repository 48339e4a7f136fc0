"""A small organization at work, and the people who look at it: what the proofs walk through."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from tests.backgrounds import tell_of, weigh
from tests.desk.launching import make_done, make_published
from tests.factories import (
    make_call,
    make_cohort,
    make_earlier_pair,
    make_enrollment,
    make_manager,
    make_pair,
    make_person,
    make_run,
    make_topic,
    make_willing,
)
from tests.pairs.choosing import make_sheet
from tests.pairs.organizations import load_demo, manager_of
from tests.security.backing import (
    make_expense,
    make_leader_answer,
    make_named,
    make_sponsor,
    manager_of_first,
    plan,
)
from upwell.delivery.models import Category, Job, OutboxMessage
from upwell.delivery.services import post
from upwell.learning.links import lesson_link
from upwell.learning.models import OwnText
from upwell.pairs.models import (
    ChoiceRound,
    ChoiceSheet,
    Conflict,
    Couple,
    CoupleRule,
    EarlierPair,
    ListEntry,
    MatchRun,
    Pair,
    PairsImport,
    Preview,
    Repair,
)
from upwell.pairs.services import add_block, publish_run, start_pairs_import, start_run
from upwell.pairs.services.repairs import policy_of_repair, standing_of
from upwell.people.models import Away, Level, Office, OrgUnit, PeopleImport, Person, SavedMapping
from upwell.people.services import start_import
from upwell.programs import services
from upwell.programs.models import (
    Cohort,
    Enrollment,
    Expense,
    LeaderAnswer,
    Measure,
    PlannedMeeting,
    Program,
    Reading,
    Sponsor,
    Staff,
    Topic,
    TopicsImport,
)
from upwell.programs.services import start_topics_import
from upwell.programs.services.background import PURPOSES, fill_rows
from upwell.programs.services.one_purpose import Purpose, token_for

TABLE = b"Employee ID,Name,Level\nE90001,Ada Fern,Associate\nE90002,Ben Reed,Director\n"
BACKGROUNDS = ("yhywyy", "nanmnn", "y-----", "-h----", "ybydyy", "nhnwnn")
KINDS = dict.fromkeys(
    (f"programs:message_{name}" for name in ("detail", "edit", "reset")), "invitation"
)
TEXTS = {
    **{f"learning:text_{name}": "mentor-expectations" for name in ("detail", "edit", "reset")},
    "learning:lesson_detail": "mentor-expectations",
    "learning:guideline_detail": "confidentiality",
}
MEMBER = ("pair_members", "served", "learner", "previewed")
ANYBODY = frozenset(
    {"everybody", "invited", "lesson_holder", "link_holder", "mail_reader", "visitors"}
)
"""The audiences that need no sign-in."""


@dataclass(frozen=True)
class Persona:
    """Somebody who looks; ``audiences`` are those of the table that they are of, in this world.

    ``own`` holds the ids among the foreign ones that are not foreign to them. Whoever has no second
    factor has a role, and has signed in with a code alone.
    """

    name: str
    person: Person | None
    audiences: frozenset[str]
    own: frozenset[object] = frozenset()
    has_second_factor: bool = True

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class World:
    """``ids`` holds the row at hand for each model; ``foreign`` rows that belong elsewhere.

    ``tokens`` holds what a route takes that is no id of a row, where not just anything will do.
    ``shunned`` is a mentee with whom every mentor has asked not to be paired, where there is one.
    """

    personas: list[Persona]
    ids: dict[type, object]
    foreign: dict[type, list[object]]
    shunned: Person | None = None
    tokens: dict[str, str] = field(default_factory=dict)


def make_world(run_jobs):
    """One program with a published cohort, another program beside it, and everybody who looks."""
    cohort, _people = load_demo(60)
    cohort.starts_on = timezone.localdate()  # one that has ended has no launch
    cohort.save()
    manager = manager_of(cohort)
    shunned = shun(cohort)
    asker = cohort.enrollments.mentees().order_by("-person__employee_id")[0].person
    add_block(asker, manager)
    weigh(cohort, 10)
    for enrollment, row in zip(cohort.enrollments.order_by("pk")[:6], BACKGROUNDS, strict=True):
        tell_of(enrollment, row, PURPOSES.values)
    run = start_run(cohort, by=manager)
    run_jobs()
    run.refresh_from_db()
    publish_run(run, reason="Checked by hand.", by=manager)
    couples = Couple.objects.select_related("mentor", "mentee", "pair").exclude(mentee=asker)
    couple, other = couples.order_by("pk")[:2]
    couple.mentor.sign_in_email = "mentor@example.com"
    couple.mentor.save()
    say_something(cohort, couple)
    own = cohort.enrollments.get(person=couple.mentor)
    tell_of(own, BACKGROUNDS[0], PURPOSES.values)
    make_published(cohort.program)
    make_done(cohort.enrollments.get(person=couple.mentor))
    say_it_ourselves(cohort.program)
    elsewhere = make_elsewhere()
    sheet = make_short_list(own, cohort.enrollments.get(person=other.mentee))
    staff = Staff.objects.create(
        program=cohort.program, person=make_manager(), role=Staff.Role.PROGRAM_MANAGER
    )
    measure, reading, meeting = plan(cohort.program)
    ids = {
        Measure: measure.pk,
        Reading: reading.pk,
        PlannedMeeting: meeting.pk,
        Program: cohort.program_id,
        Cohort: cohort.pk,
        Enrollment: own.pk,
        MatchRun: run.pk,
        ChoiceRound: sheet.round_id,
        ChoiceSheet: sheet.pk,
        Pair: couple.pair_id,
        Person: couple.mentor_id,
        Staff: staff.person_id,
        PeopleImport: make_import(manager, run_jobs).pk,
        Topic: make_topic("Board games", group="wellbeing").public_id,
        SavedMapping: make_mapping("Every night").pk,
        OrgUnit: OrgUnit.objects.order_by("pk").first().pk,
        Level: Level.objects.first().pk,
        Office: Office.objects.first().pk,
        Away: make_away(couple.mentor).pk,
        TopicsImport: make_topics_import(cohort, manager, run_jobs).pk,
        PairsImport: make_pairs_import(cohort, couple, manager, run_jobs).pk,
        Preview: make_preview(run, manager).pk,
        Repair: make_repair(cohort, couple, manager).pk,
        EarlierPair: make_earlier(cohort, couple).pk,
        CoupleRule: make_rule(cohort, manager, run).pk,
        Sponsor: make_sponsor(cohort, couple.mentee).pk,
        LeaderAnswer: make_leader_answer(cohort, couple.mentee).pk,
        Expense: make_expense(cohort, staff.person).pk,
        Job: run.job_id,
        OutboxMessage: OutboxMessage.objects.first().pk,
    }
    personas = look_at(cohort, couple, other, elsewhere[Program][0])
    fill_rows(cohort)  # and with them everybody's keys, which nothing that is undone makes anew
    foreign = {model: [row.pk for row in rows] for model, rows in elsewhere.items()}
    foreign[Pair].append(other.pair_id)
    foreign[Topic] = [row.public_id for row in elsewhere[Topic]]
    personas = [knowing(one, foreign[Topic]) for one in personas]
    call = make_call(cohort.program)
    make_willing(cohort.program, person=couple.mentor)
    tokens = {
        "people:mail_stop": couple.mentee.stop_href(Category.NEWS).split("/")[-2],
        "learning:lesson_by_link": link_token(
            lesson_link(cohort.program, "assistant-protecting-the-meeting")
        ),
        **link_tokens(cohort.enrollments.get(person=couple.mentee)),
        **KINDS,
        **TEXTS,
        "call_answer": call.token,
        "call_take_back": call.token,
    }
    return World(personas, ids, foreign, shunned, tokens)


def link_token(href):
    return href.split("/")[-2]


def say_it_ourselves(program):
    """A guideline in the program's own words."""
    words = {"language": "en", "title": "Quiet", "text": "Say *nothing*."}
    OwnText.objects.create(program=program, key="confidentiality", **words)


def link_tokens(enrollment):
    """What the links of messages to a mentee and their assistant hold."""
    readers = {Purpose.NO: enrollment.person, Purpose.REACH: enrollment.answers.assistant}
    return {
        f"programs:enrollment_{one}": token_for(enrollment, one, readers[one]) for one in Purpose
    }


def say_something(cohort, couple):
    """Answers of both, the mentee's with an assistant, and a way to reach each."""
    for person in (couple.mentor, couple.mentee):
        enrollment = cohort.enrollments.get(person=person)
        services.save_answers(
            enrollment,
            {"sentence": "How they choose", "off_limits": "Family", "mobile": "+49 30 901820"},
            by=person,
        )
    mentee = cohort.enrollments.get(person=couple.mentee)
    services.save_answers(mentee, {"assistant": make_person()}, by=couple.mentee)


def make_short_list(own, mentee):
    """A list on which one mentee stands."""
    sheet = make_sheet(own.cohort, own)
    reasons = [{"code": "languages", "params": {"names": ["English"]}}]
    places = {"mentor_place": 1, "mentee_place": 1}
    ListEntry.objects.create(
        round=sheet.round, mentor=own, mentee=mentee, reasons=reasons, **places
    )
    return sheet


def shun(cohort):
    """Somebody with whom no mentor wants to be paired, and so is without a mentor in any run."""
    mentees = cohort.enrollments.mentees().select_related("person")
    order = (
        "person__level__height",
        "person__employee_id",
    )  # who is highest may be above everybody
    shunned = mentees.order_by(*order)[0].person
    for enrollment in cohort.enrollments.mentors().select_related("person"):
        add_block(enrollment.person, shunned)
    return shunned


def make_elsewhere():
    """Rows of every kind that belong to another program or person.

    What is the whole organization's is foreign to nobody with a role: ids of no row stand for it.
    """
    cohort = make_cohort(make_manager())
    manager = manager_of(cohort)
    stranger = make_person(contact_email="stranger@example.com")
    post("people/mail/second_factor_reset", to=stranger, context={"person": stranger, "by": None})
    run = make_run(cohort, by=manager)
    enrollment = make_enrollment(cohort, person=stranger)
    sheet = make_sheet(cohort, enrollment)
    measure, reading, meeting = plan(cohort.program)
    make_published(cohort.program)
    return {
        ChoiceRound: [sheet.round],
        ChoiceSheet: [sheet],
        Measure: [measure],
        Reading: [reading],
        PlannedMeeting: [meeting],
        Program: [cohort.program],
        Cohort: [cohort],
        Enrollment: [enrollment],
        MatchRun: [run],
        Pair: [make_pair(stranger, run=run)],
        Person: [stranger],
        Staff: [stranger],
        PeopleImport: [make_import(manager), make_done_import(manager)],
        Topic: [make_topic(f"Only {stranger.name}")],
        Office: [SimpleNamespace(pk=uuid4())],
        Away: [make_away(stranger)],
        Level: [SimpleNamespace(pk=uuid4())],
        OrgUnit: [SimpleNamespace(pk=uuid4())],
        SavedMapping: [SimpleNamespace(pk=uuid4())],
        TopicsImport: [make_topics_import(cohort, manager)],
        PairsImport: [make_pairs_import(cohort, None, manager)],
        Preview: [make_preview(run, manager)],
        Repair: [Repair.objects.create(cohort=cohort, started_by=manager, state="failed")],
        EarlierPair: [make_earlier_pair(stranger, program=cohort.program)],
        CoupleRule: [make_rule(cohort, manager)],
        Sponsor: [make_sponsor(cohort, stranger)],
        LeaderAnswer: [make_leader_answer(cohort, stranger)],
        Expense: [make_expense(cohort, manager)],
        Job: [Job.objects.create(service="upwell.pairs.services.compute_run", target=run.pk)],
        OutboxMessage: [OutboxMessage.objects.get(person=stranger)],
    }


def make_import(by, run_jobs=None):
    started = start_import(SimpleUploadedFile("people.csv", TABLE), kind="part", mapping="", by=by)
    if run_jobs:
        run_jobs()
    return started


def make_away(person):
    return Away.objects.create(person=person, starts_on="2027-01-04", ends_on="2027-01-08")


def make_mapping(name):
    text = '[columns]\nid = "Employee ID"\n'
    return SavedMapping.objects.create(name=name, key=SavedMapping.key_of(name), text=text)


def make_done_import(by):
    """One that has told whoever brought it in what came of it."""
    counts = {"added": 7, "changed": 0, "returning": 0, "leaving": 0}
    return PeopleImport.objects.create(
        kind="part",
        file_name="people.csv",
        created_by=by,
        state=PeopleImport.State.DONE,
        counts=counts,
        expires_at=timezone.now(),
    )


def make_topics_import(cohort, by, run_jobs=None):
    file = SimpleUploadedFile("topics.csv", b"Employee ID,Topics offered\nE90001,Games\n")
    started = start_topics_import(cohort, file, is_adding=False, by=by)
    if run_jobs:
        run_jobs()
    return started


def make_pairs_import(cohort, couple, by, run_jobs=None):
    """One of a couple who were a pair before, where there is one."""
    ids = f"{couple.mentor.employee_id},{couple.mentee.employee_id}" if couple else "E90001,E90002"
    text = f"Mentor,Mentee,State,Until\n{ids},former,2025-07-11\nE90001,E90002,current,\n"
    started = start_pairs_import(cohort, SimpleUploadedFile("pairs.csv", text.encode()), by=by)
    if run_jobs:
        run_jobs()
    return started


def make_preview(run, by):
    """One that is still open, as if its run were not published yet."""
    closes_at = timezone.now() + timedelta(days=2)
    return Preview.objects.create(cohort=run.cohort, run=run, opened_by=by, closes_at=closes_at)


def make_repair(cohort, couple, by):
    """One whose way ends a pair, which breaks a rule, and brings its people together anew."""
    Conflict.objects.create(couple=couple, rule="reporting_line")
    both = {
        role: str(cohort.enrollments.get(person=person).pk)
        for role, person in (("mentor", couple.mentor), ("mentee", couple.mentee))
    }
    kinds = {"strong": 0, "good": 1, "weak": 0}
    way = {"moved": 1, "pairs": 1, "people": 2, "is_exact": True, "gap": ""} | kinds
    way |= {"ends": [couple.pk], "begins": [{**both, "quality": "good", "reasons": []}]}
    known = {
        "policy_json": policy_of_repair(cohort).to_json(),
        "standing": standing_of(cohort),
    }
    return Repair.objects.create(cohort=cohort, started_by=by, state="done", options=[way], **known)


def make_earlier(cohort, couple):
    """Two of the cohort who were a pair before, the other way round."""
    return make_earlier_pair(couple.mentee, couple.mentor, program=cohort.program)


def make_rule(cohort, by, run=None):
    """Two who are kept together by hand: of a run, where there is one."""
    found = run and run.proposals.order_by("-score", "pk").first()
    sides = ("mentor", "mentee")
    two = {side: getattr(found, side) if found else make_enrollment(cohort, side) for side in sides}
    return CoupleRule.objects.create(cohort=cohort, kind="pin", set_by=by, **two)


def look_at(cohort, couple, other, elsewhere):
    """Everybody whom the access table tells apart."""
    enrolled = make_manager()
    Staff.objects.create(program=cohort.program, person=enrolled, role=Staff.Role.PROGRAM_MANAGER)
    make_enrollment(cohort, person=enrolled)
    former = make_person(sign_in_email="former@example.com")
    Staff.objects.create(program=cohort.program, person=former, role=Staff.Role.PROGRAM_MANAGER)
    unproven = make_manager()
    secure(unproven)
    Staff.objects.create(program=cohort.program, person=unproven, role=Staff.Role.PROGRAM_MANAGER)
    administrator = make_person(
        sign_in_email="administrator@example.com", roles=["directory_administrator"]
    )
    secure(administrator)
    left = make_manager(is_active=False)
    manages = {
        *("program_managers", "program_manager", "launch_manager", "support_manager"),
        "roster_manager",
    }
    owner = make_named(cohort, Staff.Role.EXECUTIVE_OWNER)
    contact = make_named(cohort, Staff.Role.CONCERN_CONTACT)
    return [
        Persona("anonymous", None, ANYBODY),
        Persona("left", left, ANYBODY),
        signed_in("bystander", make_person()),
        signed_in("former manager", former),
        signed_in("mentor", couple.mentor, "oneself", "on_your_list", *MEMBER),
        signed_in("mentee", couple.mentee, "leader", *MEMBER),
        signed_in(
            "mentor of another pair", other.mentor, "learner", "previewed", own=[other.pair_id]
        ),
        signed_in("executive owner", owner, "executive_owner", "asked_owner"),
        signed_in("concern contact", contact, "concern_contact"),
        signed_in("manager elsewhere", manager_of(elsewhere.cohorts.get()), "program_managers"),
        signed_in("enrolled manager", enrolled, "learner", *manages),
        signed_in(
            "manager",
            manager_of_first(cohort),
            *("cohort_manager", "earlier_manager", "importer", *manages),
            own=[couple.pair_id, other.pair_id],
        ),
        replace(
            signed_in(
                "manager without second factor",
                unproven,
                *(*manages, "with_second_factor"),
                own=[couple.pair_id, other.pair_id],
            ),
            has_second_factor=False,
        ),
        signed_in("administrator", administrator, "directory_administrators", "with_second_factor"),
    ]


def knowing(persona, topics):
    """Whoever manages programs looks after all topics, also those that nobody has filed."""
    is_manager = "program_managers" in persona.audiences
    return replace(persona, own=persona.own | set(topics)) if is_manager else persona


def secure(person):
    """Give somebody a password, an authenticator and recovery codes."""
    person.set_password("a long enough password")
    person.save()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)


def signed_in(name, person, *audiences, own=()):
    return Persona(name, person, ANYBODY | {"signed_in", *audiences}, frozenset(own))


def routes(patterns=None, namespace=""):
    """Every route of the resolver: its name with the namespace, and the names of its parameters."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name or pattern.callback.__qualname__}"
            yield name, tuple(pattern.pattern.converters)
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
