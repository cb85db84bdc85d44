"""A real CalDAV server in a process of its own."""

import base64
import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scheduler.channels.calendars import Kind, Source
from scheduler.channels.fetch import Login
from tests.builders.servers import free_port

USER, PASSWORD = "ana", "boats-at-noon"
CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/data
[logging]
level = error
"""
PATIENCE = 30


@dataclass
class Radicale:
    """The server, with one user and one collection of hers."""

    port: int
    path: str = "/ana/work/"

    @property
    def server(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.server}{self.path}"

    def source(self, *, user: str = USER, password: str = PASSWORD, path: str = "") -> Source:
        return Source(Kind.CALDAV, f"http://{self.server}{path or self.path}", Login(user, password))

    def put(self, name: str, calendar: bytes) -> None:
        """An object of the collection, new or in the old one's place."""
        assert self._ask("PUT", f"{self.path}{name}.ics", calendar) in {201, 204}

    def delete(self, name: str) -> None:
        assert self._ask("DELETE", f"{self.path}{name}.ics") == 200

    def remove(self, path: str) -> None:
        assert self._ask("DELETE", path) == 200

    def make(self, path: str, method: str = "MKCALENDAR", body: bytes = b"") -> None:
        assert self._ask(method, path, body) == 201

    def _ask(self, method: str, path: str, body: bytes = b"") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        connection.request(method, path, body, {"Authorization": f"Basic {login}", "Content-Type": "text/calendar"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def wait(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            try:
                self._ask("OPTIONS", "/")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(self.port)


@contextmanager
def radicale(folder: Path) -> Iterator[Radicale]:
    """The server, until the end of the block."""
    server = Radicale(free_port())
    folder.mkdir(exist_ok=True)
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    (folder / "config").write_text(CONFIG.format(port=server.port, folder=folder))
    command = [sys.executable, "-m", "radicale", "--config", str(folder / "config")]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stderr=log, stdout=log) as process:
        try:
            server.wait()
            server.make(server.path)
            yield server
        finally:
            process.terminate()
