"""Somebody's own enrollment, as a browser sees and sends it."""

import html
import re

from django.urls import reverse

from upwell.programs.models import Enrollment


def url(enrollment, name="detail"):
    return reverse(f"programs:enrollment_{name}", args=[enrollment.pk])


def posted(client, enrollment, name="detail", **given):
    """What the browser sends: what the page showed, and what was changed on it."""
    page = client.get(url(enrollment, name))
    form = page.context["form"]
    shown = {hidden: form.initial[hidden] for hidden in ("seen", "window")}
    if "pledge" in form.fields:
        shown |= {"pledge": form.initial["pledge"], "signs": "on"}
    return shown | given


def hidden_in(page):
    """What the page, or a part of it that is exchanged, sends along unseen."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def ticked_in(page):
    """The public ids of the topics that are ticked."""
    return re.findall(r'name="topics" value="([^"]*)" checked', page)


def again(enrollment):
    return Enrollment.objects.select_related("cohort__program", "person").get(pk=enrollment.pk)
