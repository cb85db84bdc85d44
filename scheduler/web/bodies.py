"""What is sent to us stays in memory: nothing that names somebody is written to a disk unsealed."""

from io import BytesIO
from typing import IO

from flask import Flask, Request

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a request up to which its files need no temporary file; a list of names is shorter."""


class Sent(Request):
    """A request whose files are not spooled to the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if (total_content_length or 0) <= IN_MEMORY:
            return BytesIO()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)


def register(app: Flask) -> None:
    """Read every request so."""
    app.request_class = Sent
