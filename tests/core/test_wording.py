"""Pages with errors say so first, and where; fields say what to do."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse

from tests.factories import make_manager

pytestmark = pytest.mark.django_db
FIELDS = {
    forms.CharField: "Please fill this in.",
    forms.ChoiceField: "Please choose one.",
    forms.MultipleChoiceField: "Please choose at least one.",
    forms.BooleanField: "Please tick this to go on.",
    forms.DateField: "Please choose a day.",
    forms.FileField: "Please choose a file.",
}


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_missing_is_said_as_what_to_do(field):
    with pytest.raises(forms.ValidationError) as refused:
        field().clean(None)

    assert refused.value.messages == [FIELDS[field]]


def test_a_page_with_errors_says_so_in_its_title_and_leads_to_the_fields(client):
    client.force_login(make_manager())
    url = reverse("programs:program_create")
    fresh = client.get(url).content.decode()
    refused = client.post(url, {"name": ""}).content.decode()

    assert "<title>Error: " in refused
    assert "<title>Error: " not in fresh
    assert '<a href="#id_name">Name</a>: Please fill this in.' in refused
    assert set(re.findall(r'<a href="#(id_\w+)"', refused)) <= set(
        re.findall(r'id="(\w+)"', refused)
    )


def test_a_choice_can_be_led_to():
    class Form(forms.Form):
        color = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    form = Form({})
    summary = render_to_string("components/form_errors.html", {"form": form})
    field = render_to_string("components/field.html", {"field": form["color"]})

    assert 'href="#id_color"' in summary
    assert 'id="id_color"' in field


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", None),
        ("Zainab in room 7", "Questions? Ask Zainab in room 7"),
        ("help@example.com", '<a href="mailto:help@example.com">help@example.com</a>'),
    ],
)
def test_whoever_cannot_sign_in_reads_whom_to_ask(client, settings, contact, said):
    settings.CONTACT = contact

    html = client.get(reverse("account_login")).content.decode()

    assert "Questions? Ask" in html if said else "Questions? Ask" not in html
    assert said is None or said in html
