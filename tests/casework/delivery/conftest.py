"""A mail server for deliveries."""

from collections.abc import Iterator
from typing import Any

import pytest

from config import Settings
from tests.builders.mail import mailing_to
from tests.channels.servers import Sink
from tests.conftest import Hands


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def settings(tmp_path: Any, databases: Any, database_kind: str, hands: Hands, sink: Sink) -> Iterator[Settings]:
    where = {"database_url": databases.url(database_kind), "clock_file": hands.file}
    with mailing_to(sink, tmp_path / "var", **where) as settings:
        yield settings
