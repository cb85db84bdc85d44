"""Calendars that others keep are read every ten minutes; what fails keeps its last good copy, and a person is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.casework import audit, calendars, imported, tasks
from scheduler.casework.calendars import NoSuchCalendar
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import Broken
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import end_reading, writing
from scheduler.channels import reading_room
from scheduler.channels.caldav import read_caldav
from scheduler.channels.calendars import Copy, Kind, NotRead, Reading, Source, read_ics
from scheduler.channels.reading_room import Question
from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Busy, Home, Owner
from scheduler.engine.states import Actor
from scheduler.engine.stays import Stay as Away
from scheduler.engine.zones import DAY, instant, minute_of
from scheduler.models import Calendar, Person, Stay, Task, db

EVERY = timedelta(minutes=10)
WHOLE = timedelta(days=1)
"""Repeated events are expanded for a span that moves on: once a day a calendar is read whole, changed or not."""

BEYOND = timedelta(days=31)
"""Further than the firm's horizon."""

FAILED, CLOSED = "calendar_failed", "calendar_closed"
"""Tasks: a calendar cannot be read; its owner can no longer be booked by clients."""

WAYS = {Kind.ICS: read_ics, Kind.CALDAV: read_caldav}


@dataclass(frozen=True, slots=True)
class Add:
    """A calendar of the person with this number."""

    person: int
    source: Source = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """What one read brought: none where nothing has changed; `whole`: it was read whether or not it has."""

    times: list[Busy] | None
    mark: str | None = field(default=None, repr=False)


def add(parts: Parts, who: SignedIn, request: Add) -> UUID:
    """
    Read a calendar for the first time, and from then on every ten minutes; one that is read already stays one.

    Raises:
        NoSuchPerson: Nobody who can be booked has this number, or she has ten calendars already.
        NotRead: It cannot be read: nothing is kept of it.
    """
    span = _span(parts.clock.now())
    owner = _owner(db.session(), parts, request.person)
    end_reading()
    found = _ask(parts, Reading(request.source, *_instants(span)), owner, span)
    with writing() as session:
        row, is_new = calendars.put(session, parts, request.person, request.source)
        session.flush()
        _keep(session, parts, row, found)
        action = "calendar_added" if is_new else "calendar_added_again"
        audit.record(session, parts, who.actor, action, f"calendar:{row.id}", person=row.person)
    return row.id


def read(parts: Parts, calendar_id: UUID) -> str | None:
    """
    Read one calendar now; the code of why it could not be read, None where it could.

    Raises:
        NoSuchCalendar: There is none, or its owner takes no calls any more.
    """
    span = _span(parts.clock.now())
    try:
        reading, owner, seen_at = _question(parts, calendar_id, span)
        end_reading()
        found = _ask(parts, reading, owner, span)
    except NotRead as failure:
        return _note_failure(parts, calendar_id, failure.fault)
    except Broken:
        return _note_failure(parts, calendar_id, calendars.LOST)
    with writing() as session:
        calendars.owner_locked(session, calendar_id)
        row = session.get_one(Calendar, calendar_id)
        if row.read_at == seen_at and _keep(session, parts, row, found):
            audit.record(session, parts, Actor.SYSTEM, "busy_imported", f"calendar:{row.id}", person=row.person)
    return None


def read_due(parts: Parts, is_stopped: Callable[[], bool] = lambda: False) -> int:
    """Read all that were not read for ten minutes, one after the other, and tell of those that are too old."""
    now = parts.clock.now()
    due = (
        select(Calendar.id)
        .join(Person, Person.number == Calendar.person)
        .where(Person.active, Calendar.read_at <= now - EVERY)
        .order_by(Calendar.read_at)
    )
    ids = db.session.scalars(due).all()
    end_reading()
    for calendar_id in ids:
        if is_stopped():
            break
        try:
            read(parts, calendar_id)
        except NoSuchCalendar:
            continue
    _tell_of_the_closed(parts)
    return len(ids)


def read_anew(session: Session, number: int, now: datetime) -> None:
    """
    Her clock is another one on some days: her calendars are read whole next, changed or not, in the caller's commit.

    A read that is on its way meanwhile is by the old clock, and is not kept.
    """
    hers = update(Calendar).where(Calendar.person == number)
    session.execute(hers.values(mark=None, read_at=now - WHOLE))


