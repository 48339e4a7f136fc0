"""PDF files: a typst file laid out with values, tagged for screen readers."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

HERE = Path(str(files(__package__)))
NO_LETTER = "could not be displayed"


def pdf(layout: Path, values: Mapping[str, Any]) -> bytes:
    """The file that a layout makes of values. 0.1 s; no network and no system package.

    The layout begins with what the documents of all rooms share::

        #import "/house.typ": house, values
        #show: house.with(title: values.title, language: values.language)

    and finds everything else it was given in ``values``, which is read as JSON. ``title`` and
    ``language`` are always among them: a PDF without them is no document for a screen reader.
    A text with letters that no font here has (a name in Japanese, on a machine without Japanese
    fonts) is laid out all the same, and the file then promises no standard. Raises RuntimeError
    where the layout is faulty.
    """
    for needed in ("title", "language"):
        if not values.get(needed):
            raise ValueError(f"A document needs its {needed}.")
    inputs = {"values": json.dumps(values)}
    try:
        return compiled(layout, inputs, is_strict=True)
    except typst.TypstError as error:
        if NO_LETTER not in str(error):
            raise
        return compiled(layout, inputs, is_strict=False)


def compiled(layout: Path, inputs: dict[str, str], *, is_strict: bool) -> bytes:
    made: bytes = typst.compile(  # type: ignore[call-overload]  # -- its types want root as bytes
        layout.read_bytes(),
        root=str(HERE),
        font_paths=fonts(),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1" if is_strict else None,
    )
    return made


@cache
def fonts() -> typst.Fonts:
    """Found once a process; those of the system stand in for letters that ours do not have."""
    return typst.Fonts(font_paths=[str(HERE / "fonts")])


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """As a file to keep; ``name`` without its ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
