"""SMTP servers on loopback: a real one, and one that says at any stage what it is told to say."""

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
RST_AT_CLOSE = struct.pack("ii", 1, 0)


@dataclass
class Sink:
    """Keeps what arrives; answers a refusal where it is told to."""

    refusals: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        if "mail" not in self.refusals:
            envelope.mail_from = address
        return self.refusals.get("mail", "250 OK")

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        if "rcpt" not in self.refusals:
            envelope.rcpt_tos.append(address)
        return self.refusals.get("rcpt", "250 OK")

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "dot" not in self.refusals:
            self.envelopes.append(envelope)
        return self.refusals.get("dot", "250 OK")


class AnyPort(Controller):
    """aiosmtpd on a port that is free."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def listening(sink: Sink, **settings: Any) -> Iterator[int]:
    controller = AnyPort(sink, hostname=LOOPBACK, port=0, decode_data=False, **settings)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


ANSWERS = {
    "connect": "220 here",
    "ehlo": "250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS",
    "starttls": "220 go on",
    "auth": "235 known",
    "mail": "250 OK",
    "rcpt": "250 OK",
    "data": "354 go on",
    "dot": "250 taken",
    "quit": "221 bye",
}


@dataclass
class Scripted:
    """
    Speaks SMTP to one caller after another, with other answers at some stages.

    An answer `close` or `rst` ends the line instead; `pause` seconds pass before each byte of what it says.
    """

    answers: dict[str, str]
    pause: float = 0
    heard: list[str] = field(default_factory=list)

    def serve(self, listener: socket.socket, stopped: threading.Event) -> None:
        while not stopped.is_set():
            with suppress(OSError):
                line, _ = listener.accept()
                with line, suppress(OSError):
                    self._talk(line, stopped)

    def _talk(self, line: socket.socket, stopped: threading.Event) -> None:
        said = self._say(line, "connect", stopped)
        with line.makefile("rb") as heard:
            while said and (command := heard.readline()):
                self.heard.append(command.decode().strip())
                verb = command.split()[0].decode().lower().rstrip(":")
                said = self._say(line, verb, stopped)
                if verb == "data" and said and self._answer("data").startswith("354"):
                    while heard.readline() not in {b".\r\n", b""}:
                        pass
                    said = self._say(line, "dot", stopped)

    def _answer(self, stage: str) -> str:
        return {**ANSWERS, **self.answers}.get(stage, "502 what?")

    def _say(self, line: socket.socket, stage: str, stopped: threading.Event) -> bool:
        answer = self._answer(stage)
        if answer == "rst":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST_AT_CLOSE)
        if answer in {"rst", "close"}:
            return False
        if not self.pause:
            line.sendall(f"{answer}\r\n".encode())
            return True
        for letter in f"{answer}\r\n":
            line.sendall(letter.encode())
            if stopped.wait(self.pause):
                return False
        return True


@contextmanager
def scripted(script: Scripted) -> Iterator[int]:
    stopped = threading.Event()
    with socket.create_server((LOOPBACK, 0)) as listener:
        listener.settimeout(0.005)
        thread = threading.Thread(target=script.serve, args=(listener, stopped))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stopped.set()
            thread.join()
