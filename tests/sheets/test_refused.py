import pytest

from upwell.sheets.refused import refusal, refusal_by_values, refusals


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Base Salary", "refused_pay"),
        ("Bonus_pct", "refused_pay"),
        ("Currency", "refused_pay"),
        ("DOB", "refused_birth"),
        ("Alter", "refused_birth"),
        ("DateOfBirth", "refused_birth"),
        ("StreetAddress", "refused_home"),
        ("Home City", "refused_home"),
        ("PLZ", "refused_home"),
        ("Sick leave", "refused_health"),
        ("Behinderung", "refused_health"),
        ("SSN", "refused_identity"),
        ("Passport No.", "refused_identity"),
        ("Gender", "refused_consent"),
        ("Familienstand", "refused_consent"),
        ("Languages", ""),
        ("E-mail address", ""),
        ("Work address", ""),
        ("Manager", ""),
    ],
)
def test_private_header_is_refused(header, code):
    assert refusal(header) == code


def test_city_beside_a_street_is_a_home():
    headers = ["Street", "City", "Country", "Work city", "Office"]

    assert refusals(headers) == ["refused_home", "refused_home", "refused_home", "", ""]


def test_city_alone_is_no_home():
    assert refusals(["City", "Office"]) == ["", ""]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (["123-45-6789", "987-65-4321", "", "x"], "refused_identity"),
        (["DE89 3704 0044 0532 0130 00"], "refused_pay"),
        (["123-45-6789", "a", "b"], ""),
        (["", ""], ""),
    ],
)
def test_private_values_are_refused(values, code):
    assert refusal_by_values(values) == code
