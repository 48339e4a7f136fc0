from upwell.programs.forms.background import BackgroundForm
from upwell.programs.forms.catalog import FileTopicForm, TopicFilterForm, TopicForm
from upwell.programs.forms.cohorts import DaysForm, StartForm
from upwell.programs.forms.enrolling import AnswersForm, OptionGroup, ReachForm, form_for
from upwell.programs.forms.goals import (
    GoalForm,
    MeasureForm,
    PlannedMeetingForm,
    ProgramTopicsForm,
    ReadingForm,
)
from upwell.programs.forms.participants import (
    AddForm,
    BulkForm,
    ChooseForm,
    ParticipantFilterForm,
    ParticipantForm,
)
from upwell.programs.forms.pledge import PledgeForm
from upwell.programs.forms.policy import PolicyFileForm, PolicyForm
from upwell.programs.forms.programs import (
    AppointForm,
    CohortForm,
    DeleteForm,
    ManagerForm,
    ProgramForm,
    RenameCohortForm,
    RenameProgramForm,
)
from upwell.programs.forms.topics import TopicsFileForm, TopicsMappingForm

__all__ = [
    "AddForm",
    "AnswersForm",
    "AppointForm",
    "BackgroundForm",
    "BulkForm",
    "ChooseForm",
    "CohortForm",
    "DaysForm",
    "DeleteForm",
    "FileTopicForm",
    "GoalForm",
    "ManagerForm",
    "MeasureForm",
    "OptionGroup",
    "ParticipantFilterForm",
    "ParticipantForm",
    "PlannedMeetingForm",
    "PledgeForm",
    "PolicyFileForm",
    "PolicyForm",
    "ProgramForm",
    "ProgramTopicsForm",
    "ReachForm",
    "ReadingForm",
    "RenameCohortForm",
    "RenameProgramForm",
    "StartForm",
    "TopicFilterForm",
    "TopicForm",
    "TopicsFileForm",
    "TopicsMappingForm",
    "form_for",
]
