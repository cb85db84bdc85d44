"""What is sent to us stays in memory where it fits; more may be sent where files are, by who has proved who she is."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request, session

from scheduler.engine.file_kinds import MEGABYTE, PIECE
from scheduler.web.proving import PROVEN

IN_MEMORY = 4 * MEGABYTE
"""Bytes of a request up to which its files need no temporary file; a list of names is shorter."""

SPOOLED = "cita.spooled"
A_PIECE = "pieces.put"
FILES = frozenset({"files.save"})
MOST = 64 * MEGABYTE
"""Bytes: the largest recording, or three large photos, and what a form needs around them."""


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
        spooled = super()._get_file_stream(total_content_length, content_type, filename, content_length)
        self.environ.setdefault(SPOOLED, []).append(spooled)
        return spooled


def register(app: Flask) -> None:
    """Read every request so; before anything else looks at it."""
    app.request_class = Sent
    app.before_request(_allow_files)
    app.teardown_request(_close)


def _close(_problem: BaseException | None) -> None:
    """Let go of temporary files at once, those of a request that was refused half way, too."""
    for spooled in request.environ.get(SPOOLED, ()):
        spooled.close()


def _allow_files() -> None:
    if request.endpoint in FILES and PROVEN in session:
        request.max_content_length = MOST
    if request.endpoint == A_PIECE:
        request.max_content_length = PIECE
