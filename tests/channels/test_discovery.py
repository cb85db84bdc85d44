"""Calendars are found by the address of their server: at a real one, and where servers send on, lie or say nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic
from typing import Any

import pytest

from scheduler.channels import discovery
from scheduler.channels.calendars import Fault, Kind, NotRead, Source
from scheduler.channels.discovery import collections
from scheduler.channels.fetch import Fetcher, Login
from tests.builders.feeds import LOOPBACK, saying
from tests.builders.radicale import Radicale, radicale

NAMED = b"""<mkcol xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><set><prop>\
<resourcetype><collection/><c:calendar/></resourcetype><displayname>%s</displayname>\
<c:supported-calendar-component-set><c:comp name="%s"/></c:supported-calendar-component-set></prop></set></mkcol>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        server.make("/ana/court/", "MKCOL", NAMED % ("Court ☂ &lt;b&gt;".encode(), b"VEVENT"))
        server.make("/ana/tasks/", "MKCOL", NAMED % (b"Tasks", b"VTODO"))
        yield server


def found(server: Radicale, path: str, **login: str) -> dict[str, str]:
    """Paths by name."""
    there = collections(Fetcher(frozenset({server.server}), seconds=20), server.source(path=path, **login))
    return {one.name: one.url.removeprefix(f"http://{server.server}") for one in there}


BOTH = {"ana/work": "/ana/work/", "Court ☂ <b>": "/ana/court/"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/", BOTH, id="the server"),
        pytest.param("/.well-known/caldav", BOTH, id="where every server knows"),
        pytest.param("/ana/", BOTH, id="the person"),
        pytest.param("/ana/gone/", BOTH, id="a page of the server that is gone"),
        pytest.param("/ana/court/", {"Court ☂ <b>": "/ana/court/"}, id="a calendar itself"),
    ],
)
def test_a_real_server_shows_the_calendars_with_events(server: Radicale, path: str, expected: dict[str, str]) -> None:
    assert found(server, path) == expected


def test_only_a_calendars_own_address_is_meant_as_it_is(server: Radicale) -> None:
    fetcher = Fetcher(frozenset({server.server}), seconds=20)

    def is_meant(path: str) -> list[bool]:
        return [one.is_meant for one in collections(fetcher, server.source(path=path))]

    assert (is_meant("/ana/court/"), is_meant("/")) == ([True], [False, False])


@pytest.mark.parametrize(
    "login", [pytest.param({"password": "wrong"}, id="a wrong password"), pytest.param({"user": "eva"}, id="nobody")]
)
def test_a_real_server_wants_the_right_name_and_password(server: Radicale, login: dict[str, str]) -> None:
    with pytest.raises(NotRead) as failure:
        found(server, "/", **login)

    assert failure.value.fault is Fault.LOGIN


def told(xml: str) -> tuple[int, dict[str, str], str]:
    return 207, {}, f'<multistatus xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">{xml}</multistatus>'


def of(prop: str, href: str = "/") -> str:
    return f"<response><href>{href}</href><propstat><prop>{prop}</prop></propstat></response>"


def moved(where: str, status: int = 301) -> tuple[int, dict[str, str], str]:
    return status, {"Location": where}, ""


WHO = told(of("<current-user-principal><href>/p/</href></current-user-principal>"))
AT_HOME = told(of("<c:calendar-home-set><href>/h/</href></c:calendar-home-set>"))
CALENDAR = "<resourcetype><collection/><c:calendar/></resourcetype>"
ONE = told(of("<resourcetype><collection/></resourcetype>", "/h/") + of(CALENDAR, "/h/work/"))
GOOD: dict[str, tuple[int, dict[str, str], str]] = {"/": WHO, "/p/": AT_HOME, "/h/": ONE}
Answers = Mapping[str, tuple[int, dict[str, str], str]]


