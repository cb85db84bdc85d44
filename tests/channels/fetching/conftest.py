"""A server on this machine, and a network where nobody answers."""

import socket
from collections.abc import Iterator

import pytest

from tests.builders.feeds import Feed, feeding
from tests.builders.fetched import CALENDAR


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding(ana=CALENDAR) as feed:
        yield feed


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where somebody tries to connect to, all in vain."""
    found: list[str] = []

    def nobody(address: tuple[str, int], timeout: float) -> socket.socket:
        found.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", nobody)
    return found
