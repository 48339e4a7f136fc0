"""Whatever is handed out as a file is recorded: the answer alone decides, not a list of views."""

import uuid

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from tests.factories import make_person
from upwell.audit.downloads import DownloadsMiddleware
from upwell.audit.models import AuditEntry

pytestmark = pytest.mark.django_db

FILE = {"Content-Disposition": 'attachment; filename="people.csv"'}


def answer(user, *, route="anything:new", kwargs=None, **response):
    request = RequestFactory().get("/")
    request.user = user
    namespaces, _colon, name = route.rpartition(":")
    request.resolver_match = ResolverMatch(
        None, (), kwargs or {}, url_name=name, namespaces=[namespaces] if namespaces else []
    )
    return DownloadsMiddleware(lambda _request: HttpResponse(**response))(request)


def entries():
    return list(AuditEntry.objects.values_list("by", "object_kind", "object_id", "facts"))


def test_a_file_of_a_route_that_nobody_thought_of_is_recorded():
    ann = make_person()

    answer(ann, headers=FILE)

    kind = "audit.auditentry"
    assert entries() == [(str(ann.pk), kind, "", {"route": "anything.new"})]


def test_a_file_is_recorded_with_the_row_that_its_address_names():
    ann, cohort = make_person(), uuid.uuid4()

    answer(ann, route="programs:participant_table", kwargs={"pk": cohort}, headers=FILE)

    facts = {"route": "programs.participant_table"}
    assert entries() == [(str(ann.pk), "programs.cohort", str(cohort), facts)]


@pytest.mark.parametrize("response", [{}, {"headers": FILE, "status": 404}])
def test_pages_and_refusals_are_not_recorded(response):
    answer(make_person(), **response)

    assert entries() == []
