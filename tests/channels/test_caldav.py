"""A collection of a CalDAV server is read by its ctag: its events, or when its owner is busy; hostile XML is none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic

import pytest

from scheduler.channels import caldav
from scheduler.channels.caldav import read_caldav
from scheduler.channels.calendars import Copy, Fault, Kind, NotRead, Reading, Source, read_ics
from scheduler.channels.fetch import Fetcher
from tests.builders.feeds import feeding, saying
from tests.builders.radicale import Radicale, radicale

START, END = datetime(2026, 11, 24, tzinfo=UTC), datetime(2027, 1, 24, tzinfo=UTC)


def event(uid: str, day: str) -> bytes:
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20261101T000000Z",
    )
    more = (f"DTSTART:{day}T180000Z", f"DTEND:{day}T190000Z", "SUMMARY:Dentist", "END:VEVENT", "END:VCALENDAR", "")
    return "\r\n".join((*lines, *more)).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with radicale(tmp_path_factory.mktemp("radicale")) as server:
        server.put("near", event("near@x", "20261201"))
        server.put("far", event("far@x", "20290101"))
        yield server


def read(server: Radicale, source: Source | None = None, mark: str | None = None) -> Copy | None:
    fetcher = Fetcher(frozenset({server.server}), seconds=20)
    return read_caldav(fetcher, Reading(source or server.source(), START, END, mark))


def fault(server: Radicale, source: Source) -> Fault:
    with pytest.raises(NotRead) as failure:
        read(server, source)
    return failure.value.fault


def test_the_events_of_the_time_asked_for_come_back_with_a_mark(server: Radicale) -> None:
    found = read(server)

    assert found is not None
    assert [b"UID:near@x" in file for file in found.files] == [True]
    assert found.mark


def test_a_collection_that_has_not_changed_is_not_read(server: Radicale) -> None:
    first = read(server)
    assert first is not None
    same = read(server, mark=first.mark)
    server.put("another", event("another@x", "20261202"))

    changed = read(server, mark=first.mark)
    server.delete("another")

    assert same is None
    assert changed is not None
    assert len(changed.files) == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param({"password": "wrong"}, Fault.LOGIN, id="a wrong password"),
        pytest.param({"path": "/ana/nothing/"}, Fault.GONE, id="no collection"),
        pytest.param({"path": "/ana/"}, Fault.NOT_A_CALENDAR, id="the person, not a collection of hers"),
    ],
)
def test_what_cannot_be_read_says_why(server: Radicale, source: dict[str, str], expected: Fault) -> None:
    assert fault(server, server.source(**source)) is expected


def test_a_server_that_is_not_exempt_is_not_asked(server: Radicale) -> None:
    with pytest.raises(NotRead) as failure:
        read_caldav(Fetcher(), Reading(server.source(), START, END))

    assert failure.value.fault is Fault.UNREACHABLE


def test_where_no_events_are_shown_the_busy_times_are_asked_for(
    server: Radicale, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caldav, "EVENTS", "<refused")

    found = read(server)

    assert found is not None
    assert b"FREEBUSY;FBTYPE=BUSY:20261201T180000Z/20261201T190000Z" in found.files[0]


def told(body: bytes, status: bytes = b"207 Multi-Status") -> Fault | Copy | None:
    with saying(b"HTTP/1.1 " + status + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body) as port:
        reading = Reading(Source(Kind.CALDAV, f"http://127.0.0.1:{port}/"), START, END)
        try:
            return read_caldav(Fetcher(frozenset({f"127.0.0.1:{port}"}), seconds=20), reading)
        except NotRead as failure:
            return failure.fault


BOMB = (
    b"<!DOCTYPE x ["
    + b"".join(b'<!ENTITY a%d "%s">' % (number + 1, b"&a%d;" % number * 10) for number in range(1, 9))
    + b"]><x>&a9;</x>"
)
OF_A_COLLECTION = b'<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:propstat>\
<d:prop><d:resourcetype><c:calendar/></d:resourcetype>%s</d:prop></d:propstat></d:response></d:multistatus>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(BOMB, Fault.NOT_A_CALENDAR, id="entities that grow"),
        pytest.param(b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', Fault.NOT_A_CALENDAR, id="a file of ours"),
        pytest.param(b"<x>" * 100_000 + b"</x>" * 100_000, Fault.NOT_A_CALENDAR, id="very deep"),
        pytest.param(b"<x>", Fault.NOT_A_CALENDAR, id="cut"),
        pytest.param(b"BEGIN:VCALENDAR", Fault.NOT_A_CALENDAR, id="no XML"),
        pytest.param(b"", Fault.NOT_A_CALENDAR, id="nothing"),
        pytest.param(b"<x/>", Fault.NOT_A_CALENDAR, id="something else"),
        pytest.param(OF_A_COLLECTION % b"", Fault.UNREACHABLE, id="an event that is left out"),
        pytest.param(OF_A_COLLECTION % (b"<d:x/>" * 400_000), Fault.TOO_MUCH, id="more than 2 MiB"),
    ],
)
def test_hostile_xml_is_no_calendar(body: bytes, expected: Fault) -> None:
    began = monotonic()

    assert told(body) is expected
    assert monotonic() - began < 5


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        pytest.param(b"401 Unauthorized", Fault.LOGIN, id="who are you"),
        pytest.param(b"403 Forbidden", Fault.LOGIN, id="not for you"),
        pytest.param(b"404 Not Found", Fault.GONE, id="not here"),
        pytest.param(b"500 Oh", Fault.UNREACHABLE, id="broken"),
    ],
)
def test_an_answer_of_another_kind_says_why(status: bytes, expected: Fault) -> None:
    assert told(b"", status) is expected


def test_a_mark_that_could_not_be_sent_back_is_none() -> None:
    body = OF_A_COLLECTION % (
        b'<s:getctag xmlns:s="http://calendarserver.org/ns/">a\nX: 1</s:getctag>'
        b"<c:calendar-data>BEGIN:VCALENDAR</c:calendar-data>"
    )

    assert told(body) == Copy((b"BEGIN:VCALENDAR",), None)


@pytest.mark.parametrize("allowed", [True, False])
def test_a_file_is_read_once_for_each_etag(allowed: bool) -> None:
    with feeding(ana=b"BEGIN:VCALENDAR") as feed:
        fetcher = Fetcher(frozenset({feed.server} if allowed else ()))
        reading = Reading(Source(Kind.ICS, feed.url()), START, END)
        if not allowed:
            with pytest.raises(NotRead):
                read_ics(fetcher, reading)
            return
        first = read_ics(fetcher, reading)
        assert first is not None

        again = read_ics(fetcher, Reading(reading.source, START, END, first.mark))

    assert (first.files, again) == ((b"BEGIN:VCALENDAR",), None)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        pytest.param(401, Fault.LOGIN, id="who are you"),
        pytest.param(404, Fault.GONE, id="not here"),
        pytest.param(410, Fault.GONE, id="not here any more"),
        pytest.param(500, Fault.UNREACHABLE, id="broken"),
        pytest.param(304, Fault.UNREACHABLE, id="unchanged, though nothing is known"),
    ],
)
def test_an_address_without_a_calendar_says_why(status: int, expected: Fault) -> None:
    with feeding() as feed:
        feed.answers["/ana.ics"] = (status, {})
        with pytest.raises(NotRead) as failure:
            read_ics(Fetcher(frozenset({feed.server})), Reading(Source(Kind.ICS, feed.url()), START, END))

    assert failure.value.fault is expected
