"""What a mentor's line manager would be told, for the mentor to read first."""

from upwell.people.models import Person
from upwell.programs.message_texts import Told, fill
from upwell.programs.models import Enrollment, MessageText
from upwell.programs.queries.message_texts import values_for, wording_of


def words_to_line_manager(enrollment: Enrollment, manager: Person) -> Told:
    """In the language of the manager, as it is sent. Two queries."""
    cohort, language = enrollment.cohort, manager.language
    values = values_for(cohort, language=language, by=None, name=manager.name)
    values |= {"participant": enrollment.person.name}
    wording = wording_of(cohort.program, MessageText.Kind.LINE_MANAGER)
    return fill(wording.words_in(language), values)
