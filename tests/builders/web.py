"""The web process as `make run` starts it."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen

import pytest

from config import Settings
from scheduler.commands import start
from tests.builders.servers import ROOT
from tests.builders.settings import environment

HOST = "127.0.0.1"
PATIENCE = 60


def start_web(settings: Settings) -> Popen[bytes]:
    """The process, once it answers on the port of its settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for name, value in environment(settings).items():
            patch.setenv(name, value)
        process = start._web(settings, HOST)
    give_up = time.monotonic() + PATIENCE
    while not _answers(settings.port):
        if process.poll() is not None or time.monotonic() > give_up:
            process.kill()
            raise TimeoutError(settings.port)
        time.sleep(0.1)
    return process


@contextmanager
def web(settings: Settings) -> Iterator[Popen[bytes]]:
    """A web process, ended at the end."""
    process = start_web(settings)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True
