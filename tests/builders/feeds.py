"""Other people's web servers on loopback: one that hands out calendars by ETag, and one that says what it is told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

LOOPBACK = "127.0.0.1"


@dataclass
class Feed:
    """What a server of calendars has, by path; `asked` are the headers of each question, in small letters."""

    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    port: int = 0
    is_down: bool = False

    def url(self, path: str = "/ana.ics", *, host: str = LOOPBACK) -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def server(self) -> str:
        return f"{LOOPBACK}:{self.port}"


def _answer(feed: Feed, path: str, known: str | None) -> tuple[int, dict[str, str], bytes]:
    status, headers = feed.answers.get(path, (200, {}))
    body = feed.files.get(path)
    if feed.is_down:
        return 503, {}, b""
    if body is None:
        return (404 if status == 200 else status), headers, b""
    tag = f'"{sha256(body).hexdigest()[:16]}"'
    return (304, {"ETag": tag}, b"") if known == tag else (status, {"ETag": tag, **headers}, body)


def _handler(feed: Feed) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            feed.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            self._say(*_answer(feed, self.path, self.headers.get("If-None-Match")))

        def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing."""

    return Handler


@contextmanager
def feeding(**files: bytes) -> Iterator[Feed]:
    """A server that has these calendars: `ana=…` is at `/ana.ics`."""
    feed = Feed({f"/{name}.ics": body for name, body in files.items()})
    with ThreadingHTTPServer((LOOPBACK, 0), _handler(feed)) as server:
        feed.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield feed
        server.shutdown()


@contextmanager
def saying(*pieces: bytes, pause: float = 0.0) -> Iterator[int]:
    """The port of a server that reads a question and says these bytes, after a pause each, then hangs up."""

    class Says(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            body = 0
            while line := self.rfile.readline().strip().lower():
                if line.startswith(b"content-length:"):
                    body = int(line.partition(b":")[2])
            self.rfile.read(body)
            try:
                for piece in pieces:
                    sleep(pause)
                    self.wfile.write(piece)
            except OSError:
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            """The other side has hung up."""

    with Server((LOOPBACK, 0), Says) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
