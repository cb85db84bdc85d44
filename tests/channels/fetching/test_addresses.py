"""What staff type the address of is asked of public machines alone."""

import socket
from typing import Any

import pytest

from scheduler.channels import addresses, fetch
from scheduler.channels.addresses import by_the_system
from scheduler.channels.fetch import Asked, Fetcher, Why
from tests.builders.feeds import Feed
from tests.builders.fetched import CALENDAR, PUBLIC, why

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


def test_the_systems_resolver_reads_numbers_of_every_notation() -> None:
    assert [by_the_system(host, 80) for host in ("0x7f.1", "2130706433")] == [["127.0.0.1"]] * 2