def _ask(parts: Parts, reading: Reading, owner: Owner, span: Interval) -> Found:
    """
    What the calendar says.

    Raises:
        NotRead: Nothing, or nothing that can be understood.
    """
    copy: Copy | None = WAYS[reading.source.kind](parts.fetcher, reading)
    if copy is None:
        return Found(None, reading.mark)
    return Found(reading_room.read(Question(copy.files, owner, span)), copy.mark)


def _question(parts: Parts, calendar_id: UUID, span: Interval) -> tuple[Reading, Owner, datetime]:
    row = db.session.get(Calendar, calendar_id)
    if row is None or row.person not in calendars.owners():
        raise NoSuchCalendar(calendar_id)
    is_whole = row.whole_at <= parts.clock.now() - WHOLE
    source = calendars.source_of(parts, row)
    reading = Reading(source, *_instants(span), mark=None if is_whole else row.mark)
    return reading, _owner(db.session(), parts, row.person), row.read_at


def _owner(session: Session, parts: Parts, number: int) -> Owner:
    """
    Who is asked about.

    Raises:
        NoSuchPerson: Nobody has this number.
    """
    person = session.scalar(select(Person).where(Person.number == number))
    if person is None:
        raise calendars.NoSuchPerson(number)
    stays = session.scalars(select(Stay).where(Stay.person_id == person.id).order_by(Stay.first_day))
    away = tuple(Away(stay.first_day, stay.last_day, stay.zone) for stay in stays)
    return Owner(Home(person.zone, away), person.email, parts.mail_from)


def _span(now: datetime) -> Interval:
    """From yesterday until a month after the last time that clients are offered."""
    horizon = timedelta(days=int(firm().settings.get("horizon_days", 30)))
    first = minute_of(now) // DAY * DAY
    return Interval(first - DAY, first + _minutes(horizon + BEYOND) + DAY)


def _minutes(length: timedelta) -> int:
    """A length in minutes."""
    return int(length / timedelta(minutes=1))


def _instants(span: Interval) -> tuple[datetime, datetime]:
    return instant(span.start), instant(span.end)


def _keep(session: Session, parts: Parts, row: Calendar, found: Found) -> bool:
    """Put what was found in the place of what was known, in the caller's transaction; whether it is other than that."""
    now, has_changed = parts.clock.now(), False
    row.mark = found.mark
    if found.times is not None:
        own = imported.ours(session, row.person, since=row.good_at, now=now)
        times = imported.without_ours(session, found.times, own)
        row.whole_at = now
        row.mark = None if times.is_passing else found.mark
        has_changed = imported.replace(session, row, times.stretches, now)
    row.read_at = row.good_at = now
    row.good_until, row.problem = now + calendars.longest_age(firm()), None
    _finish(session, row.id, now)
    return has_changed


def _note_failure(parts: Parts, calendar_id: UUID, fault: str) -> str:
    """
    The last good copy stays; the desk is told, once for each time that it fails anew. The fault.

    Raises:
        NoSuchCalendar: It was removed meanwhile.
    """
    now = parts.clock.now()
    with writing() as session:
        calendars.owner_locked(session, calendar_id)
        row = session.get_one(Calendar, calendar_id)
        is_new = row.problem is None
        row.read_at, row.problem = now, fault
        if is_new:
            tasks.add(session, FAILED, due_at=row.good_until, now=now, again=_again(row))
            audit.record(session, parts, Actor.SYSTEM, FAILED, f"calendar:{row.id}", why=fault, person=row.person)
    return fault


def _tell_of_the_closed(parts: Parts) -> None:
    """Tell the desk of each calendar that is too old, once."""
    now = parts.clock.now()
    old = (
        select(Calendar)
        .join(Person, Person.number == Calendar.person)
        .where(Person.active, Calendar.good_until <= now)
        .order_by(Calendar.person)
    )
    if not db.session.scalars(old).first():
        end_reading()
        return
    with writing() as session:
        for row in session.scalars(old).all():
            tasks.add(session, CLOSED, due_at=now, now=now, again=_again(row))


def _again(row: Calendar) -> str:
    return f"{row.id}:{row.good_at.isoformat()}"


def _finish(session: Session, calendar_id: UUID, now: datetime) -> None:
    """It is read again: nobody needs to look."""
    for kind in (FAILED, CLOSED):
        told = Task.dedupe.startswith(f"{kind}:firm:{calendar_id}:", autoescape=True)
        session.execute(update(Task).where(Task.kind == kind, told, Task.done_at.is_(None)).values(done_at=now))
