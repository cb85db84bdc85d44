"""Settings whose mails go to a server on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config import Settings
from tests.builders.settings import settings_for
from tests.channels.servers import LOOPBACK, Sink, listening


def mail_url(port: int) -> str:
    """The address of a mail server on loopback that knows no TLS."""
    return f"smtp://{LOOPBACK}:{port}?starttls=never"


@contextmanager
def mailing_to(sink: Sink, folder: Path, **changes: Any) -> Iterator[Settings]:
    """Settings of mode test in this folder; what is mailed arrives in the sink."""
    with listening(sink) as port:
        yield settings_for(folder, mail_url=mail_url(port), **changes)
