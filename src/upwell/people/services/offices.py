"""Where offices lie."""

from django.db import transaction

from upwell.audit.services import record
from upwell.people.models import Office, Person


@transaction.atomic
def place_office(office: Office, *, country: str, subdivision: str, by: Person) -> None:
    """Set the country of an office and its part, both as codes; imports leave them alone."""
    Office.objects.filter(pk=office.pk).update(country=country, subdivision=subdivision)
    office.refresh_from_db()
    record("people.office.placed", by=by, on=office)
