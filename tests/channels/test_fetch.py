"""What staff type the address of is asked of public machines alone, for so long, and no more than so much."""

import io
import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from scheduler.channels import addresses, fetch
from scheduler.channels.addresses import by_the_system
from scheduler.channels.fetch import MOST_BYTES, Asked, Fetcher, Login, NotFetched, Why
from tests.builders.feeds import Feed, feeding, saying
from tests.builders.servers import free_port
from tests.builders.tls import tls_in_front_of

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
PUBLIC, SECRET = "203.0.114.7", "private-9f8e7d"
OK = b"HTTP/1.1 200 OK\r\n"

HOSTILE = [
    pytest.param("http://127.0.0.1:{port}/", id="this machine"),
    pytest.param("http://127.1:{port}/", id="this machine, in short"),
    pytest.param("http://127.0.0.2:{port}/", id="this machine, by another of its numbers"),
    pytest.param("http://0x7f.1:{port}/", id="this machine, partly in base 16"),
    pytest.param("http://0x7f000001:{port}/", id="this machine, in base 16"),
    pytest.param("http://2130706433:{port}/", id="this machine, as one number"),
    pytest.param("http://017700000001:{port}/", id="this machine, in base 8"),
    pytest.param("http://0177.0.0.1:{port}/", id="this machine, partly in base 8"),
    pytest.param("http://0:{port}/", id="nowhere, which is here"),
    pytest.param("http://0.0.0.0:{port}/", id="nowhere in full"),
    pytest.param("http://[::1]:{port}/", id="this machine, IPv6"),
    pytest.param("http://[::]:{port}/", id="nowhere, IPv6"),
    pytest.param("http://[::ffff:127.0.0.1]:{port}/", id="IPv4 mapped"),
    pytest.param("http://[::ffff:7f00:1]:{port}/", id="IPv4 mapped, in base 16"),
    pytest.param("http://[::127.0.0.1]:{port}/", id="IPv4 compatible"),
    pytest.param("http://[::ffff:0:127.0.0.1]:{port}/", id="IPv4 translated"),
    pytest.param("http://[64:ff9b::7f00:1]:{port}/", id="NAT64"),
    pytest.param("http://[64:ff9b:1::7f00:1]:{port}/", id="NAT64 of one network"),
    pytest.param("http://[2002:7f00:1::]:{port}/", id="6to4"),
    pytest.param("http://[2001:0:7f00:1::]:{port}/", id="Teredo"),
    pytest.param("http://[fe80::1%25lo]:{port}/", id="a zone"),
    pytest.param("http://[fe80::1]:{port}/", id="link local, IPv6"),
    pytest.param("http://[fec0::1]:{port}/", id="site local"),
    pytest.param("http://[fc00::1]:{port}/", id="unique local"),
    pytest.param("http://[fd00:ec2::254]/", id="metadata of a cloud, IPv6"),
    pytest.param("http://[ff02::1]/", id="multicast, IPv6"),
    pytest.param("http://[2001:db8::1]/", id="documentation, IPv6"),
    pytest.param("http://169.254.169.254/latest/meta-data/", id="metadata of a cloud"),
    pytest.param("http://100.64.0.1/", id="shared by a provider"),
    pytest.param("http://10.0.0.1/", id="private 10"),
    pytest.param("http://172.16.0.1/", id="private 172"),
    pytest.param("http://192.168.1.1/", id="private 192"),
    pytest.param("http://192.0.0.192/", id="metadata of another cloud"),
    pytest.param("http://192.0.2.1/", id="documentation"),
    pytest.param("http://198.18.0.1/", id="benchmarks"),
    pytest.param("http://192.88.99.1/", id="a relay"),
    pytest.param("http://224.0.0.1/", id="multicast"),
    pytest.param("http://240.0.0.1/", id="reserved"),
    pytest.param("http://255.255.255.255/", id="everybody"),
    pytest.param("http://localhost:{port}/", id="by name"),
    pytest.param("http://LOCALHOST:{port}/", id="by name, loud"),
    pytest.param("http://localhost.:{port}/", id="by name, with its dot"),
    pytest.param("http://user@127.0.0.1:{port}/", id="a user"),
    pytest.param("http://example.com@127.0.0.1:{port}/", id="a host as a user"),
    pytest.param("http://example.com:80\\@127.0.0.1:{port}/", id="a backslash"),
    pytest.param("http://127.0.0.1:{port}\\.example.com/", id="a backslash in front of a host"),
    pytest.param("http://127.0.0.1:{port}/a b", id="a space"),
    pytest.param("http://127.0.0.1:{port}/\r\nX-Other: 1", id="a line of its own"),
    pytest.param("ht\ttp://127.0.0.1:{port}/", id="a tab that some readers drop"),
    pytest.param(" http://127.0.0.1:{port}/", id="a space in front"),
    pytest.param("http://127.0.0.1:99999/", id="no port"),
    pytest.param("http://127.0.0.1:abc/", id="a port of letters"),
    pytest.param("http://[::1/", id="half a bracket"),
    pytest.param("http:///nobody", id="no host"),
    pytest.param("http://ⓛocalhost:{port}/", id="letters in circles"),
    pytest.param("http://１２７.0.0.1:{port}/", id="wide digits"),
    pytest.param("//127.0.0.1:{port}/", id="no scheme"),
    pytest.param("", id="nothing"),
    pytest.param("file:///etc/passwd", id="a file"),
    pytest.param("gopher://127.0.0.1:{port}/", id="gopher"),
    pytest.param("ftp://127.0.0.1:{port}/", id="ftp"),
    pytest.param("webcal://127.0.0.1:{port}/", id="webcal"),
    pytest.param("dict://127.0.0.1:{port}/", id="dict"),
    pytest.param("data:text/calendar,BEGIN", id="in itself"),
    pytest.param("http://" + "a" * 2100 + "/", id="too long"),
]


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding(ana=CALENDAR) as feed:
        yield feed


