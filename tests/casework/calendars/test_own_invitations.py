"""Our own invitations come back in an attorney's calendar, in whatever form: they are never busy. Others are."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import imported
from scheduler.casework.calendar_reading import Add, add, read
from scheduler.casework.moving import Cancel, cancel
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.channels.calendars import Kind, Source
from scheduler.engine.invitation.identity import EXCHANGE, MARK
from scheduler.models import Busy, Consultation, Task, db
from tests.builders.feeds import Feed
from tests.builders.firm import a_firm
from tests.builders.ics import calendar, event
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import Hands

TEN = ("DTSTART:20261127T180000Z", "DTEND:20261127T184500Z")
BY_US = "ORGANIZER;CN=Citas LEU:mailto:citas@citas.example"


@pytest.fixture
def call(app: Flask, lea: SignedIn) -> Consultation:
    """A call with Ana on Friday from ten to a quarter to eleven."""
    return booked(app, at(27, 10))


def exchange(uid: str) -> str:
    inner = MARK + uid.encode() + b"\0"
    return (EXCHANGE + "00" * 20 + len(inner).to_bytes(4, "little").hex() + inner.hex()).upper()


def says(feed: Feed, *parts: list[str]) -> None:
    feed.files["/ana.ics"] = calendar(*parts).encode()


def free_busy(*periods: str) -> list[str]:
    return ["BEGIN:VFREEBUSY", *(f"FREEBUSY:{period}" for period in periods), "END:VFREEBUSY"]


def came_back(parts: Parts, who: SignedIn, feed: Feed, *shown: list[str]) -> list[str]:
    """Her calendar shows this and is read for the first time; what is busy by it."""
    says(feed, *shown)
    add(parts, who, Add(1, Source(Kind.ICS, feed.url())))
    return busy()


def busy() -> list[str]:
    db.session.rollback()
    rows = db.session.execute(select(Busy.b0, Busy.b1).order_by(Busy.b0))
    clock = [(*divmod(b0 - int(at(27, 0).timestamp() // 60), 60), b1 - b0) for b0, b1 in rows]
    return [f"{hour}:{minute:02} +{length}" for hour, minute, length in clock]


@pytest.mark.parametrize(
    ("lines", "uid"),
    [
        pytest.param(TEN, "{uid}", id="as it was sent"),
        pytest.param(TEN, "exchange", id="by the name that Exchange gives it"),
        pytest.param(TEN, "import-{uid}", id="brought in by hand, with something before its name"),
        pytest.param((*TEN, BY_US), "new@google.com", id="by another name, but we invite"),
        pytest.param((*TEN, BY_US.upper()), "", id="without a name, in Exchange's letters, but we invite"),
        pytest.param(
            ("DTSTART;TZID=Pacific Standard Time:20261127T100000", "DURATION:PT45M", BY_US), "", id="by Windows' clock"
        ),
        pytest.param(("DTSTART:20261127T200000Z", "DURATION:PT2H"), "{uid}", id="moved by her own hand"),
        pytest.param(("DTSTART;VALUE=DATE:20261127",), "{uid}", id="made a whole day of by a program"),
        pytest.param((*TEN, "RRULE:FREQ=DAILY;COUNT=3"), "{uid}", id="repeated by her own hand"),
        pytest.param((*TEN, "RECURRENCE-ID:20261127T180000Z"), "{uid}", id="as an instance of a series"),
        pytest.param((*TEN, "STATUS:CANCELLED"), "{uid}", id="cancelled"),
        pytest.param((*TEN, "STATUS:TENTATIVE"), "{uid}", id="not answered yet"),
    ],
)
def test_an_invitation_of_ours_takes_no_time(  # noqa: PLR0917 - the house and a row of the table
    parts: Parts, lea: SignedIn, feed: Feed, call: Consultation, lines: tuple[str, ...], uid: str
) -> None:
    name = exchange(call.uid) if uid == "exchange" else uid.replace("{uid}", call.uid)

    assert came_back(parts, lea, feed, event(*lines, uid=name, title="Call")) == []
    assert db.session.scalars(select(Task).where(Task.kind == imported.OVER_A_BOOKING)).all() == []


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(event(*TEN, uid="new@google.com"), ["10:00 +45"], id="a dentist at our time"),
        pytest.param(
            event("DTSTART:20261127T180000Z", "DURATION:PT2H", BY_US, uid="new@google.com"),
            ["10:00 +120"],
            id="something else that our office invites to",
        ),
        pytest.param(
            event(*TEN, BY_US.replace("citas@", "leah@"), uid="new@google.com"), ["10:00 +45"], id="another invites"
        ),
        pytest.param(free_busy("20261127T180000Z/PT30M"), ["10:00 +30"], id="a part of ours may be another's"),
        pytest.param(free_busy("20261127T180000Z/PT60M"), ["10:00 +60"], id="more than ours"),
        pytest.param(
            event(*TEN, uid="0123456789abcdef0123456789abcdef@x"), ["10:00 +45"], id="it only looks like ours"
        ),
    ],
)
def test_what_is_not_ours_takes_its_time(  # noqa: PLR0917 - the house and a row of the table
    parts: Parts, lea: SignedIn, feed: Feed, call: Consultation, shown: list[str], expected: list[str]
) -> None:
    assert came_back(parts, lea, feed, shown) == expected


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Busy", id="free/busy in English"),
        pytest.param("Ocupado", id="free/busy in Spanish"),
        pytest.param("Out of Office", id="as Outlook publishes it"),
        pytest.param("", id="no title at all"),
    ],
)
def test_two_calls_with_a_gap_are_not_ours_as_one(  # noqa: PLR0917 - the house and a row of the table
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, call: Consultation, title: str
) -> None:
    booked(app, at(27, 14))
    booked(app, at(27, 13))
    apart = event("DTSTART:20261127T210000Z", "DTEND:20261127T224500Z", title=title, uid="apart")

    assert came_back(parts, lea, feed, event(*TEN, title=title, uid="one"), apart) == ["13:00 +105"]


def test_two_calls_that_touch_are_ours_as_one(app: Flask, parts: Parts, feed: Feed) -> None:
    a_firm(app, base_length=30).with_attorney("Ana")
    for minute in (0, 30):
        booked(app, at(27, 10, minute))

    assert came_back(parts, who_is(a_login(app)), feed, free_busy("20261127T180000Z/PT1H")) == []


@pytest.mark.parametrize("lines", [(*TEN, BY_US), TEN])
def test_a_call_that_was_cancelled_is_waited_for_until_the_next_good_read(  # noqa: PLR0917 - the house and a row
    parts: Parts, lea: SignedIn, feed: Feed, call: Consultation, hands: Hands, lines: tuple[str, ...]
) -> None:
    says(feed, event(*lines, uid="rewritten", title="Busy"))
    calendar_id = add(parts, lea, Add(1, Source(Kind.ICS, feed.url())))
    hands.set(hands.now + timedelta(minutes=5))
    cancel(parts, Cancel(call.id))
    hands.set(hands.now + timedelta(minutes=5))
    read(parts, calendar_id)
    first = busy()
    hands.set(hands.now + timedelta(minutes=10))

    read(parts, calendar_id)

    assert (first, busy()) == ([], ["10:00 +45"])


def test_by_its_name_a_cancelled_call_is_never_busy_again(
    parts: Parts, lea: SignedIn, feed: Feed, call: Consultation, hands: Hands
) -> None:
    says(feed, event(*TEN, uid=exchange(call.uid), title="Call"))
    calendar_id = add(parts, lea, Add(1, Source(Kind.ICS, feed.url())))
    cancel(parts, Cancel(call.id))
    for _ in range(3):
        hands.set(hands.now + timedelta(minutes=10))
        read(parts, calendar_id)

    assert busy() == []


def test_without_the_look_into_rewritten_names_ours_would_be_busy(
    parts: Parts, lea: SignedIn, feed: Feed, call: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imported, "named_in", lambda uid: (uid,))

    assert came_back(parts, lea, feed, event(*TEN, uid=exchange(call.uid), title="Call")) == ["10:00 +45"]
