"""With whom somebody would rather not be paired: their own page, which nobody else opens."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from upwell.core.http import Request
from upwell.pairs import queries, services
from upwell.pairs.forms import BlockForm
from upwell.vault.errors import VaultError


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def block_list(request: Request) -> HttpResponse:
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            colleague = services.ask_apart(request.user, form.cleaned_data["colleague"])
        except ValidationError as error:
            form.add_error("colleague", error)
        except VaultError:
            form.add_error(None, unreadable())
        else:
            messages.success(
                request, kept(is_counterpart=services.are_paired(request.user, colleague))
            )
            return redirect("pairs:block_list")
    return render(request, "pairs/block_list.html", {"form": form, **listed(request)})


def kept(*, is_counterpart: bool) -> str:
    if is_counterpart:
        return _(
            "Kept. The two of you are a pair now and stay one until the next match. If it should"
            " end sooner, ask your program manager, who is named at the foot of this page."
        )
    return _("Kept. It counts from the next match on.")


@sensitive_variables()
def listed(request: Request) -> dict[str, Any]:
    try:
        return {"blocks": queries.typed_blocks(request.user)}
    except VaultError:
        return {"blocks": [], "unreadable": unreadable()}


def unreadable() -> str:
    return _("Your list cannot be read at the moment. Nothing is lost. Tell your IT.")


@sensitive_variables()
@sensitive_post_parameters()
@require_POST
def block_remove(request: Request) -> HttpResponse:
    """What does not stand on the list takes nobody off it."""
    try:
        is_off = services.remove_block(request.user, request.POST.get("colleague", ""))
    except VaultError:
        messages.error(request, unreadable())
    else:
        if is_off:
            messages.success(request, _("Taken off your list."))
        else:
            messages.error(request, _("Nobody was taken off. Use the buttons on your list."))
    return redirect("pairs:block_list")
