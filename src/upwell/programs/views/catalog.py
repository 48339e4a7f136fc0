"""The catalog of topics: to read for everybody, to look after for program managers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from upwell.core.http import Request, is_done
from upwell.core.paging import query_without_page
from upwell.programs import services
from upwell.programs.forms import DeleteForm, FileTopicForm, TopicFilterForm, TopicForm
from upwell.programs.models import Enrollment, Topic
from upwell.programs.topic_counts import TopicUse, uses_of
from upwell.programs.views.catalog_words import sections_of

PAGE_SIZE = 120


@require_GET
def topic_list(request: Request) -> HttpResponse:
    """The topics that are offered, group by group; managers also find the others."""
    form = TopicFilterForm(request.GET, by=request.user)
    found = form.topics(Topic.objects.visible_to(request.user)).for_list()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    is_manager = request.user.is_program_manager
    uses = uses_of(page.object_list, by=request.user) if is_manager else {}
    context = {
        "form": form,
        "page": page,
        "query": query_without_page(request),
        "sections": sections_of(page.object_list, uses),
        "is_manager": is_manager,
        "unfiled": Topic.objects.unfiled().count() if is_manager else 0,
        "is_empty": not form.is_narrowed and not page.paginator.count,
    }
    return render(request, "programs/topic_list.html", context)


@require_GET
def topic_detail(request: Request, pk: UUID) -> HttpResponse:
    """All that a pair is given about a topic."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), public_id=pk)
    is_manager = request.user.is_program_manager
    context = {
        "topic": topic,
        "other_names": topic.names.exclude(key=topic.key),
        "is_manager": is_manager,
        "takes_part": Enrollment.objects.filter(person=request.user).exists(),
        "use": uses_of([topic], by=request.user).get(topic.pk, TopicUse()) if is_manager else None,
    }
    return render(request, "programs/topic_detail.html", context)


@require_http_methods(["GET", "POST"])
def topic_add(request: Request) -> HttpResponse:
    form = TopicForm(request.POST or None)
    if form.is_valid():
        try:
            topic = services.add_topic(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The topic is in the catalog."))
            return redirect(topic)
    return render(request, "programs/topic_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def topic_edit(request: Request, pk: UUID) -> HttpResponse:
    topic = get_object_or_404(Topic, public_id=pk)
    form = TopicForm(request.POST or None, topic=topic)
    if is_done(form, services.change_topic, topic, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(topic)
    return render(request, "programs/topic_edit.html", {"form": form, "topic": topic})


@require_POST
def topic_archive(request: Request, pk: UUID) -> HttpResponse:
    """Not to be offered any more."""
    topic = get_object_or_404(Topic, public_id=pk)
    services.archive_topic(topic, by=request.user)
    said = _("%(topic)s is not offered any more. Whoever has it keeps it.")
    messages.success(request, said % {"topic": topic})
    return redirect(topic)


@require_POST
def topic_offer(request: Request, pk: UUID) -> HttpResponse:
    """To be offered again."""
    topic = get_object_or_404(Topic, public_id=pk)
    services.offer_topic(topic, by=request.user)
    messages.success(request, _("%(topic)s is offered again.") % {"topic": topic})
    return redirect(topic)


@require_http_methods(["GET", "POST"])
def topic_reset(request: Request, pk: UUID) -> HttpResponse:
    """Ask, then make a topic what ships again."""
    topic = get_object_or_404(Topic, public_id=pk)
    if topic.shipped_as is None:
        return redirect(topic)
    form = DeleteForm(request.POST or None)
    if is_done(form, services.reset_topic, topic, by=request.user):
        messages.success(request, _("The topic is as it ships again."))
        return redirect(topic)
    context = {"form": form, "topic": topic, "action": request.path}
    return render(
        request, "programs/topic_reset.html", context | {"back": topic.get_absolute_url()}
    )


@require_http_methods(["GET", "POST"])
def topic_file(request: Request, pk: UUID) -> HttpResponse:
    """Make a topic another name of one that is in the catalog."""
    topic = get_object_or_404(Topic, public_id=pk)
    if topic.shipped_as is not None:
        return redirect(topic)
    form = FileTopicForm(request.POST or None, topic=topic)
    if is_done(form, services.file_topic, topic, by=request.user):
        said = _("“%(name)s” is now another name of “%(topic)s”.")
        messages.success(request, said % {"name": topic, "topic": form.cleaned_data["under"]})
        return redirect(f"{reverse('programs:topic_list')}?group=unfiled")
    context = {"form": form, "topic": topic}
    context["use"] = uses_of([topic], by=request.user).get(topic.pk, TopicUse())
    return render(request, "programs/topic_file.html", context)


@require_POST
def catalog_bring(request: Request) -> HttpResponse:
    """Bring the topics that ship into the catalog."""
    brought = services.bring_in_catalog(by=request.user)
    said = _("Topics added: %(added)s.")
    messages.success(request, said % {"added": brought.added + brought.filled})
    return redirect("programs:topic_list")
