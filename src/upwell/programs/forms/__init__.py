from upwell.programs.forms.participants import (
    AddForm,
    ChooseForm,
    ParticipantFilterForm,
    ParticipantForm,
)
from upwell.programs.forms.policy import PolicyFileForm, PolicyForm
from upwell.programs.forms.programs import AppointForm, CohortForm, ManagerForm, ProgramForm
from upwell.programs.forms.topics import TopicsFileForm, TopicsMappingForm

__all__ = [
    "AddForm",
    "AppointForm",
    "ChooseForm",
    "CohortForm",
    "ManagerForm",
    "ParticipantFilterForm",
    "ParticipantForm",
    "PolicyFileForm",
    "PolicyForm",
    "ProgramForm",
    "TopicsFileForm",
    "TopicsMappingForm",
]
