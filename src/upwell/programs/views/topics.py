from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from upwell.core.http import Request
from upwell.programs import services
from upwell.programs.forms import TopicsFileForm
from upwell.programs.models import Cohort
from upwell.sheets import describe


@require_http_methods(["GET", "POST"])
def topics_import(request: Request, pk: UUID) -> HttpResponse:
    """Upload and result are one page: the same file again writes nothing, so a reload is safe."""
    cohorts = Cohort.objects.managed_by(request.user).select_related("program")
    cohort = get_object_or_404(cohorts, pk=pk)
    form = TopicsFileForm(request.POST or None, request.FILES or None)
    context = {"cohort": cohort, "form": form}
    if form.is_valid():
        try:
            with kept(form.cleaned_data["file"]) as path:
                file = services.read_topics_file(path)
            result = services.import_topics(
                cohort, file, is_adding=form.cleaned_data["is_adding"], by=request.user
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            context |= {"result": result, "rows": [*file.strangers, *result.left_out]}
            context |= {"problems": [(one, describe(one, _)) for one in file.problems]}
    return render(request, "programs/topics_import.html", context)


@contextmanager
def kept(upload: "UploadedFile[bytes]") -> Iterator[Path]:
    """The upload as a file of its own, readable by nobody else, for as long as it is read."""
    with NamedTemporaryFile(prefix="upwell-") as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        yield Path(file.name)
