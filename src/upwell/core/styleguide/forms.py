"""Forms with every kind of field, which nothing is done with. In English only, as their page."""

from django import forms

ROLES = [
    ("mentor", "Mentor: brings fresh knowledge, and leads"),
    ("mentee", "Mentee: comes to learn, and makes the time"),
]
TOPICS = [("ai", "Generative AI at work"), ("video", "Short video"), ("brand", "Brands")]


class NarrowForm(forms.Form):
    q = forms.CharField(label="Name", required=False)
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "All levels"), ("vp", "VP")]
    )
    is_narrowed = True


class SampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As colleagues know you.")
    email = forms.EmailField(label="E-mail address")
    office = forms.ChoiceField(
        label="Office", required=False, choices=[("", "Any"), ("oslo", "Oslo")]
    )
    about = forms.CharField(
        label="What you wonder about", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    closed = forms.CharField(
        label="Cannot be changed here", required=False, disabled=True, initial="E00639"
    )
    file = forms.FileField(label="File", required=False)
    role = forms.ChoiceField(label="Role", choices=ROLES, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        choices=TOPICS,
        initial=["video"],
        widget=forms.CheckboxSelectMultiple,
        help_text="As many as you like.",
    )
    is_agreed = forms.BooleanField(label="I keep what we say between the two of us")
