"""Uploads that are too large are not stored, whoever sends them and wherever to."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from upwell.sheets import limits


class CapUploadHandler(FileUploadHandler):
    """Passes over the files of a request that is larger than any file of people may be.

    The form then finds no file; ``UPLOAD_TOO_LARGE`` in the request says why.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 -- Django's name
        content_length: Any,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self.is_too_large = content_length > limits.FILE
        if self.request is not None:
            self.request.META["UPLOAD_TOO_LARGE"] = self.is_too_large

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.is_too_large:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
