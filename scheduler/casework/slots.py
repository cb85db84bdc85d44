"""One start and who takes it: offered or not, taken or not, and the lock under which it is written."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.casework import openings, rows
from scheduler.casework.rows import PERSON, Attorney
from scheduler.casework.wanted import Wanted
from scheduler.engine.availability import starts_within
from scheduler.engine.intervals import Interval, Pair
from scheduler.engine.rules import permitted
from scheduler.engine.states import Actor, ConsultationState, move_consultation
from scheduler.engine.teams import least_loaded
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, ConsultationChange
from scheduler.models.prepared import Prepared

GUARD = "block_no_overlap"
SILENTLY = {"synchronize_session": False}
A_YEAR = timedelta(days=365)
HOLD = "hold"
"""The kind of a block that keeps a time free for a while and is nobody's appointment."""

_BUMP = (
    update(PERSON.number.table)
    .where(PERSON.number == bindparam("number_"))
    .values(version=PERSON.version + 1)
    .returning(PERSON.version)
)
BUMP, BUMP_AND_ASSIGN = Prepared(_BUMP), Prepared(_BUMP.values(last_assigned_at=bindparam("at")))


class SlotTaken(Exception):
    """Somebody was quicker, or everybody's day is full by now; the client is offered the slots that are left."""


class NotOffered(Exception):
    """This start is not among what is offered to this intake: past, too soon, off the grid, outside of the hours."""


class Clash(Exception):
    """This attorney cannot take it any more: seen under the lock, or refused by the database; the next one is tried."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def candidates(session: Session, want: Wanted, start: datetime) -> list[Attorney]:
    """
    The attorneys who can take this start, the least loaded first.

    Raises:
        NotOffered: Nobody could, whatever is booked; or it is not among her times.
        SlotTaken: Nobody can any more.
    """
    minute = minute_of(start)
    if start.second or start.microsecond or not want.span.start <= minute < want.span.end:
        raise NotOffered(start)
    allowed = permitted(want.ask(_only(minute)), want.rules)
    asking = _asking(session, want, minute)
    people = rows.attorneys(asking, want.languages)
    timed = rows.with_their_time(asking, people) if allowed else []
    free = {one.number: one for one in timed if _fits(one, want, allowed)}
    if not free and not any(_fits(one, want, allowed) for one in people):
        raise NotOffered(start)
    later = _later(session, want, minute)
    if not free:
        raise SlotTaken(start)
    if minute not in later:
        raise NotOffered(start)
    loads = rows.loads(asking, free.values()) if len(free) > 1 else {}
    return [free[one.number] for one in least_loaded([one.person for one in free.values()], loads)]


def ahead(start: datetime, now: datetime, intake_id: UUID) -> list[tuple[Prepared, Mapping[str, Any]]]:
    """What `candidates` will ask for this start, where anybody can be asked for it."""
    return rows.ahead(_only(minute_of(start)), now, intake_id) if now <= start < now + A_YEAR else []


@contextmanager
def taking(session: Session, want: Wanted, one: Attorney, start: datetime, also: int | None = None) -> Iterator[None]:
    """
    The caller writes the block in it: the attorney's row is locked and still has the time.

    `also` is the attorney who had it before: her row is locked too, lowest number first.

    Raises:
        Clash: It is taken; the caller undoes what was written and lets go of the locks.
    """
    try:
        version = _lock_both(session, want, one.number, also)
        unseen = version != one.version + 1
        stale = _look_again(session, want, one, start).stale if unseen else one.stale
        if stale:
            free(session, stale, want.now)
        yield
    except IntegrityError as refused:
        if GUARD not in str(refused.orig):
            raise
        raise Clash(one.number) from None


def free(session: Session, blocks: Collection[UUID], now: datetime) -> None:
    """Switch blocks off; a consultation that was no more than held by one of them has expired with it."""
    session.execute(update(Block).where(Block.id.in_(blocks)).values(active=False), execution_options=SILENTLY)
    of_them = select(Block.consultation_id).where(Block.id.in_(blocks))
    held = select(Consultation).where(Consultation.id.in_(of_them), Consultation.state == ConsultationState.HELD)
    for consultation in session.scalars(held):
        state = move_consultation(ConsultationState.HELD, ConsultationState.EXPIRED_HOLD, Actor.SYSTEM)
        change = ConsultationChange(
            consultation_id=consultation.id,
            at=now,
            actor=Actor.SYSTEM,
            old_state=consultation.state,
            new_state=state,
            old_start=consultation.starts_at,
        )
        session.add(change)
        consultation.state = state
    session.flush()


def free_own(session: Session, intake_id: UUID, now: datetime) -> None:
    """Let go of the time that is held for an intake."""
    held = select(Block.id).where(Block.intake_id == intake_id, Block.kind == HOLD, Block.active)
    free(session, session.scalars(held).all(), now)


def lock(session: Session, number: int, *, assigned_at: datetime | None = None) -> int:
    """
    Lock a person's row until the commit or the end of the savepoint; its version, counted up by one.

    `assigned_at` is noted as when she was last given a consultation.
    """
    given = {"number_": number} if assigned_at is None else {"number_": number, "at": assigned_at}
    bump = BUMP if assigned_at is None else BUMP_AND_ASSIGN
    return int(bump.first(session, **given).version)


def _lock_both(session: Session, want: Wanted, number: int, also: int | None) -> int:
    """Lock the rows of the attorney who gets it and of the one who had it; the version of the first."""
    versions = {
        each: lock(session, each, assigned_at=want.now if each == number != also else None)
        for each in sorted({number, number if also is None else also})
    }
    return versions[number]


def _later(session: Session, want: Wanted, minute: int) -> Sequence[int]:
    """
    The starts that are hers where this one is after she must be seen; itself where it is not.

    Raises:
        NotOffered: There are times before that.
    """
    if minute <= minute_of(want.outcome.must_be_seen_by):
        return (minute,)
    found = openings.look(session, want)
    if found.in_time:
        raise NotOffered(minute)
    return found.later[: openings.LATER]


def _look_again(session: Session, want: Wanted, one: Attorney, start: datetime) -> Attorney:
    """The attorney under the lock, since the row has changed after it was read."""
    minute = minute_of(start)
    asking, allowed = _asking(session, want, minute), permitted(want.ask(_only(minute)), want.rules)
    people = [other for other in rows.attorneys(asking, want.languages) if other.number == one.number]
    now = rows.with_their_time(asking, people)
    if not now or not _fits(now[0], want, allowed):
        raise Clash(one.number)
    return now[0]


def _fits(one: Attorney, want: Wanted, allowed: Sequence[Pair]) -> bool:
    """Whether she can start at the one minute that is allowed."""
    return bool(allowed) and bool(starts_within(one.person, want.ask(Interval(*allowed[0])), allowed))


def _asking(session: Session, want: Wanted, minute: int) -> rows.Asking:
    return rows.Asking(session, want.firm, want.now, _only(minute), want.intake_id)


def _only(minute: int) -> Interval:
    return Interval(minute, minute + 1)
