"""Attorneys' other calendars: what takes their time, what does not, what follows when one cannot be read any more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from scheduler.casework import calendar_reading, calendars, imported, openings, rows
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.calendar_reading import Add, add, read, read_due
from scheduler.casework.calendars import NoSuchCalendar, NoSuchPerson, kept, remove
from scheduler.casework.firm import firm
from scheduler.casework.moving import MoveTo, move
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import Broken, place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.slots import SlotTaken
from scheduler.casework.transaction import writing
from scheduler.channels import reading_room
from scheduler.channels.calendars import Fault, Kind, NotRead, Source
from scheduler.channels.fetch import Fetcher
from scheduler.channels.reading_room import Question
from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Busy as Read
from scheduler.engine.states import Actor
from scheduler.engine.zones import minute_of
from scheduler.models import Audit, Block, Busy, Calendar, Person, Task, db
from tests.builders.feeds import Feed, feeding, saying
from tests.builders.firm import AFirm, a_firm, an_intake
from tests.builders.ics import calendar, event
from tests.builders.radicale import radicale
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both

FRIDAY = event("DTSTART;TZID=America/Los_Angeles:20261127T090000", "DTEND;TZID=America/Los_Angeles:20261127T170000")


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding(ana=calendar(FRIDAY).encode()) as feed:
        yield feed


@pytest.fixture
def parts(app: Flask, feed: Feed) -> Parts:
    """The parts of the service, which may ask the test's server."""
    app.extensions["cita"] = replace(app.extensions["cita"], fetcher=Fetcher(frozenset({feed.server}), seconds=20))
    return app.extensions["cita"]  # type: ignore[no-any-return]


@pytest.fixture
def house(app: Flask, parts: Parts) -> AFirm:
    return a_firm(app).with_attorney("Ana")


@pytest.fixture
def lea(house: AFirm) -> SignedIn:
    return who_is(a_login(house.app))


def says(feed: Feed, *parts: list[str]) -> None:
    feed.files["/ana.ics"] = calendar(*parts).encode()


def added(parts: Parts, who: SignedIn, feed: Feed) -> UUID:
    return add(parts, who, Add(1, Source(Kind.ICS, feed.url())))


def free_hours(parts: Parts, app: Flask, day: int) -> list[int]:
    """The full hours at which a client is offered a call on a day of November, by the firm's clock."""
    db.session.remove()
    starts = openings.offered(parts, an_intake(app).id).starts
    hours = [start for start in starts if at(day, 0) <= start < at(day, 0) + timedelta(days=1) and not start.minute]
    return [int((start - at(day, 0)).total_seconds() // 3600) for start in hours]


def tasks(kind: str, *, is_open: bool = True) -> int:
    db.session.rollback()
    wanted = select(Task).where(Task.kind == kind)
    return len(db.session.scalars(wanted.where(Task.done_at.is_(None)) if is_open else wanted).all())


def version() -> int:
    db.session.rollback()
    return db.session.scalars(select(Person.version).where(Person.number == 1)).one()


def busy() -> list[tuple[int, int]]:
    db.session.rollback()
    return [(b0, b1) for b0, b1 in db.session.execute(select(Busy.b0, Busy.b1).order_by(Busy.b0))]


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
        return len(rows.with_their_time(asking, rows.attorneys(asking, {"es"}))[0].person.taken)

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
@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="as it was sent"),
        pytest.param({"title": "Call T0000001"}, id="with another title"),
        pytest.param({"moved": True}, id="not yet where it was moved to"),
    ],
)
def test_our_own_invitation_coming_back_is_never_busy(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, change: dict[str, object]
) -> None:
    call = booked(app, at(27, 10))
    says(feed, event("DTSTART:20261127T180000Z", "DURATION:PT45M", uid=call.uid, title=str(change.get("title", "x"))))
    if change.get("moved"):
        move(parts, MoveTo(call.id, at(30, 10), Actor.RECEPTIONIST))

    added(parts, lea, feed)

    assert (busy(), tasks(imported.OVER_A_BOOKING)) == ([], 0)


