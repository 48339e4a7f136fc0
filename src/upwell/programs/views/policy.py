from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request
from upwell.policy import Policy
from upwell.programs import services
from upwell.programs.forms import PolicyFileForm, PolicyForm
from upwell.programs.models import Program
from upwell.programs.policy_summary import summary
from upwell.programs.queries import level_choices, takes_part_now


@require_http_methods(["GET", "POST"])
def policy_edit(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    form = policy_form(program, request.POST or None)
    if form.is_valid() and saved(request, program, form, form.policy):
        return redirect(program)
    file_form = PolicyFileForm(initial={"since": services.policy_digest(program)})
    return page(request, program, form, file_form)


@require_GET
def policy_file(request: Request, pk: UUID) -> HttpResponse:
    """The whole policy as TOML, each key explained."""
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    name = slugify(program.name) or "program"
    return HttpResponse(
        program.policy.to_toml(translation),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-policy.toml"'},
    )


@require_POST
def policy_upload(request: Request, pk: UUID) -> HttpResponse:
    program = get_object_or_404(Program.objects.managed_by(request.user), pk=pk)
    file_form = PolicyFileForm(request.POST, request.FILES)
    if file_form.is_valid() and saved(request, program, file_form, file_form.cleaned_data["file"]):
        return redirect(program)
    return page(request, program, policy_form(program), file_form)


def policy_form(program: Program, data: object = None) -> PolicyForm:
    since = services.policy_digest(program)
    return PolicyForm(data, policy=program.policy, since=since, levels=level_choices())


def saved(request: Request, program: Program, form: Form, policy: Policy) -> bool:
    """Save the policy, or put into the form why not."""
    try:
        services.save_policy(program, policy, by=request.user, since=form.cleaned_data["since"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The policy is saved. It counts from the next match run on."))
    return True


def page(
    request: Request, program: Program, form: PolicyForm, file_form: PolicyFileForm
) -> HttpResponse:
    context = {
        "program": program,
        "form": form,
        "file_form": file_form,
        "policy": summary(program.policy),
        "can_change": not takes_part_now(program, request.user),
    }
    return render(request, "programs/policy_edit.html", context)
