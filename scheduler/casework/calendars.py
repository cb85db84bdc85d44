"""The calendars that attorneys keep elsewhere: which there are, how old what is known of them is, added and removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, slots
from scheduler.casework.firm import FirmView
from scheduler.casework.identities import keyed
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import Broken, place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.channels.calendars import Kind, Source
from scheduler.channels.fetch import Login
from scheduler.models import Busy, Calendar, Person, db

KEY, KEY_OF_SEARCH = "calendars", "search"
MOST = 10
LOST = "lost"
"""The problem of a calendar whose address was sealed with a key that is not here: it must be added anew."""

LATE = timedelta(hours=1)
"""A calendar that was not read for so long needs somebody to look."""

SETTING, USUAL = "calendar_max_age_hours", 24
"""The firm's setting of how old a copy may be before nobody books its owner herself any more."""


class NoSuchCalendar(Exception):
    """There is none of this id."""


class NoSuchPerson(Exception):
    """Nobody who can be booked has this number, or she has ten calendars already."""


@dataclass(frozen=True, slots=True)
class Kept:
    """
    One calendar as the desk sees it: never its address, but the host in it.

    `is_closed`: what is known is too old, and nobody books its owner herself.
    """

    id: UUID
    person: int
    owner: str = field(repr=False)
    kind: str
    host: str = field(repr=False)
    good_at: datetime
    read_at: datetime
    good_until: datetime
    problem: str | None
    stretches: int
    is_closed: bool


def kept(parts: Parts) -> tuple[Kept, ...]:
    """All calendars, by owner."""
    now = parts.clock.now()
    counts = select(Busy.calendar_id, func.count().label("stretches")).group_by(Busy.calendar_id).subquery()
    wanted = (
        select(Calendar, Person.name, func.coalesce(counts.c.stretches, 0))
        .join(Person, Person.number == Calendar.person)
        .outerjoin(counts, counts.c.calendar_id == Calendar.id)
        .order_by(Person.name, Calendar.created_at)
    )
    return tuple(_kept(parts, row, owner, count, now) for row, owner, count in db.session.execute(wanted))


def owners() -> Mapping[int, str]:
    """Who can have calendars, by number: everybody who can be booked."""
    people = select(Person.number, Person.name).where(Person.active).order_by(Person.name)
    return {row.number: row.name for row in db.session.execute(people)}


def late(parts: Parts) -> int:
    """How many were not read well within the last hour."""
    old = select(func.count(Calendar.id)).join(Person, Person.number == Calendar.person)
    return db.session.scalar(old.where(Person.active, Calendar.good_at <= parts.clock.now() - LATE)) or 0


def remove(parts: Parts, who: SignedIn, calendar_id: UUID) -> None:
    """
    Forget a calendar, its address and all its times.

    Raises:
        NoSuchCalendar: There is none.
    """
    with writing() as session:
        number = owner_locked(session, calendar_id)
        session.execute(delete(Busy).where(Busy.calendar_id == calendar_id))
        session.execute(delete(Calendar).where(Calendar.id == calendar_id))
        slots.lock(session, number)
        audit.record(session, parts, who.actor, "calendar_removed", f"calendar:{calendar_id}", person=number)


def owner_locked(session: Session, calendar_id: UUID) -> int:
    """
    The number of a calendar's owner, whose row is locked until the commit: nobody else changes what she has.

    Raises:
        NoSuchCalendar: There is none, or there is none any more.
    """
    number = session.scalar(select(Calendar.person).where(Calendar.id == calendar_id))
    session.execute(select(Person.number).where(Person.number == number).with_for_update())
    if number is None or session.scalar(select(Calendar.id).where(Calendar.id == calendar_id)) is None:
        raise NoSuchCalendar(calendar_id)
    return number


def put(session: Session, parts: Parts, number: int, source: Source) -> tuple[Calendar, bool]:
    """
    The row of somebody's calendar, and whether it is new; her row is locked until the commit.

    What she has already is not added twice: who asks with another password asks with that one from now on.

    Raises:
        NoSuchPerson: Nobody who can be booked has this number, or she has ten already.
    """
    is_there = select(Person.number).where(Person.number == number, Person.active).with_for_update()
    if session.scalar(is_there) is None:
        raise NoSuchPerson(number)
    mine = session.scalars(select(Calendar).where(Calendar.person == number)).all()
    if known := next((row for row in mine if _is_at(parts, row, source)), None):
        known.address = _sealed(parts, known.id, source)
        return known, False
    if len(mine) >= MOST:
        raise NoSuchPerson(number)
    now, calendar_id = parts.clock.now(), uuid4()
    what = {"id": calendar_id, "person": number, "kind": source.kind, "created_at": now}
    where = {"address": _sealed(parts, calendar_id, source), "known_by": _known_by(parts, source)}
    row = Calendar(**what, **where, read_at=now, whole_at=now, good_at=now, good_until=now)
    session.add(row)
    return row, True


def _sealed(parts: Parts, calendar_id: UUID, source: Source) -> bytes:
    return seal(_document(source), parts.keyring.firm(KEY), _place(calendar_id))


def _known_by(parts: Parts, source: Source) -> bytes:
    """By this one address is known from another, under a key."""
    return keyed(parts.keyring.firm(KEY_OF_SEARCH), "calendar", _same(source.url))


def _is_at(parts: Parts, row: Calendar, source: Source) -> bool:
    """Whether a calendar is that of this address; one from before addresses were known by anything is opened."""
    if row.known_by is not None:
        return row.known_by == _known_by(parts, source)
    try:
        return _same(source_of(parts, row).url) == _same(source.url)
    except Broken:
        return False


def _same(url: str) -> str:
    """An address as it is compared: the name of a host is one however it is written."""
    scheme, colon, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{colon}{host.lower()}{slash}{path.rstrip('/')}"


def source_of(parts: Parts, calendar: Calendar) -> Source:
    """
    Where a calendar is, opened.

    Raises:
        Broken: It was sealed with a key that is not here.
    """
    said = unseal(calendar.address, parts.keyring.firm(KEY), _place(calendar.id))
    login = Login(said["user"], said["password"]) if said.get("user") else None
    return Source(Kind(calendar.kind), said["url"], login)


def longest_age(house: FirmView) -> timedelta:
    """How old a copy may be before nobody books its owner herself any more."""
    return timedelta(hours=float(house.settings.get(SETTING, USUAL)))


def _document(source: Source) -> dict[str, Any]:
    login = {"user": source.login.user, "password": source.login.password} if source.login else {}
    return {"url": source.url, **login}


def _place(calendar_id: UUID) -> bytes:
    return place("calendar", "address", calendar_id)


def _host(parts: Parts, row: Calendar) -> str:
    try:
        return urlsplit(source_of(parts, row).url).hostname or ""
    except Broken:
        return "?"


def _kept(parts: Parts, row: Calendar, owner: str, stretches: int, now: datetime) -> Kept:
    return Kept(
        id=row.id,
        person=row.person,
        owner=owner,
        kind=row.kind,
        host=_host(parts, row),
        good_at=row.good_at,
        read_at=row.read_at,
        good_until=row.good_until,
        problem=row.problem,
        stretches=stretches,
        is_closed=row.good_until <= now,
    )
