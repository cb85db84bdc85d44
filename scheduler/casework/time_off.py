"""Somebody of the firm is away: whoever has a call then is given another time or another attorney first, in one act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, cases, changes, moving, openings, reseating, slots
from scheduler.casework.moving import MoveTo
from scheduler.casework.parts import Parts
from scheduler.casework.reseating import Reseat
from scheduler.casework.rows import CONSULTATION, LONGEST_BLOCK
from scheduler.casework.sessions import SignedIn
from scheduler.casework.slots import HOLD
from scheduler.casework.wanted import NotBookable, wanted
from scheduler.engine.intervals import Interval, subtract, union
from scheduler.engine.states import ConsultationState
from scheduler.engine.urgency import Level
from scheduler.engine.zones import instant, minute_ceil, minute_of
from scheduler.models import Block, Consultation, Intake, Person, Stay, db

AWAY = "time_off"
"""The kind of such a block."""

REASONS = ("court", "leave", "travel", "other")
MOST_WEEKS = 26
LONGEST = timedelta(days=92)
MOST_YEARS = 5
SHOWN = 6
GIVE, MOVE, KEEP = "give", "move", "keep"
BUSY, KEPT = "attorney_busy", "kept_over_time_off"


class NotATime(Exception):
    """It has no length, is too long or too far, is repeated too often, or is over; nothing was changed."""


class StillBooked(Exception):
    """Somebody has a call then of whom nothing was said, or whom that does not help; nothing was changed."""


@dataclass(frozen=True, slots=True)
class TimeOff:
    """`first` and `last` are by the wall clock where the person is that day (naive); each week anew, `weeks` times."""

    person: int
    first: datetime
    last: datetime
    reason: str
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class Rehoming:
    """What becomes of one call: it is given to `attorney`, moved to `start`, or kept for a reason."""

    how: str
    attorney: int | None = None
    start: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One call in the way, and what can become of it: names by number, starts. `screened` do not hear of her."""

    consultation_id: UUID
    ref: str
    level: str
    starts_at: datetime
    attorneys: Mapping[int, str] = field(repr=False)
    starts: tuple[datetime, ...]
    screened: frozenset[int] = frozenset()


def hits(parts: Parts, off: TimeOff) -> tuple[Hit, ...]:
    """
    The calls that are in the way, the most urgent first.

    Raises:
        NotATime: It is no time off.
    """
    session: Session = db.session()
    stretches = _stretches(session, off, parts.clock.now())
    busy = {off.person: tuple(stretches)}
    return tuple(_hit(parts, session, row, intake, busy) for row, intake in _in_the_way(session, off, stretches))


def save(parts: Parts, who: SignedIn, off: TimeOff, settled: Mapping[UUID, Rehoming]) -> None:
    """
    Give every call that is in the way its new home, the most urgent first, and take the time: all of it or nothing.

    Raises:
        NotATime: It is no time off.
        StillBooked: A call is in the way of which nothing was said, or its new home is taken.
    """
    changes.in_one_commit(lambda session: _save(session, parts, who, off, settled))


def _save(session: Session, parts: Parts, who: SignedIn, off: TimeOff, settled: Mapping[UUID, Rehoming]) -> None:
    now = parts.clock.now()
    everybody = session.scalars(select(Person.number).where(Person.active)).all() if settled else []
    stretches = _stretches(session, off, now)
    slots.lock_all(session, {off.person, *everybody})
    found = _in_the_way(session, off, stretches)
    if {row.id for row, _intake in found} - settled.keys():
        raise StillBooked
    busy = {off.person: tuple(stretches)}
    for row, _intake in found:
        _settle(session, parts, who, row, settled[row.id], busy)
    _take(session, off, stretches, now)
    span = {"first": instant(stretches[0].start).isoformat(), "last": instant(stretches[-1].end).isoformat()}
    facts = {"reason": off.reason, "weeks": off.weeks, "hits": len(found), **span}
    audit.record(session, parts, who.actor, AWAY, f"person:{off.person}", **facts)


