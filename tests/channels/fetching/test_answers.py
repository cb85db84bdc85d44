"""An answer is waited for so long, and no more of it read than so much; where a server points to is checked again."""

import io
import ssl
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from scheduler.channels import fetch
from scheduler.channels.fetch import MOST_BYTES, Asked, Fetcher, Login, NotFetched, Why
from tests.builders.feeds import Feed, feeding, saying
from tests.builders.fetched import CALENDAR, OK, PUBLIC, SECRET, why
from tests.builders.servers import free_port
from tests.builders.tls import tls_in_front_of


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param("http://10.0.0.1/", Why.REFUSED, id="to a private address"),
        pytest.param("http://169.254.169.254/latest/", Why.REFUSED, id="to the metadata of a cloud"),
        pytest.param("http://localhost:{port}/ana.ics", Why.REFUSED, id="to another name of the same server"),
        pytest.param("file:///etc/passwd", Why.REFUSED, id="to a file"),
        pytest.param("http://[::1", Why.REFUSED, id="to half a bracket"),
        pytest.param("/moved.ics", Why.TOO_MANY_MOVES, id="to itself"),
    ],
)
def test_where_a_server_points_to_is_checked_again(feed: Feed, where: str, expected: Why) -> None:
    feed.answers["/moved.ics"] = (302, {"Location": where.replace("{port}", str(feed.port))})

    refused = why(Fetcher(frozenset({feed.server})), Asked(feed.url("/moved.ics")))

    assert (refused, len(feed.asked)) == (expected, 4 if expected is Why.TOO_MANY_MOVES else 1)


@pytest.mark.parametrize(("moves", "status"), [(1, 301), (2, 303), (3, 308)])
def test_up_to_three_servers_further_it_is_followed(feed: Feed, moves: int, status: int) -> None:
    for number in range(moves):
        feed.answers[f"/{number}"] = (status, {"Location": f"/{number + 1}" if number + 1 < moves else "/ana.ics"})

    answer = Fetcher(frozenset({feed.server})).ask(Asked(feed.url("/0")))

    assert answer.body == CALENDAR


def test_a_password_goes_to_nobody_else(feed: Feed) -> None:
    with feeding(ana=CALENDAR) as other:
        feed.answers["/ana.ics"] = (302, {"Location": other.url()})
        allowed = frozenset({feed.server, other.server})

        Fetcher(allowed).ask(Asked(feed.url(), login=Login("ana", SECRET)))

    assert ["authorization" in one for one in (*feed.asked, *other.asked)] == [True, False]


def test_a_password_does_not_leave_this_machine_in_clear(dialled: list[str]) -> None:
    fetcher = Fetcher(resolver=lambda _host, _port: [PUBLIC])

    assert (why(fetcher, Asked("http://calendar.example/", login=Login("ana", SECRET))), dialled) == (Why.REFUSED, [])


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        pytest.param([OK + b"\r\n" + b"x" * (MOST_BYTES + 1)], Why.TOO_LARGE, id="too much"),
        pytest.param([OK + b"Content-Length: 9999999\r\n\r\n" + b"x" * 3_000_000], Why.TOO_LARGE, id="too much, said"),
        pytest.param([OK + b"Content-Length: 100\r\n\r\nBEGIN:VC"], Why.UNREACHABLE, id="cut"),
        pytest.param([OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"], Why.UNREACHABLE, id="no chunk"),
        pytest.param([b"SSH-2.0-OpenSSH\r\n"], Why.UNREACHABLE, id="another protocol"),
        pytest.param([b""], Why.UNREACHABLE, id="nothing"),
        pytest.param([OK, b"X: " + b"x" * 70_000 + b"\r\n\r\n"], Why.UNREACHABLE, id="an endless header"),
        pytest.param([OK, *[b"X: 1\r\n"] * 200, b"\r\n"], Why.UNREACHABLE, id="very many headers"),
    ],
)
def test_an_answer_that_cannot_be_used_is_none(says: list[bytes], expected: Why) -> None:
    with saying(*says) as port:
        assert why(Fetcher(frozenset({f"127.0.0.1:{port}"})), Asked(f"http://127.0.0.1:{port}/")) is expected


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(OK + b"\r\n", id="in the body"),
        pytest.param(OK + b"Content-Length: 100\r\n\r\n", id="in a body whose length is known"),
        pytest.param(OK, id="among the headers"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n", id="before the headers"),
    ],
)
def test_a_server_that_dribbles_is_left_at_the_deadline(head: bytes) -> None:
    began = monotonic()
    with saying(head, *[b"X"] * 100, pause=0.05) as port:
        fetcher = Fetcher(frozenset({f"127.0.0.1:{port}"}), seconds=0.4)

        refused = why(fetcher, Asked(f"http://127.0.0.1:{port}/"))

    assert (refused, monotonic() - began < 1.5) == (Why.UNREACHABLE, True)


def test_a_name_server_that_says_nothing_is_left_at_the_deadline() -> None:
    began = monotonic()

    def silent(_host: str, _port: int) -> list[str]:
        sleep(3)
        return []

    refused = why(Fetcher(seconds=0.2, resolver=silent), Asked("https://a.example/"))

    assert (refused, monotonic() - began < 1) == (Why.UNREACHABLE, True)


def test_https_asks_for_a_certificate_of_the_name(feed: Feed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    fetcher = Fetcher(frozenset({f"localhost:{port}", f"127.0.0.1:{port}"}))
    with tls_in_front_of(feed.port, listen=port, folder=tmp_path):
        unknown = why(fetcher, Asked(f"https://localhost:{port}/ana.ics"))
        trusted = ssl.create_default_context(cafile=str(next(tmp_path.glob("*.pem"))))
        monkeypatch.setattr(fetch, "_trusted", lambda: trusted)

        answer = fetcher.ask(Asked(f"https://localhost:{port}/ana.ics", login=Login("ana", SECRET)))

    assert (unknown, answer.body) == (Why.UNREACHABLE, CALENDAR)


def test_from_https_nobody_is_led_to_http(feed: Feed) -> None:
    asked = Asked("https://calendar.example/")

    with pytest.raises(NotFetched) as refused:
        fetch._moved(asked, "http://calendar.example/")

    assert refused.value.why is Why.REFUSED


def test_nothing_that_is_kept_or_logged_shows_the_address(feed: Feed, spoken: io.StringIO) -> None:
    asked = Asked(feed.url(f"/{SECRET}.ics"), login=Login("ana", SECRET), body=SECRET.encode())
    fetcher = Fetcher(frozenset({feed.server}))
    answer = fetcher.ask(asked)

    refused = why(fetcher, replace(asked, url=f"http://10.0.0.1/{SECRET}"))

    assert SECRET not in f"{asked!r} {answer!r} {refused!r} {spoken.getvalue()}"
