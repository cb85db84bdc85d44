"""Attorneys' other calendars: what takes their time, and when they are read."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import openings, rows
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.calendar_reading import Add, add, read, read_due
from scheduler.casework.calendars import kept
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.slots import SlotTaken
from scheduler.channels.fetch import Fetcher
from scheduler.engine.intervals import Interval
from scheduler.engine.zones import minute_of
from scheduler.models import Block, db
from tests.builders.feeds import Feed
from tests.builders.firm import a_firm, an_intake
from tests.builders.ics import calendar, event
from tests.builders.imported import FRIDAY, added, busy, free_hours, says, version
from tests.builders.radicale import radicale
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at
from tests.conftest import Hands, on_both


@on_both
def test_what_another_calendar_takes_is_not_offered(app: Flask, parts: Parts, lea: SignedIn, feed: Feed) -> None:
    before = free_hours(parts, app, 27)

    added(parts, lea, feed)

    assert (before, free_hours(parts, app, 27)) == ([9, 10, 11, 12, 13, 14, 15, 16], [])


@on_both
def test_imported_time_has_no_buffers_of_its_own(app: Flask, parts: Parts, feed: Feed) -> None:
    a_firm(app).with_attorney("Ana", buffer_before=0, buffer_after=15, grid_step=15)
    noon = ("DTSTART;TZID=America/Los_Angeles:20261127T120000", "DURATION:PT1H")
    says(feed, event(*noon))

    added(parts, who_is(a_login(app)), feed)

    starts = [start for start in openings.offered(parts, an_intake(app).id).starts if start.date().day == 27]
    near = [start for start in starts if at(27, 10, 59) < start < at(27, 13, 1)]
    assert near == [at(27, 11), at(27, 13)]


@on_both
def test_nothing_is_booked_over_what_another_calendar_takes(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed
) -> None:
    intake = an_intake(app)
    added(parts, lea, feed)

    with pytest.raises(SlotTaken):
        book(parts, BookSlot(intake.id, at(27, 10), "phone"))


@on_both
def test_imported_time_is_no_block_and_a_warned_person_may_look_past_it(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed
) -> None:
    added(parts, lea, feed)
    span = Interval(minute_of(at(27, 9)), minute_of(at(27, 17)))

    def taken(*, imports: bool) -> int:
        asking = rows.Asking(db.session(), firm(), parts.clock.now(), span, imports=imports)
        return len(rows.with_their_time(asking, rows.everybody(asking))[0].person.taken)

    assert (taken(imports=True), taken(imports=False)) == (1, 0)
    assert db.session.scalars(select(Block)).all() == []


@on_both
def test_a_change_counts_in_the_commit_that_brings_it(app: Flask, parts: Parts, lea: SignedIn, feed: Feed) -> None:
    calendar_id, first = added(parts, lea, feed), version()
    read(parts, calendar_id)
    same = version()
    says(feed)

    read(parts, calendar_id)

    assert (same - first, version() - same, busy()) == (0, 1, [])
    assert free_hours(parts, app, 27) != []


def test_an_unchanged_calendar_is_asked_for_by_its_mark(parts: Parts, lea: SignedIn, feed: Feed, hands: Hands) -> None:
    added(parts, lea, feed)
    hands.set(hands.now + timedelta(minutes=9))
    early = read_due(parts)
    hands.set(hands.now + timedelta(minutes=1))

    due = read_due(parts)

    assert (early, due) == (0, 1)
    assert ["if-none-match" in one for one in feed.asked] == [False, True]
    assert kept(parts)[0].good_at == hands.now


def test_once_a_day_a_calendar_is_read_whole_so_that_what_repeats_goes_on(
    parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    says(feed, event("DTSTART:20261124T170000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    calendar_id = added(parts, lea, feed)
    before = busy()
    hands.set(hands.now + timedelta(days=1))

    read(parts, calendar_id)

    assert [b0 - before[-1][0] for b0, _b1 in busy()[-2:]] == [0, 1440]
    assert "if-none-match" not in feed.asked[-1]


@on_both
def test_a_long_absence_is_written_in_pieces_that_a_look_finds(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed
) -> None:
    says(feed, event("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20270301"))

    added(parts, lea, feed)

    assert len(busy()) == 3
    assert openings.offered(parts, an_intake(app).id).starts == ()


def test_a_collection_of_a_caldav_server_is_read_the_same_way(
    app: Flask, parts: Parts, lea: SignedIn, tmp_path: Path, hands: Hands
) -> None:
    with radicale(tmp_path / "radicale") as server:
        server.put("friday", calendar(FRIDAY).encode())
        there = replace(parts, fetcher=Fetcher(frozenset({server.server}), seconds=20))
        add(there, lea, Add(1, server.source()))
        full = len(busy())
        server.delete("friday")
        hands.set(hands.now + timedelta(minutes=10))

        read_due(there)

    assert (full, busy(), kept(parts)[0].host) == (1, [], "127.0.0.1")
