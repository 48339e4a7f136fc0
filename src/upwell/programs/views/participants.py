from uuid import UUID

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.downloads import table_file
from upwell.core.http import Request, flash_errors
from upwell.core.paging import page_of, page_of_wide, query_without_page
from upwell.people.models import Person
from upwell.policy.values import same_name
from upwell.programs import services
from upwell.programs.forms import (
    AddForm,
    BulkForm,
    ChooseForm,
    ParticipantFilterForm,
    ParticipantForm,
)
from upwell.programs.models import Cohort, Enrollment
from upwell.programs.queries import access_of, choice_of, default_capacity, without_address
from upwell.programs.queries.enrollment_rows import enrollment_rows
from upwell.programs.queries.funnel import funnel_of
from upwell.sheets.exports import export
from upwell.sheets.table import table_rows


@require_GET
def participant_list(request: Request, pk: UUID) -> HttpResponse:
    cohort = cohort_of(request, pk)
    form = ParticipantFilterForm(request.GET)
    enrollments = form.enrollments(cohort.enrollments.for_list(), by=request.user)
    page = page_of_wide(request, enrollments)
    context = {
        "cohort": cohort,
        "form": form,
        "page": page,
        "query": query_without_page(request),
        "here": request.GET.urlencode(),
        "access": access_of(cohort),
        "funnel": funnel_of(cohort),
        "unable": without_address(cohort) if request.user.is_directory_administrator else "",
    }
    return render(request, "programs/participant_list.html", context)


@export("participants of a cohort")
@require_GET
def participant_table(request: Request, pk: UUID) -> HttpResponse:
    """Who takes part, with role and topics, as ``upwell match`` reads it; in a workbook, also how
    far everybody has come.
    """
    cohort = cohort_of(request, pk)
    name = f"{slugify(cohort.name) or 'cohort'}-participants"
    sheets = {"Participants": table_rows(services.participants_of(cohort))}
    is_workbook = request.GET.get("as") == "xlsx"
    if is_workbook:
        sheets[_("Enrollment")] = enrollment_rows(cohort)
    return table_file(name, sheets, "xlsx" if is_workbook else "csv")


@require_POST
def participant_bulk(request: Request, pk: UUID) -> HttpResponse:
    """Ask, take in or take out those ticked, and say for how many; back to where they were."""
    cohort = cohort_of(request, pk)
    back = reverse("programs:participant_list", args=[cohort.pk])
    if request.GET:
        back = f"{back}?{request.GET.urlencode()}"
    form = BulkForm(request.POST, enrollments=cohort.enrollments.select_related("person"))
    if not form.is_valid():
        flash_errors(request, form)
        return redirect(back)
    action = form.cleaned_data["action"]
    try:
        done = services.ACTIONS[action](cohort, form.cleaned_data["participant"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(back)
    messages.success(request, words_done(action, done.count))
    for fault in done.faults:
        messages.warning(request, fault)
    return redirect(back)


def words_done(action: str, count: int) -> str:
    said = {
        "ask": ngettext(
            "%(count)s message is on its way.", "%(count)s messages are on their way.", count
        ),
        "admit": ngettext("%(count)s person taken in.", "%(count)s people taken in.", count),
        "remove": ngettext("%(count)s person taken out.", "%(count)s people taken out.", count),
    }
    return said[action] % {"count": intcomma(count)}


@require_http_methods(["GET", "POST"])
def participant_add(request: Request, pk: UUID) -> HttpResponse:
    """Choose from the directory by the query string; add by posting to the same address."""
    cohort = cohort_of(request, pk)
    form = ChooseForm(request.GET, program=cohort.program)
    people = form.people(Person.objects.active(), by=request.user)
    if request.method == "POST":
        return add(request, cohort, form.cleaned_data["role"], AddForm(request.POST, people=people))
    choice = choice_of(cohort, people, role=form.cleaned_data["role"], by=request.user)
    page = page_of(request, choice.people)
    context = {
        "cohort": cohort,
        "form": form,
        "choice": choice,
        "page": page,
        "query": query_without_page(request),
    }
    return render(request, "programs/participant_add.html", context)


def add(request: Request, cohort: Cohort, role: str, form: AddForm) -> HttpResponse:
    if not form.is_valid():
        flash_errors(request, form)
        return redirect(request.get_full_path())
    try:
        result = services.enroll_people(
            cohort,
            form.cleaned_data["people"],
            role=role,
            by=request.user,
            state=form.cleaned_data["state"],
            is_oneself_meant=form.cleaned_data["is_oneself_meant"],
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(request.get_full_path())
    for sentence in told(result, role):
        messages.success(request, sentence)
    if Cohort.objects.managed_by(request.user).filter(pk=cohort.pk).exists():
        return redirect(cohort)  # which says what comes next
    return redirect(cohort.program)


def told(result: services.Enrolled, role: str) -> list[str]:
    """What became of the people, without what became of nobody."""
    if role == Enrollment.Role.MENTOR:
        added = ngettext("%(count)s mentor added.", "%(count)s mentors added.", result.added)
    else:
        added = ngettext("%(count)s mentee added.", "%(count)s mentees added.", result.added)
    left_out = {
        _("Took part already: %(count)s."): result.already,
        _("Left out, at a level that the policy does not take: %(count)s."): result.wrong_level,
        _("Left out, no longer in the organization: %(count)s."): result.gone,
    }
    said = [added % {"count": intcomma(result.added)}]
    said += [text % {"count": intcomma(count)} for text, count in left_out.items() if count]
    if result.is_oneself_left_out:
        said.append(_("You were left out: whoever takes part cannot run the cohort."))
    return said


@require_http_methods(["GET", "POST"])
def participant_edit(request: Request, pk: UUID) -> HttpResponse:
    enrollment = enrollment_of(request, pk)
    usual = default_capacity(enrollment.cohort.program.policy, enrollment.role)
    form = ParticipantForm(request.POST or None, enrollment=enrollment, usual=usual)
    if form.is_valid():
        try:
            services.change_participant(enrollment, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            given = (*form.cleaned_data["offered"], *form.cleaned_data["wanted"])
            for sentence in services.filed_in_words({same_name(one.name) for one in given}):
                messages.info(request, sentence)
            return redirect("programs:participant_list", enrollment.cohort_id)
    context = {"enrollment": enrollment, "cohort": enrollment.cohort, "form": form}
    return render(request, "programs/participant_edit.html", context)


@require_POST
def participant_withdraw(request: Request, pk: UUID) -> HttpResponse:
    enrollment = enrollment_of(request, pk)
    try:
        services.withdraw(enrollment, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(enrollment)
    said = _("%(name)s no longer takes part.") % {"name": enrollment.person.name}
    messages.success(request, said)
    return redirect("programs:participant_list", enrollment.cohort_id)


def cohort_of(request: Request, pk: UUID) -> Cohort:
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    return get_object_or_404(cohorts, pk=pk)


def enrollment_of(request: Request, pk: UUID) -> Enrollment:
    enrollments = Enrollment.objects.managed_by(request.user).select_related(
        "cohort__program", "person__level", "person__unit", "person__office"
    )
    return get_object_or_404(enrollments, pk=pk)
