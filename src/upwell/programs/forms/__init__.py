from upwell.programs.forms.participants import (
    AddForm,
    ChooseForm,
    ParticipantFilterForm,
    ParticipantForm,
    TopicsFileForm,
)
from upwell.programs.forms.policy import PolicyFileForm, PolicyForm
from upwell.programs.forms.programs import CohortForm, ManagerForm, ProgramForm

__all__ = [
    "AddForm",
    "ChooseForm",
    "CohortForm",
    "ManagerForm",
    "ParticipantFilterForm",
    "ParticipantForm",
    "PolicyFileForm",
    "PolicyForm",
    "ProgramForm",
    "TopicsFileForm",
]
