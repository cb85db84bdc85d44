"""Finding somebody's calendars where only the address of their server is known (RFC 6764 §6, RFC 4791 §6)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

from scheduler.channels.caldav import APPLE, CALDAV, DAV, MULTISTATUS, XML, tree
from scheduler.channels.calendars import FORBIDDEN, GONE, UNAUTHORIZED, Fault, NotRead, Source, ask
from scheduler.channels.fetch import PORTS, Answer, Asked, Fetcher, Login

SECONDS = 15.0
"""For all steps together."""

MOST = 30
MOST_HOMES = 3
LONGEST_NAME = 100
PLACES = ("", "/.well-known/caldav", "/")
"""Where a server is asked who somebody is: where its address leads, where every server should know, at its door."""

ABOUT = f"""<propfind xmlns="{DAV}" xmlns:c="{CALDAV}"><prop><resourcetype/><displayname/><current-user-principal/>\
<c:calendar-home-set/></prop></propfind>"""
INSIDE = f"""<propfind xmlns="{DAV}" xmlns:c="{CALDAV}" xmlns:s="{APPLE}"><prop><resourcetype/><displayname/>\
<c:supported-calendar-component-set/></prop></propfind>"""
A_CALENDAR = f".//{{{DAV}}}resourcetype/{{{CALDAV}}}calendar"
PRINCIPAL = f".//{{{DAV}}}current-user-principal/{{{DAV}}}"
HOMES = f".//{{{CALDAV}}}calendar-home-set/{{{DAV}}}href"
HOLDS = f".//{{{CALDAV}}}supported-calendar-component-set/{{{CALDAV}}}comp"


@dataclass(frozen=True, slots=True)
class Collection:
    """A calendar: what its owner calls it, and where it is; `is_meant` where that was asked for and no server."""

    name: str = field(repr=False)
    url: str = field(repr=False)
    is_meant: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """What a server says of one address; others that it names are read from where it was in the end."""

    url: str
    said: Element

    def hrefs(self, path: str) -> list[str]:
        return [self.where(one.text) for one in self.said.iterfind(path) if one.text and one.text.strip()]

    def where(self, href: str | None) -> str:
        """
        The whole address.

        Raises:
            NotRead: It is none.
        """
        try:
            return urljoin(self.url, (href or "").strip())
        except ValueError:
            raise NotRead(Fault.NOT_A_CALENDAR) from None


def collections(fetcher: Fetcher, source: Source) -> tuple[Collection, ...]:
    """
    The calendars with events that a server shows to who asks; of a calendar's own address that one alone.

    Raises:
        NotRead: There are none, or it sends us on to another server, which is not told who asks.
    """
    url = source.url if "://" in source.url else f"https://{source.url}"
    search = _Search(fetcher, source.login, _origin(url), monotonic() + SECONDS)
    statuses = set[int]()
    for place in PLACES:
        answer = search.put(urljoin(url, place), ABOUT, "0")
        statuses.add(answer.status)
        if answer.status != MULTISTATUS:
            continue
        page = _Page(answer.url, tree(answer.body))
        if page.said.find(A_CALENDAR) is not None:
            return (replace(_collection(page.said, page.url), is_meant=not place),)
        if homes := search.homes(page):
            return search.inside(homes)
    raise NotRead(Fault.GONE if statuses <= GONE else Fault.NOT_A_CALENDAR)


@dataclass(frozen=True, slots=True)
class _Search:
    """Asks one server alone (its origin) until an end (of the monotonic clock)."""

    fetcher: Fetcher
    login: Login | None
    origin: tuple[str, str, int | None]
    ends_at: float

    def put(self, url: str, words: str, depth: str) -> Answer:
        """
        Ask what an address has, whatever the answer's status.

        Raises:
            NotRead: It is another server's, or it wants another name or password.
        """
        if _origin(url) != self.origin:
            raise NotRead(Fault.ELSEWHERE)
        fetcher = replace(self.fetcher, seconds=min(self.fetcher.seconds, max(self.ends_at - monotonic(), 0.001)))
        headers = {"Content-Type": XML, "Depth": depth}
        answer = ask(fetcher, Asked(url, "PROPFIND", headers, words.encode(), self.login))
        if answer.status in {UNAUTHORIZED, FORBIDDEN, MULTISTATUS} and _origin(answer.url) != self.origin:
            raise NotRead(Fault.ELSEWHERE)
        if answer.status in {UNAUTHORIZED, FORBIDDEN}:
            raise NotRead(Fault.LOGIN)
        return answer

    def homes(self, page: _Page) -> list[str]:
        """
        Where the calendars are of who asks; none where this address does not know her.

        Raises:
            NotRead: The server does not know who asks.
        """
        if found := page.hrefs(HOMES):
            return found
        if page.said.find(PRINCIPAL + "unauthenticated") is not None:
            raise NotRead(Fault.LOGIN)
        principals = page.hrefs(PRINCIPAL + "href")
        if not principals:
            return []
        answer = self.put(principals[0], ABOUT, "0")
        return _Page(answer.url, tree(answer.body)).hrefs(HOMES) if answer.status == MULTISTATUS else []

    def inside(self, homes: list[str]) -> tuple[Collection, ...]:
        """
        The calendars that lie in these.

        Raises:
            NotRead: There are none.
        """
        found = {
            one.url: one for home in homes[:MOST_HOMES] for one in self._in(home) if _origin(one.url) == self.origin
        }
        if not found:
            raise NotRead(Fault.NO_CALENDARS)
        return tuple(found.values())[:MOST]

    def _in(self, home: str) -> Iterator[Collection]:
        answer = self.put(home, INSIDE, "1")
        if answer.status != MULTISTATUS:
            return
        page = _Page(answer.url, tree(answer.body))
        for response in page.said.iter(f"{{{DAV}}}response"):
            kinds = {one.get("name", "").upper() for one in response.iterfind(HOLDS)}
            if response.find(A_CALENDAR) is not None and (not kinds or "VEVENT" in kinds):
                yield _collection(response, page.where(response.findtext(f"{{{DAV}}}href")))


def _collection(said: Element, url: str) -> Collection:
    """By the name that its owner gave it, or the last piece of its address."""
    given = " ".join((said.findtext(f".//{{{DAV}}}displayname") or "").split())
    name = given or unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return Collection("".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME], url)


def _origin(url: str) -> tuple[str, str, int | None]:
    """
    Scheme, host and port.

    Raises:
        NotRead: It is no address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        raise NotRead(Fault.UNREACHABLE) from None
    return parts.scheme, (parts.hostname or "").rstrip("."), port
