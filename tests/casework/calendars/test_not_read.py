"""What follows when a calendar cannot be read, or not in time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from scheduler.casework import calendar_reading, calendars
from scheduler.casework.calendar_reading import read, read_due
from scheduler.casework.calendars import kept
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.channels import reading_room
from scheduler.channels.calendars import Fault
from scheduler.channels.fetch import Fetcher
from scheduler.channels.reading_room import Question
from scheduler.engine.invitation.busy import Busy as Read
from scheduler.models import Calendar
from tests.builders.feeds import Feed, saying
from tests.builders.firm import AFirm, a_firm
from tests.builders.imported import added, another_added, busy, free_hours, says, tasks
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both


@on_both
def test_a_calendar_that_fails_keeps_its_last_good_copy_and_is_told_once(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    calendar_id = added(parts, lea, feed)
    good, copy = hands.now, busy()
    feed.is_down = True
    for _ in range(3):
        hands.set(hands.now + timedelta(minutes=10))
        read_due(parts)

    (row,) = kept(parts)

    assert (row.problem, row.good_at, row.is_closed, busy()) == (Fault.UNREACHABLE, good, False, copy)
    assert tasks(calendar_reading.FAILED) == 1
    assert read(parts, calendar_id) is Fault.UNREACHABLE


@on_both
def test_a_calendar_that_is_read_again_needs_nobody_any_more(
    parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    calendar_id = added(parts, lea, feed)
    feed.is_down = True
    read(parts, calendar_id)
    feed.is_down = False

    read(parts, calendar_id)

    assert (kept(parts)[0].problem, tasks(calendar_reading.FAILED)) == (None, 0)
    assert tasks(calendar_reading.FAILED, is_open=False) == 1


@on_both
@pytest.mark.parametrize(
    ("hours", "setting", "expected"),
    [
        pytest.param(23, {}, False, id="a day is not over"),
        pytest.param(24, {}, True, id="a day is over"),
        pytest.param(3, {"calendar_max_age_hours": 2}, True, id="what the firm has set is over"),
        pytest.param(30, {"calendar_max_age_hours": 48}, False, id="what the firm has set is not over"),
    ],
)
def test_what_is_known_for_too_long_closes_its_owner_to_clients(  # noqa: PLR0917 - the house and a row of the table
    app: Flask, parts: Parts, feed: Feed, hands: Hands, hours: int, setting: dict[str, Any], expected: bool
) -> None:
    a_firm(app, **setting).with_attorney("Ana")
    added(parts, who_is(a_login(app)), feed)
    feed.is_down = True
    hands.set(hands.now + timedelta(hours=hours))

    read_due(parts)
    read_due(parts)

    is_closed = free_hours(parts, app, 30) == []
    assert (is_closed, kept(parts)[0].is_closed, tasks(calendar_reading.CLOSED)) == (expected, expected, int(expected))


def test_without_the_look_at_its_age_an_old_copy_would_be_relied_on(  # noqa: PLR0917 - the house and a row of the table
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(parts, lea, feed)
    hands.set(hands.now + timedelta(hours=25))
    closed = free_hours(parts, app, 30)
    with writing() as session:
        session.execute(update(Calendar).values(good_until=hands.now + timedelta(hours=1)))

    assert (closed, free_hours(parts, app, 30) != []) == ([], True)


def test_another_attorney_stays_open(app: Flask, parts: Parts, house: AFirm, feed: Feed, hands: Hands) -> None:
    house.with_attorney("Eva")
    added(parts, who_is(a_login(app)), feed)
    hands.set(hands.now + timedelta(hours=25))

    assert free_hours(parts, app, 27) == [9, 10, 11, 12, 13, 14, 15, 16]


def test_a_calendar_that_turns_into_something_else_keeps_its_copy(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    calendar_id, copy = added(parts, lea, feed), busy()
    feed.files["/ana.ics"] = b"<html>Sign in</html>"

    fault = read(parts, calendar_id)

    assert (fault, busy()) == (Fault.NOT_A_CALENDAR, copy)


def test_an_address_whose_key_is_lost_is_told_and_stops_no_other(
    parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    lost = added(parts, lea, feed)
    with writing() as session:
        session.execute(update(Calendar).values(address=bytes(40)))
    hands.set(hands.now + timedelta(minutes=1))
    another_added(parts, lea, feed)
    hands.set(hands.now + timedelta(minutes=11))

    count = read_due(parts)

    rows_by_id = {row.id: row for row in kept(parts)}
    assert (count, rows_by_id.pop(lost).problem) == (2, calendars.LOST)
    assert [(row.problem, row.good_at, row.host) for row in rows_by_id.values()] == [(None, hands.now, "127.0.0.1")]


def test_a_server_that_dribbles_keeps_no_other_waiting(parts: Parts, lea: SignedIn, feed: Feed, hands: Hands) -> None:
    slow, good = added(parts, lea, feed), another_added(parts, lea, feed)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
    with saying(head, *[b"B"] * 100, pause=0.1) as port:
        with writing() as session:
            key, where = parts.keyring.firm(calendars.KEY), place("calendar", "address", slow)
            session.get_one(Calendar, slow).address = seal({"url": f"http://127.0.0.1:{port}/"}, key, where)
        hands.set(hands.now + timedelta(minutes=10))
        impatient = replace(parts, fetcher=Fetcher(frozenset({feed.server, f"127.0.0.1:{port}"}), seconds=1))

        read_due(impatient)

    assert {row.id: row.problem for row in kept(parts)} == {slow: Fault.UNREACHABLE, good: None}


def test_who_reads_slower_than_another_changes_nothing(
    parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch, hands: Hands
) -> None:
    calendar_id = added(parts, lea, feed)
    slow = reading_room.read

    def overtaken(question: Question) -> list[Read]:
        found = slow(question)
        with writing() as session:
            session.execute(update(Calendar).values(read_at=hands.now + timedelta(minutes=1)))
        return found

    monkeypatch.setattr(reading_room, "read", overtaken)
    says(feed)
    read(parts, calendar_id)

    assert len(busy()) == 1
