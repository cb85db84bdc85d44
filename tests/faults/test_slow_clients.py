"""Two hundred clients send their requests a byte at a time; the others are answered as if they were not there."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask

from config import Settings
from scheduler.commands import start
from tests.builders import wire
from tests.builders.firm import a_firm
from tests.builders.servers import free_port
from tests.builders.web import web
from tests.builders.wire import Wire

pytestmark = pytest.mark.fault

SLOW = 200
PAUSE = 0.1
BODY = b"device_safe=yes&immediate_danger=no&" + b"x=" + b"1" * 4000
REQUEST = (
    b"POST /apply/safety HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY)
) + BODY
QUICKLY = 2.0


@pytest.fixture
def settings(settings: Settings) -> Settings:
    port = free_port()
    return replace(settings, port=port, base_url=f"http://127.0.0.1:{port}")


@contextmanager
def slow_clients(port: int) -> Iterator[list[int]]:
    """Each has sent so many bytes: half of them stand in the headers, half in the body."""
    sent = [0 if number % 2 else len(REQUEST) - len(BODY) for number in range(SLOW)]
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for line, begun in zip(lines, sent, strict=True):
        line.sendall(REQUEST[:begun])
    stopped = threading.Event()
    thread = threading.Thread(target=_drip, args=(lines, sent, stopped))
    thread.start()
    try:
        yield sent
    finally:
        stopped.set()
        thread.join()
        for line in lines:
            line.close()


def _drip(lines: list[socket.socket], sent: list[int], stopped: threading.Event) -> None:
    while not stopped.wait(PAUSE):
        for number, line in enumerate(lines):
            line.send(REQUEST[sent[number] : sent[number] + 1])
            sent[number] += 1


def test_others_are_answered_quickly_while_two_hundred_send_a_byte_at_a_time(app: Flask, settings: Settings) -> None:
    a_firm(app).with_attorney("Ana")
    waits = []
    with web(settings), slow_clients(settings.port) as sent:
        before = sum(sent)
        for path in ("/", "/apply/safety", "/healthz") * 10:
            begun = time.monotonic()
            answer = Wire(settings.port).get(path)
            waits.append(time.monotonic() - begun)
            assert answer.status_code == 200
            time.sleep(PAUSE)
        dripped = sum(sent) - before

    assert dripped >= SLOW * 10
    assert max(waits) < QUICKLY


def test_with_fewer_lines_than_slow_clients_the_same_look_sees_the_others_wait(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app).with_attorney("Ana")
    monkeypatch.setattr(start, "CONNECTIONS", SLOW // 2)
    monkeypatch.setattr(wire, "PATIENCE", QUICKLY)

    with web(settings), slow_clients(settings.port), pytest.raises(TimeoutError):
        Wire(settings.port).get("/")