def _settle(  # noqa: PLR0917 - what the transaction has found out already
    session: Session,
    parts: Parts,
    who: SignedIn,
    row: Consultation,
    home: Rehoming,
    busy: Mapping[int, tuple[Interval, ...]],
) -> None:
    actor = cases.actor_of(who)
    try:
        if home.how == MOVE and home.start is not None:
            moving.move_in(session, parts, MoveTo(row.id, home.start, actor, who.id), busy=busy)
        elif home.how == GIVE and home.attorney is not None:
            second = None if row.second in busy else row.second
            wish = Reseat(row.id, home.attorney, row.interpreter is not None, second, BUSY, actor, who.id)
            reseating.reseat_in(session, parts, wish, busy=busy)
        elif home.how == KEEP and home.reason:
            change = changes.begin(session, parts, row.id, actor, who.id)
            change.note(change.state, row.starts_at, f"{KEPT}:{home.reason}")
        else:
            raise StillBooked(row.id)
    except (slots.SlotTaken, slots.NotOffered, reseating.NobodyFits, NotBookable, moving.Refused):
        raise StillBooked(row.id) from None
    session.flush()


def _take(session: Session, off: TimeOff, stretches: Iterable[Interval], now: datetime) -> None:
    """Write the blocks round all that is still hers; a time that somebody holds while she chooses is let go."""
    for stretch in stretches:
        near = session.scalars(select(Block).where(*_over(off.person, stretch))).all()
        held = [block.id for block in near if block.kind == HOLD]
        slots.free(session, held, now)
        stays = union([Interval(block.b0, block.b1) for block in near if block.id not in held])
        for piece in subtract([stretch], stays):
            for b0 in range(piece.start, piece.end, LONGEST_BLOCK):
                session.add(Block(person=off.person, b0=b0, b1=min(piece.end, b0 + LONGEST_BLOCK), kind=AWAY))
    session.flush()


def _stretches(session: Session, off: TimeOff, now: datetime) -> list[Interval]:
    """The minutes of it, week by week: sorted, disjoint."""
    person = session.scalar(select(Person).where(Person.number == off.person))
    is_near = off.last.year <= now.year + MOST_YEARS and off.last - off.first <= LONGEST
    is_time = is_near and off.first < off.last and 1 <= off.weeks <= MOST_WEEKS and off.reason in REASONS
    if person is None or not is_time:
        raise NotATime
    weeks, at = [timedelta(weeks=week) for week in range(off.weeks)], partial(_instant, session, person)
    found = [Interval(minute_of(at(off.first + week)), minute_ceil(at(off.last + week))) for week in weeks]
    to_come = [one for one in found if one.start < one.end and one.end > minute_of(now)]
    if not to_come:
        raise NotATime
    return union(to_come)


def _instant(session: Session, person: Person, wall: datetime) -> datetime:
    """That reading of the clock, where the person is on that day."""
    stay = select(Stay.zone).where(
        Stay.person_id == person.id, Stay.first_day <= wall.date(), Stay.last_day >= wall.date()
    )
    return wall.replace(tzinfo=ZoneInfo(session.scalar(stay) or person.zone))


def _over(person: int, stretch: Interval) -> tuple[ColumnElement[bool], ...]:
    return Block.person == person, Block.active.is_(True), Block.b0 < stretch.end, Block.b1 > stretch.start


def _in_the_way(session: Session, off: TimeOff, stretches: Iterable[Interval]) -> list[tuple[Consultation, Intake]]:
    """Her calls then, the most urgent first."""
    found: dict[UUID, tuple[Consultation, Intake]] = {}
    for stretch in stretches:
        mine = (
            select(Consultation, Intake)
            .join(Intake, Intake.id == Consultation.intake_id)
            .join(Block, Block.consultation_id == Consultation.id)
            .where(*_over(off.person, stretch), Block.kind == CONSULTATION)
        )
        found |= {row.id: (row, intake) for row, intake in session.execute(mine)}
    return sorted(found.values(), key=_urgency)


def _urgency(one: tuple[Consultation, Intake]) -> tuple[int, datetime, datetime]:
    row, intake = one
    return Level(intake.urgency or Level.N).rank, intake.must_be_seen_by or row.starts_at, row.starts_at


def _hit(
    parts: Parts, session: Session, row: Consultation, intake: Intake, busy: Mapping[int, tuple[Interval, ...]]
) -> Hit:
    screened = frozenset(intake.screened_off)
    hit = Hit(row.id, intake.ref, intake.urgency or Level.N, row.starts_at, {}, (), screened)
    if row.state == ConsultationState.IN_PROGRESS:
        return hit
    try:
        second = None if row.second in busy else row.second
        want = replace(wanted(parts, intake, parts.clock.now(), is_booked=True), busy=busy, second=second)
    except NotBookable:
        return hit
    found = openings.look(session, want)
    starts = tuple(map(instant, (found.in_time or found.later)[:SHOWN]))
    return replace(hit, attorneys=reseating.who_could(session, want, row), starts=starts)
