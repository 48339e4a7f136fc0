from zoneinfo import ZoneInfo

import pytest

from upwell.sheets import Place
from upwell.sheets.offices import PLACES, is_zone, place_of

NEW_YORK = Place("America/New_York", "Americas")
BERLIN = Place("Europe/Berlin", "Europe")


@pytest.mark.parametrize(
    ("office", "place"),
    [
        ("New York, NY", NEW_YORK),
        ("nyc", NEW_YORK),
        ("Office Berlin", BERLIN),
        ("Büro München", BERLIN),
        ("MUC", BERLIN),
        ("London - Canary Wharf", Place("Europe/London", "Europe")),
        ("San José", Place("America/Los_Angeles", "Americas")),
        ("San Jose, Costa Rica", Place("America/Costa_Rica", "Americas")),
        ("HongKong", Place("Asia/Hong_Kong", "Asia Pacific")),
        ("Dubai (HQ)", Place("Asia/Dubai", "Middle East")),
        ("Lagos", Place("Africa/Lagos", "Africa")),
        ("The office of Kuala Lumpur", Place("Asia/Kuala_Lumpur", "Asia Pacific")),
        ("Moon base", Place()),
        ("", Place()),
    ],
)
def test_office_lies_where_its_name_says(office, place):
    assert place_of(office) == place


def test_every_city_has_a_zone_and_a_region():
    regions = {"Americas", "Europe", "Africa", "Middle East", "Asia Pacific"}

    assert {place.region for place in PLACES.values()} == regions
    assert all(ZoneInfo(place.zone) for place in PLACES.values())


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Europe/London", True),
        ("UTC", True),
        ("Europe/Atlantis", False),
        ("../etc/passwd", False),
        ("Europe", False),
        ("", False),
    ],
)
def test_zone_is_one_of_the_database(name, known):
    assert is_zone(name) is known
