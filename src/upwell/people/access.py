"""Who may open which page of the organization's."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from upwell.core.http import Request
from upwell.people.models import Role

P = ParamSpec("P")

MANAGE = (Role.Kind.PROGRAM_MANAGER, Role.Kind.DIRECTORY_ADMINISTRATOR)


def requires(
    *kinds: Role.Kind,
) -> Callable[
    [Callable[Concatenate[Request, P], HttpResponse]],
    Callable[Concatenate[Request, P], HttpResponse],
]:
    """The page exists only for whoever holds one of the roles; for everybody else it is a 404."""

    def decorate(
        view: Callable[Concatenate[Request, P], HttpResponse],
    ) -> Callable[Concatenate[Request, P], HttpResponse]:
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.role_kinds.isdisjoint(kinds):
                raise Http404
            return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        return guarded

    return decorate
