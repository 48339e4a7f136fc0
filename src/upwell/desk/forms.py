from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 200


class SearchForm(forms.Form):
    """What somebody types into the search; what is not understood finds nothing."""

    q = forms.CharField(label=_("Search"), required=False)

    @property
    def text(self) -> str:
        """Without the spaces around it, and no longer than a name."""
        self.is_valid()
        text: str = self.cleaned_data.get("q", "")
        return text[:LONGEST]
