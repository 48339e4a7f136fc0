import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories import make_manager, make_person
from tests.people.signing_in import answer_code, ask_for_code, newest_code, signed_in
from upwell.delivery.models import OutboxMessage
from upwell.people import sign_in
from upwell.people.models import Person

pytestmark = pytest.mark.django_db


def rows():
    return list(EmailAddress.objects.values_list("email", "primary", "verified"))


def test_a_first_address_is_lower_case_verified_and_told_to_nobody():
    ann = make_person(contact_email="other@example.com")

    sign_in.set_address(ann, " Ann@Example.COM ")

    assert Person.objects.get().sign_in_email == ann.sign_in_email == "ann@example.com"
    assert rows() == [("ann@example.com", True, True)]
    assert OutboxMessage.objects.count() == 0


def test_a_changed_address_ends_sessions_and_password_and_tells_both(client):
    ann, ben = make_person(sign_in_email="ann@example.com"), make_person(name="Ben")
    ann.set_password("three lanterns over the harbour")
    ann.save()
    client.force_login(ann)

    sign_in.set_address(ann, "new@example.com", by=ben)

    assert client.get("/").status_code == 302
    assert rows() == [("new@example.com", True, True)]
    assert not Person.objects.get(pk=ann.pk).has_usable_password()
    told = {message.address: message.text for message in OutboxMessage.objects.all()}
    assert set(told) == {"ann@example.com", "new@example.com"}
    assert all("new@example.com and no longer as ann@example.com" in text for text in told.values())
    assert "Ben changed this" in told["ann@example.com"]


def test_the_same_address_again_changes_nothing(client):
    ann = make_person(sign_in_email="ann@example.com")
    client.force_login(ann)

    sign_in.set_address(ann, "ANN@example.com")

    assert client.get("/").status_code == 200
    assert OutboxMessage.objects.count() == 0


def test_an_address_taken_away_lets_nobody_in():
    ann = make_person(sign_in_email="ann@example.com")
    sign_in.keep_in_step(ann)
    client = Client()

    sign_in.set_address(ann, "")
    ask_for_code(client, "ann@example.com")

    assert Person.objects.get().sign_in_email is None
    assert rows() == []
    assert "code" not in OutboxMessage.objects.latest("created_at").subject


@pytest.mark.parametrize("address", ["ben@example.com", "not an address", "a@b@c.example"])
def test_an_address_of_somebody_else_or_of_nobody_is_refused(address):
    ann = make_person(sign_in_email="ann@example.com")
    make_person(sign_in_email="ben@example.com")

    with pytest.raises(ValidationError):
        sign_in.set_address(ann, address)

    assert Person.objects.get(pk=ann.pk).sign_in_email == "ann@example.com"
    assert OutboxMessage.objects.count() == 0


def test_a_code_sent_to_the_address_of_before_signs_nobody_in():
    ann, client = make_person(sign_in_email="ann@example.com"), Client()
    ask_for_code(client, "ann@example.com")
    code = newest_code()

    sign_in.set_address(ann, "new@example.com")
    answered = answer_code(client, code)

    assert answered.url == reverse("account_login")
    assert signed_in(client) is None


def test_a_reset_begun_with_the_address_of_before_sets_no_password():
    ann, client = make_manager(sign_in_email="ann@example.com"), Client()
    client.post(reverse("account_reset_password"), {"email": "ann@example.com"})
    code = newest_code()
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})

    sign_in.set_address(ann, "new@example.com")
    password = "three lanterns over the harbour"
    posted = {"password1": password, "password2": password}
    answered = client.post(reverse("account_complete_password_reset"), posted)

    assert answered.url == reverse("account_login")
    assert not Person.objects.get().has_usable_password()


def test_a_stale_row_of_allauth_lets_nobody_in():
    ann, client = make_person(sign_in_email="ann@example.com"), Client()
    EmailAddress.objects.create(user=ann, email="old@example.com", verified=True)
    ask_for_code(client, "old@example.com")

    answer_code(client)

    assert signed_in(client) is None