def test_without_the_look_at_our_uids_our_own_call_would_be_busy(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = booked(app, at(27, 10))
    says(feed, event("DTSTART:20261127T180000Z", "DURATION:PT45M", uid=call.uid))
    monkeypatch.setattr(imported, "_known_uids", lambda _session, _uids: iter(()))

    added(parts, lea, feed)

    assert (len(busy()), tasks(imported.OVER_A_BOOKING)) == (1, 1)


def free_busy(*periods: str) -> list[str]:
    return ["BEGIN:VFREEBUSY", *(f"FREEBUSY:{period}" for period in periods), "END:VFREEBUSY"]


OURS, OTHER = "20261127T180000Z/PT45M", "20261127T180000Z/PT50M"


@on_both
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(free_busy(OURS), 0, id="exactly ours, of a free/busy answer"),
        pytest.param(free_busy(OTHER), 1, id="longer than ours"),
        pytest.param(
            event("DTSTART:20261127T180000Z", "DURATION:PT45M", title="Busy"), 0, id="exactly ours, without a name"
        ),
        pytest.param(event("DTSTART:20261127T180000Z", "DURATION:PT45M"), 1, id="a dentist at exactly our time"),
    ],
)
def test_where_times_alone_are_shown_exactly_ours_are_ours(  # noqa: PLR0917 - the house and a row of the table
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, shown: list[str], expected: int
) -> None:
    booked(app, at(27, 10))
    says(feed, shown)

    added(parts, lea, feed)

    assert (len(busy()), tasks(imported.OVER_A_BOOKING)) == (expected, expected)


@on_both
def test_a_time_that_was_ours_is_left_out_until_the_next_good_read(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    call = booked(app, at(27, 10))
    says(feed, free_busy(OURS))
    calendar_id = added(parts, lea, feed)
    hands.set(hands.now + timedelta(minutes=5))
    move(parts, MoveTo(call.id, at(30, 10), Actor.RECEPTIONIST))
    hands.set(hands.now + timedelta(minutes=5))
    feed.is_down = True
    read(parts, calendar_id)
    feed.is_down = False
    hands.set(hands.now + timedelta(minutes=10))
    says(feed, free_busy(OURS), free_busy("20261201T180000Z/PT1H"))
    read(parts, calendar_id)
    left_out = len(busy())
    hands.set(hands.now + timedelta(minutes=10))

    read(parts, calendar_id)

    assert (left_out, len(busy())) == (1, 2)


@on_both
def test_what_is_newly_put_over_a_call_is_told_to_the_desk_once(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    call = booked(app, at(27, 10))
    says(feed)
    calendar_id = added(parts, lea, feed)
    before = tasks(imported.OVER_A_BOOKING)
    says(feed, FRIDAY)
    read(parts, calendar_id)
    says(feed, FRIDAY, event("DTSTART:20261201T180000Z", "DURATION:PT1H", uid="two"))

    read(parts, calendar_id)

    told = db.session.scalars(select(Task).where(Task.kind == imported.OVER_A_BOOKING)).all()
    assert (before, [task.consultation_id for task in told]) == (0, [call.id])


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


def test_a_calendar_that_turns_into_something_else_keeps_its_copy(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    calendar_id, copy = added(parts, lea, feed), busy()
    feed.files["/ana.ics"] = b"<html>Sign in</html>"

    fault = read(parts, calendar_id)

    assert (fault, busy()) == (Fault.NOT_A_CALENDAR, copy)


def test_nobody_has_a_calendar_who_cannot_be_booked(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    with pytest.raises(NoSuchPerson):
        add(parts, lea, Add(7, Source(Kind.ICS, feed.url())))


def test_nobody_has_more_than_ten(parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "MOST", 1)
    added(parts, lea, feed)

    with pytest.raises(NoSuchPerson):
        added(parts, lea, feed)


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


def test_an_address_whose_key_is_lost_is_told_and_stops_no_other(
    parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    lost = added(parts, lea, feed)
    with writing() as session:
        session.execute(update(Calendar).values(address=bytes(40)))
    hands.set(hands.now + timedelta(minutes=1))
    added(parts, lea, feed)
    hands.set(hands.now + timedelta(minutes=11))

    count = read_due(parts)

    rows_by_id = {row.id: row for row in kept(parts)}
    assert (count, rows_by_id.pop(lost).problem) == (2, calendars.LOST)
    assert [(row.problem, row.good_at, row.host) for row in rows_by_id.values()] == [(None, hands.now, "127.0.0.1")]


def test_a_server_that_dribbles_keeps_no_other_waiting(parts: Parts, lea: SignedIn, feed: Feed, hands: Hands) -> None:
    slow, good = added(parts, lea, feed), added(parts, lea, feed)
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
