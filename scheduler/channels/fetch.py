"""Asking other people's web servers for what one of the staff typed the address of, without being their tool."""

import http.client
import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from time import monotonic
from types import MappingProxyType
from urllib.parse import SplitResult, urljoin, urlsplit

from scheduler.channels.addresses import Ip, NotPublic, Resolver, Unknown, by_the_system, resolved
from scheduler.channels.deadline import ended_by

SECONDS = 5.0
MOST_BYTES = 2 * 1024 * 1024
MOST_MOVES = 3
LONGEST_URL = 2000
PORTS = MappingProxyType({"http": 80, "https": 443})
MOVED = frozenset({301, 302, 307, 308})
SEE_OTHER = 303
AGENT = "Cita"


class Why(StrEnum):
    """Why nothing was fetched; tells nothing of the address."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TOO_LARGE = "too_large"
    TOO_MANY_MOVES = "too_many_moves"


class NotFetched(Exception):
    """Nothing came back that could be used; what was asked before still stands."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks; sent in a header, by https or to this machine alone, and to nobody a server points to elsewhere."""

    user: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def header(self) -> str:
        """RFC 7617."""
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of an address. It may hold a secret, so that it is shown nowhere."""

    url: str = field(repr=False)
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    login: Login | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and from where in the end; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Server:
    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True, slots=True)
class Fetcher:
    """
    Asks public machines alone (security.md F1).

    All addresses of a name must be public, and one of just these is connected to; so with each address that a server
    points to. `allowed` holds `host:port` of servers that may be anywhere else.
    """

    allowed: frozenset[str] = frozenset()
    seconds: float = SECONDS
    resolver: Resolver = by_the_system

    def ask(self, asked: Asked) -> Answer:
        """
        The answer, whatever its status, at most three servers further; all of it within `seconds`.

        Raises:
            NotFetched: There is none, or it is larger than 2 MiB.
        """
        ends_at = monotonic() + self.seconds
        for _move in range(MOST_MOVES + 1):
            answer = self._once(asked, ends_at)
            where = answer.headers.get("location")
            if where is None or not _points_on(asked, answer.status):
                return answer
            asked = _moved(asked, where)
        raise NotFetched(Why.TOO_MANY_MOVES)

    def _once(self, asked: Asked, ends_at: float) -> Answer:
        server = _server(asked.url)
        anywhere = f"{server.host}:{server.port}" in self.allowed
        try:
            ips = resolved(self.resolver, server.host, server.port, ends_at, anywhere=anywhere)
        except NotPublic:
            raise NotFetched(Why.REFUSED) from None
        except Unknown:
            raise NotFetched(Why.UNREACHABLE) from None
        if asked.login and server.scheme == "http" and not all(ip.is_loopback for ip in ips):
            raise NotFetched(Why.REFUSED)
        try:
            with _dialled(ips, server.port, ends_at) as line, ended_by(line, ends_at):
                answer = _talk(line, server, asked)
        except (OSError, ValueError, http.client.HTTPException):
            raise NotFetched(Why.UNREACHABLE) from None
        if monotonic() >= ends_at:
            raise NotFetched(Why.UNREACHABLE)
        return answer


def _server(url: str) -> _Server:
    """
    The parts of an address that we ask at all: http or https, a host, nobody's name in front of it.

    Raises:
        NotFetched: It is another one, or reads differently to different readers.
    """
    parts, port = _split(url)
    host = (parts.hostname or "").lower().rstrip(".")
    odd = len(url) > LONGEST_URL or any(not "!" <= sign <= "~" or sign in '\\"<>^`{|}' for sign in url)
    if odd or parts.scheme not in PORTS or not host or "@" in parts.netloc or "%" in parts.netloc:
        raise NotFetched(Why.REFUSED)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Server(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path)


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotFetched(Why.REFUSED) from None
    return parts, port


def _dialled(ips: list[Ip], port: int, ends_at: float) -> socket.socket:
    """A line to the first of these addresses, and of no others, that answers in time."""
    failure = OSError("no address")
    for ip in ips:
        try:
            return socket.create_connection((str(ip), port), timeout=max(ends_at - monotonic(), 0.001))
        except OSError as error:
            failure = error
    raise failure


def _talk(line: socket.socket, server: _Server, asked: Asked) -> Answer:
    talk = http.client.HTTPConnection(server.host, server.port)
    talk.default_port, talk.auto_open = PORTS[server.scheme], 0
    talk.sock = _trusted().wrap_socket(line, server_hostname=server.host) if server.scheme == "https" else line
    try:
        talk.request(asked.method, server.path, asked.body, _headers(asked))
        with talk.getresponse() as answer:
            body = answer.read(MOST_BYTES + 1)
            if len(body) > MOST_BYTES:
                raise NotFetched(Why.TOO_LARGE)
            if answer.length:
                raise NotFetched(Why.UNREACHABLE)
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body, asked.url)
    finally:
        talk.close()


def _headers(asked: Asked) -> dict[str, str]:
    login = {"Authorization": asked.login.header} if asked.login else {}
    return {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close", **asked.headers, **login}


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def _points_on(asked: Asked, status: int) -> bool:
    """Whether the question is put again elsewhere; one that is not a GET is put as it was, or not at all."""
    return status in MOVED or (status == SEE_OTHER and asked.method == "GET")


def _moved(asked: Asked, where: str) -> Asked:
    """
    The same question to where the server points; nobody else learns who asks.

    Raises:
        NotFetched: From https to http, or to what is no address.
    """
    try:
        url = urljoin(asked.url, where)
    except ValueError:
        raise NotFetched(Why.REFUSED) from None
    old, new = _server(asked.url), _server(url)
    if old.scheme == "https" and new.scheme == "http":
        raise NotFetched(Why.REFUSED)
    is_same = (old.scheme, old.host, old.port) == (new.scheme, new.host, new.port)
    return replace(asked, url=url, login=asked.login if is_same else None)
