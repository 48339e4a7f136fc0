"""Which e-mails one gets, and how to stop some of them by a link in one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.delivery.models import Category
from upwell.people import mail_words, services
from upwell.people.forms import MailForm
from upwell.people.quiet import zone_of


@require_http_methods(["GET", "POST"])
def mail_choices(request: Request) -> HttpResponse:
    """What comes by e-mail, and when; a POST says what else one wants."""
    form = MailForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        services.choose_mail(request.user, unwanted=form.unwanted)
        messages.success(request, _("You get what you have ticked."))
        return redirect("people:mail_choices")
    context = {
        "form": form,
        "essential": mail_words.KINDS[Category.ESSENTIAL],
        "quiet": settings.QUIET_HOURS,
        "zone": zone_of(request.user).key,
    }
    return render(request, "people/mail_choices.html", context)


# A mail program that stops messages by one click posts from its own servers, without a cookie and
# so without a token of ours (RFC 8058). The signed link lets it in, and can do this one thing.
@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
@login_not_required
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks first, since mail filters open links; a POST stops, and says nothing of whose mail."""
    found = services.stopped_by(token)
    if found is None:
        return render(request, "people/mail_stop_unknown.html", status=404)
    person, category = found
    if request.method == "POST":
        services.stop_mail(person, category=category)
    is_stopped = request.method == "POST" or not person.accepts(category)
    words = mail_words.ANSWERS if is_stopped else mail_words.QUESTIONS
    context = {"heading": words[category], "button": mail_words.BUTTONS[category]}
    return render(request, "people/mail_stop.html", context | {"is_stopped": is_stopped})
