"""Short lists that wait for their owner, and those that they have looked at."""

from datetime import date

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from upwell.desk.queries.asked import Duty, Question
from upwell.desk.queries.step import Step
from upwell.pairs.models import ChoiceRound, ChoiceSheet, Couple
from upwell.pairs.models.choosing import choices_by_sheet
from upwell.people.models import Person
from upwell.programs.models import Enrollment
from upwell.vault.errors import VaultError


def choices_of(user: Person, today: date) -> tuple[list[Question], list[Duty]]:
    """What they may choose from, asked once and then at hand; nothing once they have somebody.

    Two queries, and one of the key store where there is something to choose.
    """
    sheets = list(
        ChoiceSheet.objects.filter(
            person=user,
            round__in=ChoiceRound.objects.open(today),
            enrollment__state=Enrollment.State.ENROLLED,
        )
        .select_related("round__cohort__program")
        .order_by(F("round__closes_on"), "pk")
    )
    if not sheets:
        return [], []
    met = set(
        Couple.objects.active().of_member(user).values_list("pair__cohort", flat=True).order_by()
    )
    begun = begun_of(sheets)
    questions, duties = list[Question](), list[Duty]()
    for sheet in sheets:
        if sheet.pk in begun or sheet.round.cohort_id in met:
            duties.append(at_hand(sheet))
        else:
            questions.append(whom_they_would_like(sheet))
    return questions, duties


def begun_of(sheets: list[ChoiceSheet]) -> set[object]:
    """Those on which something stands, as far as can be read."""
    try:
        return {pk for pk, chosen in choices_by_sheet(sheets).items() if chosen}
    except VaultError:
        return set()


def whom_they_would_like(sheet: ChoiceSheet) -> Question:
    program, day = sheet.round.cohort.program, date_format(sheet.round.closes_on)
    if sheet.round.is_ranked:
        text = _("Until %(day)s you can put your short list in order. It takes three minutes.")
    else:
        text = _("Until %(day)s: two who choose each other are a pair at once.")
    return Question(
        program,
        _("Choose whom you would like to learn with"),
        text % {"day": day},
        Step(_("See my short list"), "pairs:choice_list", sheet.pk),
    )


def at_hand(sheet: ChoiceSheet) -> Duty:
    named = {"day": date_format(sheet.round.closes_on), "program": sheet.round.cohort.program}
    words = _("You choose whom you would like to learn with in %(program)s, until %(day)s.")
    step = Step(_("See my short list"), "pairs:choice_list", sheet.pk)
    return Duty(words % named, (step,))
