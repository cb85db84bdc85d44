"""The service in processes of its own, and browsers that send one form to it, many at once."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from config import Settings
from scheduler.casework import links
from scheduler.casework.transaction import writing
from scheduler.models import Intake
from tests.builders.browser import FAR
from tests.builders.settings import environment

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(settings: Settings, *, count: int = 1, app: str = "wsgi:app") -> Iterator[list[int]]:
    """So many web processes of this app on one database; the ports they listen on."""
    ports = [free_port() for _ in range(count)]
    env = {**os.environ, **environment(settings)}
    command = [sys.executable, "-m", "waitress", "--threads=16"]
    started = [subprocess.Popen([*command, f"--listen=127.0.0.1:{port}", app], cwd=ROOT, env=env) for port in ports]
    try:
        for port in ports:
            _wait_for(port)
        yield ports
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=PATIENCE)


def _wait_for(port: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            connection.close()
            return
    raise TimeoutError(port)


@dataclass(frozen=True, slots=True)
class Sender:
    """The browser in which an intake was filled in, just before its last form is sent."""

    ref: str
    cookie: str = field(repr=False)
    csrf: str = field(repr=False)

    def send(self, port: int, path: str, **fields: str) -> int:
        """Send the form; the status of the answer."""
        body = urlencode({"csrf_token": self.csrf, **fields})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def sender(app: Flask, intake: Intake) -> Sender:
    """A browser that holds the draft of this intake."""
    ref = intake.ref
    token = f"token-of-{ref}"
    with writing() as rows:
        rows.get_one(Intake, intake.id).draft_hash = links.digest(token)
    with app.app_context(), app.test_request_context():
        session["draft"], session["until"] = token, FAR
        csrf = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        value = serializer.dumps(dict(session))
    return Sender(ref, f"{app.config['SESSION_COOKIE_NAME']}={value}", csrf)
