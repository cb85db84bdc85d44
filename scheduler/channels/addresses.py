"""Which machines may be asked for what somebody typed an address of: those of the public internet alone."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses; raises OSError where it has none."""

SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "::/96",  # IPv4-compatible
            "::ffff:0:0/96",  # IPv4-mapped
            "::ffff:0:0:0/96",  # IPv4-translated
            "64:ff9b::/96",  # NAT64
            "64:ff9b:1::/48",
            "2001::/32",  # Teredo
            "2002::/16",  # 6to4
            "192.88.99.0/24",  # relays of 6to4
            "192.0.0.0/24",  # a provider's own; metadata of one cloud
        ),
    )
)
"""Networks whose addresses stand for others or mean something else in each place; some Python calls global."""


class NotPublic(Exception):
    """One of a name's addresses lies in a network that is not everybody's."""


class Unknown(Exception):
    """The name has no address, or nobody said so in time."""


def is_public(ip: Ip) -> bool:
    """Whether it is one machine of the public internet, under its own address."""
    if not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (ip.is_site_local or ip.scope_id is not None):
        return False
    return not any(ip.version == network.version and ip in network for network in SPECIAL)


def resolved(resolver: Resolver, host: str, port: int, ends_at: float, *, anywhere: bool) -> list[Ip]:
    """
    The addresses of a name, asked for once; `anywhere` lets those pass that are not public.

    Raises:
        NotPublic: One of them is not.
        Unknown: There is none, or it takes too long.
    """
    ips = [_ip(text) for text in _asked(resolver, host, port, ends_at)]
    if not ips:
        raise Unknown
    if not anywhere and not all(map(is_public, ips)):
        raise NotPublic
    return ips


def by_the_system(host: str, port: int) -> list[str]:
    """What this machine's resolver says, which also reads numbers in every notation."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _asked(resolver: Resolver, host: str, port: int, ends_at: float) -> Sequence[str]:
    """A resolver knows no deadline; it is left alone when it is over."""
    said: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            said.put(resolver(host, port))
        except (OSError, UnicodeError):
            said.put(())

    Thread(target=ask, daemon=True).start()
    try:
        return said.get(timeout=max(ends_at - monotonic(), 0.001))
    except Empty:
        raise Unknown from None


def _ip(text: str) -> Ip:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise Unknown from None