def why(fetcher: Fetcher, asked: Asked) -> Why:
    with pytest.raises(NotFetched) as refused:
        fetcher.ask(asked)
    return refused.value.why


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where somebody tries to connect to, all in vain."""
    found: list[str] = []

    def nobody(address: tuple[str, int], timeout: float) -> socket.socket:
        found.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", nobody)
    return found


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_that_is_not_a_public_one_is_refused_without_a_connection(
    feed: Feed, dialled: list[str], url: str
) -> None:
    refused = why(Fetcher(), Asked(url.replace("{port}", str(feed.port))))

    assert (refused, dialled, feed.asked) == (Why.REFUSED, [], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433"])
def test_without_the_rule_of_public_addresses_this_machine_is_reached(
    feed: Feed, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda _ip: True)

    Fetcher().ask(Asked(feed.url(host=host)))

    assert len(feed.asked) == 1


def test_without_the_list_of_special_networks_python_calls_them_global(monkeypatch: pytest.MonkeyPatch) -> None:
    ips = [addresses._ip(text) for text in ("64:ff9b::7f00:1", "2002:7f00:1::")]
    before = [addresses.is_public(ip) for ip in ips]

    monkeypatch.setattr(addresses, "SPECIAL", ())

    assert (before, any(map(addresses.is_public, ips))) == ([False, False], True)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111"])
def test_a_public_address_is_dialled(dialled: list[str], address: str) -> None:
    refused = why(Fetcher(resolver=lambda _host, _port: [address]), Asked("https://calendar.example/x.ics"))

    assert (refused, dialled) == (Why.UNREACHABLE, [address])


def test_a_name_with_one_private_address_among_its_own_is_refused(dialled: list[str]) -> None:
    refused = why(Fetcher(resolver=lambda _host, _port: [PUBLIC, "10.0.0.1"]), Asked("https://calendar.example/"))

    assert (refused, dialled) == (Why.REFUSED, [])


class Rebound:
    """A name that is public for the first question and this machine for the next."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _host: str, _port: int) -> list[str]:
        self.asked += 1
        return [PUBLIC if self.asked == 1 else "127.0.0.1"]


def test_a_name_is_asked_for_once_and_what_was_checked_is_dialled(dialled: list[str]) -> None:
    names = Rebound()

    why(Fetcher(resolver=names), Asked("http://rebound.example/"))

    assert (names.asked, dialled) == (1, [PUBLIC])


def test_who_asks_again_when_dialling_is_led_to_this_machine(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    names, dial = Rebound(), fetch._dialled

    def naive(_ips: Any, port: int, ends_at: float) -> socket.socket:
        return dial([addresses._ip(names("rebound.example", port)[0])], port, ends_at)

    monkeypatch.setattr(fetch, "_dialled", naive)
    Fetcher(resolver=names).ask(Asked(feed.url(host="rebound.example")))

    assert len(feed.asked) == 1


def test_an_exempt_server_is_exempt_from_the_rule_of_public_addresses(feed: Feed) -> None:
    answer = Fetcher(frozenset({feed.server})).ask(Asked(feed.url()))

    assert (answer.status, answer.body) == (200, CALENDAR)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://{server}/", id="another scheme"),
        pytest.param("http://user@{server}/", id="a user"),
        pytest.param("http://{server}/a b", id="a space"),
    ],
)
def test_an_exempt_server_is_exempt_from_nothing_else(feed: Feed, url: str) -> None:
    assert why(Fetcher(frozenset({feed.server})), Asked(url.replace("{server}", feed.server))) is Why.REFUSED


def test_another_port_of_an_exempt_server_is_not_exempt(feed: Feed) -> None:
    assert why(Fetcher(frozenset({"127.0.0.1:1"})), Asked(feed.url())) is Why.REFUSED


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


def test_the_systems_resolver_reads_numbers_of_every_notation() -> None:
    assert [by_the_system(host, 80) for host in ("0x7f.1", "2130706433")] == [["127.0.0.1"]] * 2
