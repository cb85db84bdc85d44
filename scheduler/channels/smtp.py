"""Mails by SMTP, one connection a mail, with one deadline over all of it."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from time import monotonic
from typing import Literal
from uuid import UUID

from scheduler.channels.deadline import ended_by
from scheduler.channels.message import build
from scheduler.channels.port import Mail, NotDelivered, Stage, TryAgainLater, Undeliverable

SECONDS = 30.0
PORTS = {"smtp": 587, "smtps": 465}
"""Where a server listens whose address names no port, by the scheme of CITA_MAIL_URL."""
# RFC 5321 §4.2.1
FOR_NOW = range(400, 500)
FOR_GOOD = range(500, 600)
# What a server says for good at these stages is about our account and not about the letter: a changed password must
# lose no mail (security.md R7). Everywhere else R8 holds.
NOT_ABOUT_THE_LETTER = frozenset({Stage.AUTH})


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail goes. `tls` from the first byte, or `starttls` after the greeting; without a user no login."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: Literal["required", "opportunistic", "never"] = "required"
    tls: bool = False


@dataclass(frozen=True, slots=True)
class SmtpChannel:
    """Sends each mail within `seconds`, name look-up aside, also when the server answers a byte at a time."""

    server: SmtpServer
    seconds: float = SECONDS

    def send(self, letter: Mail) -> None:
        """
        Hand the mail to the server.

        Raises:
            TryAgainLater: 4xx, no connection, no TLS where it is required, too slow, or a line that broke.
            Undeliverable: 5xx, or a mail that cannot be written as a message.
        """
        content = build(letter)
        ends_at = monotonic() + self.seconds
        with _connected(self.server, ends_at) as line, ended_by(line, ends_at):
            _Talk(self.server, line, letter).carry(content)

    def forget(self, row: UUID) -> None:
        """Nothing is kept here: what was sent is the server's."""


def _refusal(stage: Stage, code: int) -> NotDelivered:
    """What an answer other than the expected one means (security.md R8)."""
    if code in FOR_GOOD and stage not in NOT_ABOUT_THE_LETTER:
        return Undeliverable(stage, code)
    return TryAgainLater(stage, code if code in FOR_GOOD or code in FOR_NOW else None)


@contextmanager
def _connected(server: SmtpServer, ends_at: float) -> Iterator[socket.socket]:
    """A line to the first of the server's addresses that answers in time."""
    try:
        line = _dialled(server, ends_at)
    except (OSError, UnicodeError):
        raise TryAgainLater(Stage.CONNECT) from None
    with line:
        yield line


def _dialled(server: SmtpServer, ends_at: float) -> socket.socket:
    failure = OSError("no address")
    for *_, address in socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM):
        try:
            return socket.create_connection((str(address[0]), server.port), timeout=max(ends_at - monotonic(), 0.001))
        except OSError as error:
            failure = error
    raise failure


@cache
def _context(*, checked: bool) -> ssl.SSLContext:
    """Unchecked TLS keeps listeners out and asks for no name: without it the mail would go in clear."""
    context = ssl.create_default_context()
    if not checked:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


class _Talk(smtplib.SMTP):
    """One mail's conversation, over a line that is already there."""

    def __init__(self, server: SmtpServer, line: socket.socket, letter: Mail) -> None:
        super().__init__(local_hostname=letter.sender.rpartition("@")[2])
        self._host = server.host
        self.server, self.letter = server, letter
        self.sock: socket.socket = line
        self.stage = Stage.CONNECT

    def carry(self, content: bytes) -> None:
        """The whole conversation; the stage it reached is told when it fails."""
        try:
            self._greet()
            self._log_in()
            self._hand_over(content)
        except (OSError, ValueError, smtplib.SMTPException):
            raise TryAgainLater(self.stage) from None
        finally:
            self.close()

    def getreply(self) -> tuple[int, bytes]:
        """Smtplib makes up a 500 for a line without end; nobody refused anything, the talk is over."""
        try:
            return super().getreply()
        except smtplib.SMTPResponseException:
            raise smtplib.SMTPServerDisconnected from None

    def _expect(self, stage: Stage, good: frozenset[int], command: Callable[[], tuple[int, bytes]]) -> None:
        self.stage = stage
        code, _ = command()
        if code not in good:
            raise _refusal(stage, code)

    def _greet(self) -> None:
        if self.server.tls:
            self.sock = _context(checked=True).wrap_socket(self.sock, server_hostname=self.server.host)
        self._expect(Stage.CONNECT, frozenset({220}), self.getreply)
        self._expect(Stage.EHLO, frozenset({250}), self.ehlo)
        if not self.server.tls and self.server.starttls != "never":
            self._protect()

    def _protect(self) -> None:
        """Go on in TLS; where that is required and not offered, not at all."""
        self.stage = Stage.STARTTLS
        required = self.server.starttls == "required"
        try:
            self.starttls(context=_context(checked=required))
        except smtplib.SMTPNotSupportedError:
            if required:
                raise
        except smtplib.SMTPResponseException as refused:
            if required:
                raise _refusal(Stage.STARTTLS, refused.smtp_code) from None
        else:
            self._expect(Stage.EHLO, frozenset({250}), self.ehlo)

    def _log_in(self) -> None:
        if not self.server.user:
            return
        self.stage = Stage.AUTH
        try:
            self.login(self.server.user, self.server.password)
        except smtplib.SMTPAuthenticationError as refused:
            raise _refusal(Stage.AUTH, refused.smtp_code) from None

    def _hand_over(self, content: bytes) -> None:
        self._expect(Stage.MAIL, frozenset({250}), lambda: self.mail(self.letter.sender))
        self._expect(Stage.RCPT, frozenset({250, 251}), lambda: self.rcpt(self.letter.to))
        self._expect(Stage.DATA, frozenset({354}), lambda: self.docmd("DATA"))
        self._expect(Stage.DOT, frozenset({250}), lambda: self._pour(content))
        with suppress(OSError, smtplib.SMTPException):
            self.putcmd("QUIT")

    def _pour(self, content: bytes) -> tuple[int, bytes]:
        """The message and the dot that ends it (RFC 5321 §4.5.2)."""
        self.send(re.sub(rb"(?m)^\.", b"..", content) + b".\r\n")
        return self.getreply()
