"""A time is kept free, one for an intake: for ten minutes after a choice, or quietly while somebody looks at names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, desk_booking, openings, seats, slots, triage
from scheduler.casework.parts import Parts
from scheduler.casework.rows import Attorney
from scheduler.casework.slots import HOLD, Clash, NotOffered, SlotTaken
from scheduler.casework.transaction import writing
from scheduler.casework.wanted import NotBookable, Wanted, wanted
from scheduler.engine.invitation.identity import new_uid
from scheduler.engine.states import APPOINTED, TAKES_TIME, Actor, ConsultationState, move_consultation
from scheduler.engine.zones import instant
from scheduler.models import Block, Consultation, ConsultationChange, Intake

LASTS = timedelta(minutes=10)
AT_THE_DESK = timedelta(minutes=20)
QUIETLY = 4 * 60
"""Office minutes for which the best time is kept for somebody urgent whom a person calls first (intake.md §3.4)."""

MOST_TRIES = 5
NOT_SAID = ""
"""How she will talk is not known yet: it may be what she must mend."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """By whom a time is kept, and until when."""

    actor: Actor
    until: datetime


def hold(parts: Parts, intake_id: UUID, start: datetime) -> None:
    """
    Keep this time for the intake, instead of any it held before; what it holds already is not held for longer.

    Raises:
        SlotTaken: Somebody else has it.
        NotOffered: It was never offered to her.
        NotBookable: She chooses no time, or has one.
        KeyGone: It was purged.
    """
    with writing() as session:
        intake = session.get(Intake, intake_id, with_for_update={"key_share": True})
        if intake is None:
            raise NotBookable(intake_id)
        want = wanted(parts, intake, parts.clock.now())
        if _has_a_time(session, intake_id):
            raise NotBookable(intake_id)
        if _holds(session, want, start):
            return
        consultation = _held(session, parts, want, start, _Kept(Actor.CLIENT, want.now + LASTS))
        facts = {"attorney": str(consultation.attorney), "start": start.isoformat()}
        audit.record(session, parts, Actor.CLIENT, "consultation_held", f"consultation:{consultation.id}", **facts)


def keep_for_desk(parts: Parts, staff_id: UUID, intake_id: UUID, start: datetime, attorney: int | None) -> None:
    """
    Keep a time for 20 minutes while the desk talks with her: one that is offered, or any of one attorney's.

    Raises:
        SlotTaken: Something else is booked then.
        NotOffered: It is over, or nobody could take it.
        NotBookable: She is not booked by anybody, or has a time.
        KeyGone: It was purged.
    """
    with writing() as session:
        intake = session.get(Intake, intake_id, with_for_update={"key_share": True})
        if intake is None or _has_a_time(session, intake_id):
            raise NotBookable(intake_id)
        want = wanted(parts, intake, parts.clock.now(), is_booked=True)
        want = want if attorney is None else desk_booking.bent(want, attorney)
        consultation = _held(session, parts, want, start, _Kept(Actor.RECEPTIONIST, want.now + AT_THE_DESK))
        subject, actor = f"consultation:{consultation.id}", f"staff:{staff_id}"
        audit.record(session, parts, actor, "consultation_held", subject, start=start.isoformat())


def keep_quietly(session: Session, parts: Parts, want: Wanted) -> Consultation | None:
    """
    Keep the best time for an intake that may not choose one yet, in the caller's transaction; she is not told.

    None where nothing is free.
    """
    found = openings.look(session, want)
    kept = _Kept(Actor.SYSTEM, triage.office(want.firm, want.now).after(want.now, QUIETLY))
    for minute in (*found.in_time, *found.later)[:MOST_TRIES]:
        try:
            return _held(session, parts, want, instant(minute), kept)
        except (SlotTaken, NotOffered):
            continue
    return None


def keep_on(session: Session, parts: Parts, want: Wanted) -> None:
    """Her names are clear: what is kept quietly stays for as long anew, and the best time is where none is any more."""
    until = triage.office(want.firm, want.now).after(want.now, QUIETLY)
    mine = select(Block).join(Consultation, Consultation.id == Block.consultation_id)
    mine = mine.where(Block.intake_id == want.intake_id, Block.kind == HOLD, Block.active)
    mine = mine.where(Consultation.starts_at > want.now, Block.expires_at > want.now)
    blocks = session.scalars(mine.with_for_update(of=Block)).all()
    for block in blocks:
        block.expires_at = max(block.expires_at or until, until)
    if not blocks:
        keep_quietly(session, parts, want)


def keep_until(session: Session, parts: Parts, want: Wanted, start: datetime, until: datetime) -> Consultation | None:
    """Keep this time quietly until then, in the caller's transaction; None where it is free no more."""
    try:
        return _held(session, parts, want, start, _Kept(Actor.SYSTEM, until))
    except (SlotTaken, NotOffered):
        return None


def _has_a_time(session: Session, intake_id: UUID) -> bool:
    taken = select(Consultation.id).where(
        Consultation.intake_id == intake_id, Consultation.state.in_(TAKES_TIME & APPOINTED)
    )
    return session.scalar(taken.limit(1)) is not None


def _holds(session: Session, want: Wanted, start: datetime) -> bool:
    mine = select(Block.id).join(Consultation, Consultation.id == Block.consultation_id)
    mine = mine.where(Block.intake_id == want.intake_id, Block.active, Block.expires_at > want.now)
    return session.scalar(mine.where(Consultation.starts_at == start).limit(1)) is not None


def _held(session: Session, parts: Parts, want: Wanted, start: datetime, kept: _Kept) -> Consultation:
    """
    The time, held with the first attorney who still has it.

    Raises:
        NotOffered: Nobody ever had.
        SlotTaken: Nobody has any more.
    """
    for one in slots.candidates(session, want, start):
        consultation = _consultation(parts, want, one, start, kept.actor)
        try:
            with session.begin_nested(), slots.taking(session, want, one, start):
                slots.free_own(session, want.intake_id, want.now)
                _write(session, one, consultation, kept)
        except Clash:
            continue
        return consultation
    raise SlotTaken(start)


def _write(session: Session, one: Attorney, consultation: Consultation, kept: _Kept) -> None:
    change = ConsultationChange(
        consultation_id=consultation.id,
        at=consultation.booked_at,
        actor=kept.actor,
        new_state=consultation.state,
        new_start=consultation.starts_at,
    )
    kept_free = {"kind": HOLD, "expires_at": kept.until}
    blocks = (Block(**block | kept_free) for block in seats.blocks(consultation, one.team, *consultation.span))
    for row in (consultation, *blocks, change):
        session.add(row)
        session.flush()


def _consultation(parts: Parts, want: Wanted, one: Attorney, start: datetime, actor: Actor) -> Consultation:
    mine = uuid4()
    consultation = Consultation(
        id=mine,
        intake_id=want.intake_id,
        idempotency_key=f"{want.intake_id}:{HOLD}:{mine}",
        state=move_consultation(None, ConsultationState.HELD, actor),
        starts_at=start,
        ends_at=start + timedelta(minutes=want.length),
        booked_at=want.now,
        client_zone=want.place.zone,
        call_mode=NOT_SAID,
        uid=new_uid(parts.mail_from.rpartition("@")[2]),
        sequence=0,
        dtstamp=want.now.replace(microsecond=0),
    )
    seats.sit(consultation, one)
    return consultation
