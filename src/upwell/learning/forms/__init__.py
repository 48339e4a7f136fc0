from upwell.learning.forms.answers import AnswerForm
from upwell.learning.forms.editing import CheckForm, KindForm, LanguageForm, TextForm

__all__ = ["AnswerForm", "CheckForm", "KindForm", "LanguageForm", "TextForm"]