@contextmanager
def answering(answers: Answers) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """A server that says this by path, 404 elsewhere; what was asked: the path, and whether with a password."""
    asked = list[tuple[str, bool]]()

    class Says(BaseHTTPRequestHandler):
        def do_PROPFIND(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            asked.append((self.path, "Authorization" in self.headers))
            status, headers, body = answers.get(self.path, (404, {}, ""))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing."""

    with ThreadingHTTPServer((LOOPBACK, 0), Says) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"{LOOPBACK}:{server.server_address[1]}", asked
        server.shutdown()


def search(server: str, path: str = "/", *others: str) -> list[str] | Fault:
    """The addresses that are found behind the server's own, or why none are."""
    source = Source(Kind.CALDAV, f"http://{server}{path}", Login("ana", "boats"))
    try:
        there = collections(Fetcher(frozenset({server, *others}), seconds=20), source)
    except NotRead as failure:
        return failure.fault
    return [one.url.removeprefix(f"http://{server}") for one in there]


@pytest.mark.parametrize(
    ("answers", "path", "expected"),
    [
        pytest.param(GOOD, "/", ["/h/work/"], id="step by step"),
        pytest.param({**GOOD, "/dav": WHO, "/.well-known/caldav": moved("/dav"), "/": (405, {}, "")}, "/", ["/h/work/"],
                     id="the door says nothing, the well-known place sends on"),
        pytest.param({**GOOD, "/.well-known/caldav": moved("/dav", 303), "/dav": WHO, "/": told("")}, "/",
                     Fault.NOT_A_CALENDAR, id="a question that is no GET is not put again after 303"),
        pytest.param({**GOOD, "/.well-known/caldav": moved("/"), "/x/": (404, {}, "")}, "/x/", ["/h/work/"],
                     id="a page that is gone"),
        pytest.param({"/": AT_HOME, "/h/": ONE}, "/", ["/h/work/"], id="without a principal"),
        pytest.param({**GOOD, "/h/": told(of(CALENDAR, "work/"))}, "/", ["/h/work/"], id="addresses from there on"),
        pytest.param({**GOOD, "/h/": told(of(CALENDAR, "http://other.example/x/") + of(CALENDAR, "/h/a/"))}, "/",
                     ["/h/a/"], id="a calendar that lies elsewhere is left out"),
        pytest.param({**GOOD, "/h/": told(of(CALENDAR, "/h/a/") * 3)}, "/", ["/h/a/"], id="one told three times"),
        pytest.param({**GOOD, "/h/": told("".join(of(CALENDAR, f"/h/{n}/") for n in range(99)))}, "/",
                     [f"/h/{n}/" for n in range(30)], id="thirty at the most"),
        pytest.param({**GOOD, "/h/": told("")}, "/", Fault.NO_CALENDARS, id="none"),
        pytest.param({**GOOD, "/h/": (500, {}, "")}, "/", Fault.NO_CALENDARS, id="a home that is broken"),
        pytest.param({"/": WHO, "/p/": (404, {}, "")}, "/", Fault.NOT_A_CALENDAR, id="nobody at home"),
        pytest.param({}, "/", Fault.GONE, id="nothing anywhere"),
        pytest.param({"/": (200, {}, "<html>")}, "/", Fault.NOT_A_CALENDAR, id="a web site"),
        pytest.param({"/": (207, {}, "<html>")}, "/", Fault.NOT_A_CALENDAR, id="no XML"),
        pytest.param({"/": (401, {}, "")}, "/", Fault.LOGIN, id="who are you"),
        pytest.param({"/": (403, {}, "")}, "/", Fault.LOGIN, id="not for you"),
        pytest.param({"/": told(of("<current-user-principal><unauthenticated/></current-user-principal>"))}, "/",
                     Fault.LOGIN, id="nobody has come in"),
        pytest.param({"/": told(of("<current-user-principal><href>http://[x/</href></current-user-principal>"))}, "/",
                     Fault.NOT_A_CALENDAR, id="an address that is none"),
        pytest.param({"/": moved("http://10.0.0.1/")}, "/", Fault.UNREACHABLE, id="into our own network"),
        pytest.param({"/": moved("http://169.254.169.254/latest/")}, "/", Fault.UNREACHABLE, id="to a cloud's secrets"),
        pytest.param({"/": moved("/a"), "/a": moved("/b"), "/b": moved("/c"), "/c": moved("/")}, "/",
                     Fault.UNREACHABLE, id="round and round"),
        pytest.param({**GOOD, "/p/": told(of("<c:calendar-home-set><href>http://10.0.0.1/h/</href></c:calendar-home-set>"))},
                     "/", Fault.ELSEWHERE, id="a home in our own network is not asked"),
    ],
)  # fmt: skip
def test_what_a_server_says_is_followed_or_refused(answers: Answers, path: str, expected: list[str] | Fault) -> None:
    with answering(answers) as (server, asked):
        result = search(server, path)

    assert result == expected
    assert all(has_password for _path, has_password in asked)


@pytest.mark.parametrize(
    "leads",
    [
        pytest.param(lambda there: moved(f"http://{there}/"), id="it sends on"),
        pytest.param(
            lambda there: told(of(f"<current-user-principal><href>http://{there}/p/</href></current-user-principal>")),
            id="who somebody is stands elsewhere",
        ),
        pytest.param(
            lambda there: told(of(f"<c:calendar-home-set><href>http://{there}/h/</href></c:calendar-home-set>")),
            id="her home is elsewhere",
        ),
    ],
)
def test_another_server_is_never_told_the_password_and_the_desk_reads_why(leads: Any) -> None:
    with answering(GOOD) as (there, asked), answering({"/": leads(there)}) as (here, _):
        result = search(here, "/", there)

    assert result is Fault.ELSEWHERE
    assert not any(has_password for _path, has_password in asked)


def test_a_server_that_may_not_be_asked_is_not_even_met() -> None:
    with answering(GOOD) as (there, asked), answering({"/": moved(f"http://{there}/")}) as (here, _):
        result = search(here)

    assert (result, asked) == (Fault.UNREACHABLE, [])


@pytest.mark.parametrize("typed", ["citas.example", "citas.example/dav"])
def test_an_address_without_a_scheme_is_asked_by_https_alone(typed: str) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return []

    asked = list[tuple[str, int]]()
    with pytest.raises(NotRead):
        collections(Fetcher(resolver=nowhere), Source(Kind.CALDAV, typed))

    assert asked == [("citas.example", 443)]


def test_all_steps_together_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "SECONDS", 1.0)
    head = b"HTTP/1.1 404 No\r\nContent-Length: 1000\r\n\r\n"
    began = monotonic()
    with saying(head, *[b"x"] * 100, pause=0.1) as port:
        result = search(f"{LOOPBACK}:{port}")

    assert (result, monotonic() - began < 3) == (Fault.UNREACHABLE, True)


def test_without_the_look_at_the_origin_the_password_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "_origin", lambda _url: ("http", "x", 80))
    elsewhere = "<current-user-principal><href>http://{there}/p/</href></current-user-principal>"
    with answering(GOOD) as (there, asked), answering({"/": told(of(elsewhere.format(there=there)))}) as (here, _):
        search(here, "/", there)

    assert ("/p/", True) in asked
