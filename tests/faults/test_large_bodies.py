"""Bodies too large for what they ask: a real server refuses them in a breath, keeps its memory and goes on."""

import http.client
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from subprocess import Popen

import pytest
from flask import Flask

from config import Settings
from scheduler.app import BODY_LIMIT
from scheduler.commands import start
from tests.builders.firm import a_firm
from tests.builders.servers import free_port
from tests.builders.web import HOST, web

pytestmark = pytest.mark.fault

QUICKLY = 2.0
MOST_MEMORY = 64 * 1024
"""Kilobytes more than before."""

PACKET = 64 * 1024
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
PART = b'--b\r\nContent-Disposition: form-data; name="x"; filename="a.jpg"\r\n\r\nx\r\n'


@pytest.fixture
def settings(settings: Settings) -> Settings:
    port = free_port()
    return replace(settings, port=port, base_url=f"http://127.0.0.1:{port}")


@pytest.fixture
def server(app: Flask, settings: Settings) -> Iterator[Popen[bytes]]:
    a_firm(app).with_attorney("Ana")
    with web(settings) as process:
        yield process


def zeros(size: int) -> Iterator[bytes]:
    for _ in range(size // PACKET):
        yield b"x=" + b"0" * (PACKET - 3) + b"&"


def sends(port: int, body: bytes | Iterator[bytes], kind: str, length: int | None) -> int:
    """The status; what the server does not read any more is not sent any more."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    headers = {"Content-Type": kind} | ({"Content-Length": str(length)} if length else {"Transfer-Encoding": "chunked"})
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request("POST", "/apply/safety", body, headers, encode_chunked=not length)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def memory(process: Popen[bytes]) -> int:
    """Kilobytes that are in use, at most so far."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


@pytest.mark.parametrize(
    ("body", "kind", "length", "status"),
    [
        pytest.param(BODY_LIMIT + PACKET, FORM, True, 413, id="a form, its length said"),
        pytest.param(BODY_LIMIT + PACKET, FORM, False, 413, id="a form, its length not said"),
        pytest.param(start.LARGEST_BODY + PACKET, FORM, True, 413, id="more than any file, its length said"),
        pytest.param(start.LARGEST_BODY + PACKET, FORM, False, 413, id="more than any file, its length not said"),
        pytest.param(PART * 10_001 + b"--b--\r\n", PARTS, True, 413, id="ten thousand parts"),
        pytest.param(b"x=" + b"a" * 600_000, FORM, True, 400, id="600 kB in one field, without a token"),
    ],
)
def test_it_is_refused_in_a_breath(  # noqa: PLR0917 - a table of bodies
    server: Popen[bytes], settings: Settings, body: int | bytes, kind: str, length: bool, status: int
) -> None:
    before, started = memory(server), time.monotonic()

    size, sent = (body, zeros(body)) if isinstance(body, int) else (len(body), body)
    answered = sends(settings.port, sent, kind, size if length else None)

    took = time.monotonic() - started
    assert (answered, sends(settings.port, b"x=1", FORM, 3), server.poll()) == (status, 400, None)
    assert took < QUICKLY
    assert memory(server) - before < MOST_MEMORY
