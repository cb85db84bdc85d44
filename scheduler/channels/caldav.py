"""A collection of a CalDAV server (RFC 4791): whether it has changed, what lies in it, or when its owner is busy."""

from collections.abc import Iterator
from datetime import datetime
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from scheduler.channels.calendars import OK, Copy, Fault, NotRead, Reading, ask, mark_of, meant
from scheduler.channels.fetch import Answer, Asked, Fetcher

MULTISTATUS = 207
XML = "application/xml; charset=utf-8"
DEEPEST = 32
DAV, CALDAV, APPLE = "DAV:", "urn:ietf:params:xml:ns:caldav", "http://calendarserver.org/ns/"
ELSEWHERE = frozenset({401, 404, 410})
"""Answers after which it is no use to ask otherwise."""

STATE = f"""<propfind xmlns="{DAV}" xmlns:s="{APPLE}"><prop><resourcetype/><s:getctag/></prop></propfind>"""
EVENTS = """<c:calendar-query xmlns="{dav}" xmlns:c="{caldav}"><prop><c:calendar-data/></prop><c:filter>\
<c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/>\
</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""
BUSY = """<c:free-busy-query xmlns:c="{caldav}"><c:time-range start="{start}" end="{end}"/></c:free-busy-query>"""


def read_caldav(fetcher: Fetcher, reading: Reading) -> Copy | None:
    """
    The events of a collection, or its owner's busy times where no more is shown; None where nothing has changed.

    Raises:
        NotRead: There is no such collection, or it is not shown to us.
    """
    mark = _mark(fetcher, reading)
    if mark is not None and mark == reading.mark:
        return None
    answer = _put(fetcher, reading, "REPORT", _words(EVENTS, reading), "1")
    if answer.status == MULTISTATUS:
        return Copy(tuple(_events(answer.body)), mark)
    if answer.status in ELSEWHERE:
        raise NotRead(meant(answer.status))
    answer = _put(fetcher, reading, "REPORT", _words(BUSY, reading), "1")
    if answer.status != OK:
        raise NotRead(meant(answer.status))
    return Copy((answer.body,), mark)


def _mark(fetcher: Fetcher, reading: Reading) -> str | None:
    """
    What the collection's state is called by its server; None where it has no name for it, or shows none.

    Raises:
        NotRead: There is no such collection, or it holds no events.
    """
    answer = _put(fetcher, reading, "PROPFIND", STATE, "0")
    if answer.status in ELSEWHERE:
        raise NotRead(meant(answer.status))
    if answer.status != MULTISTATUS:
        return None
    said = tree(answer.body)
    if said.find(f".//{{{DAV}}}resourcetype/{{{CALDAV}}}calendar") is None:
        raise NotRead(Fault.NOT_A_CALENDAR)
    return mark_of(said.findtext(f".//{{{APPLE}}}getctag"))


def _put(fetcher: Fetcher, reading: Reading, method: str, words: str, depth: str) -> Answer:
    headers = {"Content-Type": XML, "Depth": depth}
    return ask(fetcher, Asked(reading.source.url, method, headers, words.encode(), reading.source.login))


def _words(question: str, reading: Reading) -> str:
    return question.format(dav=DAV, caldav=CALDAV, start=_instant(reading.start), end=_instant(reading.end))


def _instant(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def _events(body: bytes) -> Iterator[bytes]:
    """
    The object of each response.

    Raises:
        NotRead: One of them is missing, so that nobody knows what else is.
    """
    for response in tree(body).iter(f"{{{DAV}}}response"):
        found = response.findtext(f".//{{{CALDAV}}}calendar-data")
        if not found:
            raise NotRead(Fault.UNREACHABLE)
        yield found.encode()


def tree(body: bytes) -> Element:
    """
    The elements; a tag is `{namespace}name`.

    Raises:
        NotRead: It is no XML, has a document type, or is nested deeper than any answer.
    """
    builder, depth = TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise NotRead(Fault.NOT_A_CALENDAR)
        builder.start(_named(tag), attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.data, _refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        raise NotRead(Fault.NOT_A_CALENDAR) from None
    return builder.close()


def _named(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag


def _refuse(*_document_type: object) -> NoReturn:
    raise NotRead(Fault.NOT_A_CALENDAR)
