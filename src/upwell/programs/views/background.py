"""What somebody tells about their background: their own page, which nobody else opens."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from upwell.core.http import Request
from upwell.programs.forms import BackgroundForm
from upwell.programs.models import Enrollment
from upwell.programs.queries.background import told_background
from upwell.programs.services.background import PURPOSES, keep_answers, take_back
from upwell.programs.views.own import own_enrollment, unreadable
from upwell.vault.errors import VaultError


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def about_me(request: Request, pk: UUID) -> HttpResponse:
    enrollment = own_enrollment(request, pk)
    try:
        told = told_background(enrollment)
    except VaultError:
        context = {"enrollment": enrollment, "unreadable": unreadable()}
        return render(request, "programs/about_me.html", context)
    form = BackgroundForm(
        request.POST if request.method == "POST" else None,
        uses=told.uses,
        answers=told.answers,
        agreed=told.kept,
    )
    if form.is_valid() and is_kept(enrollment, form):
        messages.success(request, kept_words(form))
        return redirect("programs:about_me", pk=enrollment.pk)
    context = {"enrollment": enrollment, "form": form, "told": told}
    return render(request, "programs/about_me.html", context)


@sensitive_variables()
def is_kept(enrollment: Enrollment, form: BackgroundForm) -> bool:
    """Whether the answers were taken; what was wrong is in the form."""
    try:
        keep_answers(enrollment, form.answers, form.agreed)
    except ValidationError as error:
        form.add_error(None, error)
    except VaultError:
        form.add_error(None, unreadable())
    return not form.errors


@sensitive_variables()
def kept_words(form: BackgroundForm) -> str:
    if any(form.answers.values()):
        return _("Kept. They count for what you have ticked and for nothing else.")
    return _("There is no answer, so nothing about you is kept.")


@sensitive_post_parameters()
@require_POST
def about_me_withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Take back one of the two consents, or both with all answers."""
    enrollment = own_enrollment(request, pk)
    use = request.POST.get("use", "")
    uses = [use] if use in PURPOSES.values else list(PURPOSES.values)
    try:
        take_back(enrollment, uses)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except VaultError:
        messages.error(request, unreadable())
    else:
        messages.success(request, taken_words(uses))
    return redirect("programs:about_me", pk=enrollment.pk)


def taken_words(uses: list[str]) -> str:
    if len(uses) > 1:
        return _("Deleted. Nothing about your background is kept any more.")
    return _("Taken back. From now on your answers do not count for this any more.")
