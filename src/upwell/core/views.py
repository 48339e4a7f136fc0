from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


@require_GET
@cache_control(public=True, max_age=3600)
@login_not_required
def logo(request: HttpRequest) -> FileResponse:
    """The organization's logo, which `upwell init` has checked and laid into the data folder."""
    path = Path(settings.DATA_DIR, settings.LOGO)
    if not settings.LOGO or path.suffix not in KINDS or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type=KINDS[path.suffix])
