"""Which calendars there are: who may have one, what is not added, what is left of one, who reads its address."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from scheduler.casework import calendar_reading, calendars
from scheduler.casework.calendar_reading import Add, add, read, read_due
from scheduler.casework.calendars import NoSuchCalendar, NoSuchPerson, kept, remove
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import Broken, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.channels.calendars import Fault, Kind, NotRead, Source
from scheduler.models import Audit, Calendar, Person, db
from tests.builders.feeds import Feed
from tests.builders.ics import calendar, event
from tests.builders.imported import added, busy, tasks, version
from tests.conftest import Hands, on_both


@on_both
def test_a_calendar_that_is_removed_leaves_nothing(app: Flask, parts: Parts, lea: SignedIn, feed: Feed) -> None:
    calendar_id, before = added(parts, lea, feed), version()

    remove(parts, lea, calendar_id)

    assert (busy(), kept(parts), version() - before) == ([], (), 1)
    with pytest.raises(NoSuchCalendar):
        remove(parts, lea, calendar_id)
    with pytest.raises(NoSuchCalendar):
        read(parts, calendar_id)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(b"<html>Sign in</html>", Fault.NOT_A_CALENDAR, id="a page to sign in"),
        pytest.param(
            calendar(event("RRULE:FREQ=SECONDLY", "DTSTART:20261127T180000Z", "DURATION:PT1M")).encode(),
            Fault.TOO_MUCH,
            id="a bomb",
        ),
    ],
)
def test_what_cannot_be_read_is_not_added(
    parts: Parts, lea: SignedIn, feed: Feed, body: bytes, expected: Fault
) -> None:
    feed.files["/ana.ics"] = body

    with pytest.raises(NotRead) as failure:
        added(parts, lea, feed)

    assert (failure.value.fault, kept(parts)) == (expected, ())


def test_nobody_has_a_calendar_who_cannot_be_booked(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    with pytest.raises(NoSuchPerson):
        add(parts, lea, Add(7, Source(Kind.ICS, feed.url())))


def test_nobody_has_more_than_ten(parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST", 1)
    added(parts, lea, feed)
    feed.files["/other.ics"] = calendar().encode()

    with pytest.raises(NoSuchPerson):
        add(parts, lea, Add(1, Source(Kind.ICS, feed.url("/other.ics"))))


def test_calendars_of_who_has_left_are_not_read(parts: Parts, lea: SignedIn, feed: Feed, hands: Hands) -> None:
    added(parts, lea, feed)
    with writing() as session:
        session.execute(update(Person).values(active=False))
    hands.set(hands.now + timedelta(days=2))

    assert (read_due(parts), calendars.late(parts), tasks(calendar_reading.CLOSED)) == (0, 0, 0)


def test_asked_to_stop_no_other_calendar_is_read(parts: Parts, lea: SignedIn, feed: Feed, hands: Hands) -> None:
    added(parts, lea, feed)
    hands.set(hands.now + timedelta(hours=1))

    read_due(parts, lambda: True)

    assert len(feed.asked) == 1


def test_the_address_is_sealed_and_stands_nowhere_else(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    feed.files["/secret-4f1e.ics"] = calendar().encode()
    add(parts, lea, Add(1, Source(Kind.ICS, feed.url("/secret-4f1e.ics"))))

    (row,) = db.session.scalars(select(Calendar)).all()

    assert "secret-4f1e" not in f"{kept(parts)} {[link.facts for link in db.session.scalars(select(Audit))]}"
    assert b"secret-4f1e" not in row.address
    with pytest.raises(Broken):
        unseal(row.address, bytes(32), b"calendar:address:x")
