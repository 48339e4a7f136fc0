"""Names of one long word stay inside of the window, on a phone and at twice the size."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.e2e.test_every_page import LOOK, WATCH
from tests.factories import make_enrollment, make_manager, make_pair, make_program, make_run
from tests.security.browsing import cookies_of
from upwell.programs.models import Cohort

pytestmark = pytest.mark.django_db(transaction=True)

WORD = "Nachwuchsführungskräftementoringprogrammauftaktveranstaltungsvorbereitung"
SIZES = {"a phone": (390, 844), "twice the size": (640, 400)}


@pytest.fixture
def pages():
    """A program, its cohort and everybody in it are called by the word; the addresses of pages."""
    manager = make_manager(name=WORD, title=WORD, team=WORD)
    program = make_program(manager, name=WORD, initiative=WORD, goal=WORD)
    cohort = Cohort.objects.create(program=program, name=WORD, starts_on=timezone.localdate())
    ann, ben = make_manager(name=WORD), make_manager(name=WORD + "s")
    for person, role in ((ann, "mentor"), (ben, "mentee")):
        make_enrollment(cohort, role, person=person)
    make_pair(ann, ben, run=make_run(cohort, published_at=timezone.now(), by=manager))
    routes = {
        program.pk: (
            *("programs:program_detail", "programs:cohort_create", "programs:policy_edit"),
            *("programs:goal_detail", "programs:conversation_detail", "desk:launch"),
            *("programs:sponsor_list", "programs:funding_detail", "programs:program_owner"),
        ),
        cohort.pk: (
            *("programs:cohort_detail", "programs:participant_list", "programs:participant_add"),
            *("programs:cohort_days", "programs:supply_detail"),
            *("pairs:run_list", "pairs:pair_list"),
        ),
        manager.pk: ("people:person_detail",),
    }
    names = ("desk:home", "desk:who_sees_what", "programs:program_list", "people:person_list")
    paths = [reverse(name) for name in names]
    paths += [reverse(name, args=[pk]) for pk, some in routes.items() for name in some]
    return {manager: paths, ann: [reverse("desk:home")]}


@pytest.mark.parametrize("size", SIZES)
def test_long_words_stay_inside_of_the_window(pages, browser, live_server, size):
    width, height = SIZES[size]
    wider = {}
    for person, paths in pages.items():
        context = browser.new_context(viewport={"width": width, "height": height})
        cookies = cookies_of(person)
        context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies])
        page = context.new_page()
        page.add_init_script(WATCH)
        for path in paths:
            page.goto(live_server.url + path)
            wider[path] = page.evaluate(LOOK)["wider"]
        context.close()

    assert {path: by for path, by in wider.items() if by > 0} == {}
