"""A time that frees up is kept for whoever waits for an earlier one, the most urgent first, and for one at a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import case, exists, select, update
from sqlalchemy.orm import Session

from scheduler.casework import audit, openings, promising, slot_holds, tasks, triage
from scheduler.casework.keyring import KeyGone
from scheduler.casework.openings import FIND_EARLIER
from scheduler.casework.parts import Parts
from scheduler.casework.slots import HOLD, SILENTLY
from scheduler.casework.transaction import end_reading, writing
from scheduler.casework.wanted import NotBookable, Wanted, wanted
from scheduler.engine.states import APPOINTED, TAKES_TIME, Actor
from scheduler.engine.urgency import Level
from scheduler.engine.zones import instant
from scheduler.models import Block, Consultation, Intake, Task, db

OFFER = "offer_earlier"
LASTS = 2 * 60
"""Office minutes for which such a time is kept; then it is the next one's."""

MOST = 20
"""So many who wait are looked at in one go."""

_RANK = case({level.value: level.rank for level in Level}, value=Intake.urgency, else_=len(Level))


def offer(parts: Parts) -> int:
    """
    Keep a time before she must be seen for each who waits for one and is not kept one already; how many there were.

    What was kept before and has lapsed goes to the next: nobody is kept the same time twice.
    """
    now = parts.clock.now()
    waiting = _waiting(now)
    end_reading()
    return sum(_offered(parts, intake_id, now) for intake_id in waiting)


def _waiting(now: datetime) -> list[UUID]:
    """The most urgent first, then who must be seen first, then who waits longest."""
    kept = exists().where(Block.intake_id == Intake.id, Block.kind == HOLD, Block.active, Block.expires_at > now)
    mine = select(Intake.id).join(Task, Task.intake_id == Intake.id)
    mine = mine.where(Task.kind == FIND_EARLIER, Task.done_at.is_(None), ~kept)
    return list(db.session.scalars(mine.order_by(_RANK, Intake.must_be_seen_by, Task.created_at).limit(MOST)))


def _offered(parts: Parts, intake_id: UUID, now: datetime) -> bool:
    with writing() as session:
        intake = session.get(Intake, intake_id, with_for_update={"key_share": True})
        if intake is None:
            return False
        try:
            want = wanted(parts, intake, now, is_booked=True)
        except (NotBookable, KeyGone):
            return False
        _forget(session, intake_id, now)
        until = triage.office(want.firm, now).after(now, LASTS)
        start = _free(session, want, until)
        if start is None or slot_holds.keep_until(session, parts, want, start, until) is None:
            return False
        tasks.add(session, OFFER, due_at=until, now=now, intake=intake, again=start.isoformat())
        promising.please_call(session, parts, intake, want.answers)
        audit.record(session, parts, Actor.SYSTEM, OFFER, f"intake:{intake_id}", start=start.isoformat())
        return True


def _free(session: Session, want: Wanted, until: datetime) -> datetime | None:
    """The first time before she must be seen that she was not kept before, and that she can still be told of."""
    booked = select(Consultation.starts_at).where(
        Consultation.intake_id == want.intake_id, Consultation.state.in_(TAKES_TIME & APPOINTED)
    )
    before = session.scalar(booked.limit(1))
    known = set(session.scalars(select(Task.dedupe).where(Task.intake_id == want.intake_id, Task.kind == OFFER)))
    for minute in openings.look(session, want).in_time:
        start = instant(minute)
        if f"{OFFER}:{want.intake_id}:{start.isoformat()}" not in known and start > until:
            return start if before is None or start < before else None
    return None


def _forget(session: Session, intake_id: UUID, now: datetime) -> None:
    """What is kept no more need not be offered any more."""
    lapsed = update(Task).where(Task.intake_id == intake_id, Task.kind == OFFER, Task.done_at.is_(None))
    session.execute(lapsed.where(Task.due_at <= now).values(done_at=now), execution_options=SILENTLY)


def found(session: Session, intake_id: UUID, now: datetime) -> None:
    """She has a time before she must be seen: nobody looks for an earlier one any more, in the caller's transaction."""
    tasks.finish_all(session, FIND_EARLIER, intake_id, now)
    tasks.finish_all(session, OFFER, intake_id, now)
