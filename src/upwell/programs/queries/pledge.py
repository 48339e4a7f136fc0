"""Which pledge a program asks for, and who has signed it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from upwell.people.models import Person
from upwell.programs.models import Pledge, Program, Signature
from upwell.programs.pledges import VERSION, shipped_language, shipped_pledge


@dataclass(frozen=True)
class CurrentPledge:
    """``is_own`` where the program has a text of its own; ``version`` counts either kind."""

    version: int
    language: str
    text: str
    is_own: bool

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.split("\n\n") if part.strip()]

    @property
    def is_shipped_text(self) -> bool:
        """Whether it reads as what ships, be it as a version of the program's own."""
        return self.text == shipped_pledge(self.language)

    @property
    def code(self) -> str:
        """What a form sends back, so that nobody signs another text than they have read."""
        return f"{'own' if self.is_own else 'shipped'}-{self.version}"

    def which(self) -> Q:
        """The signatures of this version, in whatever language."""
        return Q(pledge__version=self.version, pledge__program__isnull=not self.is_own)


def current_pledge(program: Program, language: str) -> CurrentPledge:
    """The program's last own text, else what ships. One query."""
    rows = list(program.pledges.order_by("-version"))
    last = {row.language: row for row in rows if row.version == rows[0].version}
    if not last:
        text = shipped_pledge(language)
        return CurrentPledge(VERSION, shipped_language(language), text, is_own=False)
    row = last.get(language) or last.get(settings.LANGUAGE_CODE) or next(iter(last.values()))
    return CurrentPledge(row.version, row.language, row.text, is_own=True)


def signed_at(program: Program, person: Person, pledge: CurrentPledge) -> datetime | None:
    """When they signed what the program asks for today; None where they have not. One query."""
    signatures = Signature.objects.filter(pledge.which(), program=program, person=person)
    return signatures.values_list("signed_at", flat=True).first()


def have_signed(program: Program) -> Exists:
    """To annotate enrollments of the program with. One query for the text."""
    pledge = current_pledge(program, settings.LANGUAGE_CODE)
    signatures: QuerySet[Signature] = Signature.objects.filter(
        pledge.which(), program=program, person=OuterRef("person")
    )
    return Exists(signatures)


def signed_before() -> Exists:
    """To annotate enrollments with: whether their person has signed any pledge of the program."""
    return Exists(signatures_of_enrollment())


def signed_current() -> Exists:
    """To annotate enrollments with: whether that is the one that the program asks for today."""
    own = Pledge.objects.filter(program=OuterRef("program"))
    is_own = Q(
        ~Exists(own.filter(version__gt=OuterRef("pledge__version"))), pledge__program=F("program")
    )
    is_shipped = Q(~Exists(own), pledge__program=None, pledge__version=VERSION)
    return Exists(signatures_of_enrollment().filter(is_own | is_shipped))


def signatures_of_enrollment() -> QuerySet[Signature]:
    return Signature.objects.filter(program=OuterRef("cohort__program"), person=OuterRef("person"))


def pledge_row(program: Program, pledge: CurrentPledge) -> Pledge:
    """Its row; that of a text that ships is written when it is first signed."""
    row, _created = Pledge.objects.get_or_create(
        program=program if pledge.is_own else None,
        version=pledge.version,
        language=pledge.language,
        defaults={"text": pledge.text},
    )
    return row
