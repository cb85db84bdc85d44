"""Legal holds: an attorney stops the purge of an intake with a reason, and is asked every 90 days if it must stay."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, tasks
from scheduler.casework.cases import NotThere, at_the_desk
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import end_reading, writing
from scheduler.models import Consultation, Intake, LegalHold, Staff, Upload, db

REVIEW_EVERY = timedelta(days=90)
REVIEW = "hold_review"
SHORTEST_REASON = 10


class NoReason(Exception):
    """A hold is set for a reason of at least ten letters; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as its page shows it; `by` is one of ours."""

    reason: str = field(repr=False)
    by: str = field(repr=False)
    since: datetime
    review_at: datetime


def set_hold(parts: Parts, who: SignedIn, intake_id: UUID, reason: str) -> None:
    """
    Stop the purge of an intake; where it is stopped already, nothing changes.

    Raises:
        NotThere: There is none, or it is purged.
        NoReason: The reason is missing or too short.
    """
    now, reason = parts.clock.now(), " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise NoReason
    with writing() as session:
        intake = at_the_desk(session, intake_id, lock=True)
        if _living(session, intake_id) is not None:
            return
        hold = LegalHold(
            id=uuid4(), intake_id=intake.id, set_by=who.id, set_at=now, review_at=now + REVIEW_EVERY, reason=None
        )
        hold.reason = seal({"reason": reason}, _key(parts, intake_id), place("legal_hold", "reason", hold.id))
        session.add(hold)
        audit.record(session, parts, who.actor, "hold_set", f"intake:{intake_id}")


def keep_hold(parts: Parts, who: SignedIn, intake_id: UUID) -> None:
    """
    Say that the hold must stay for another 90 days.

    Raises:
        NotThere: There is no such intake.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = at_the_desk(session, intake_id, lock=True)
        hold = _living(session, intake_id)
        if hold is not None:
            hold.review_at = now + REVIEW_EVERY
            tasks.finish_all(session, REVIEW, intake.id, now)
            audit.record(session, parts, who.actor, "hold_kept", f"intake:{intake_id}")


def end_hold(parts: Parts, who: SignedIn, intake_id: UUID) -> None:
    """
    Let the intake go its way again; what is due is purged at the next look.

    Raises:
        NotThere: There is no such intake.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = at_the_desk(session, intake_id, lock=True)
        hold = _living(session, intake_id)
        if hold is not None:
            hold.ended_at, hold.ended_by = now, who.id
            tasks.finish_all(session, REVIEW, intake.id, now)
            audit.record(session, parts, who.actor, "hold_ended", f"intake:{intake_id}")


def hold_of(parts: Parts, intake_id: UUID) -> Hold | None:
    """The hold on an intake, opened; None where there is none."""
    hold = _living(db.session(), intake_id)
    if hold is None:
        return None
    said = unseal(hold.reason, _key(parts, intake_id), place("legal_hold", "reason", hold.id))
    return Hold(said["reason"], db.session.get_one(Staff, hold.set_by).name, hold.set_at, hold.review_at)


def ask_for_reviews(parts: Parts) -> int:
    """A task for every hold that somebody should look at anew; how many were asked for."""
    now = parts.clock.now()
    due = select(LegalHold).where(LegalHold.ended_at.is_(None), LegalHold.review_at <= now)
    if db.session.scalars(due.limit(1)).first() is None:
        end_reading()
        return 0
    with writing() as session:
        holds = session.scalars(due).all()
        for hold in holds:
            intake, again = session.get_one(Intake, hold.intake_id), hold.review_at.isoformat()
            tasks.add(session, REVIEW, due_at=hold.review_at, now=now, intake=intake, again=again)
        return len(holds)


def held() -> Select[UUID]:
    """The intakes of which nothing is deleted."""
    return select(LegalHold.intake_id).where(LegalHold.ended_at.is_(None))


def covered(session: Session) -> list[str]:
    """Each row about them, as the audit names it."""
    intakes = session.scalars(held()).all()
    calls = session.scalars(select(Consultation.id).where(Consultation.intake_id.in_(intakes))).all()
    files = session.scalars(select(Upload.id).where(Upload.intake_id.in_(intakes))).all()
    rows = (("intake", intakes), ("consultation", calls), ("upload", files))
    return [f"{table}:{one}" for table, ids in rows for one in ids]


def _living(session: Session, intake_id: UUID) -> LegalHold | None:
    held = select(LegalHold).where(LegalHold.intake_id == intake_id, LegalHold.ended_at.is_(None))
    return session.scalars(held.order_by(LegalHold.set_at).limit(1)).first()


def _key(parts: Parts, intake_id: UUID) -> bytes:
    try:
        return parts.keyring.open(intake_id)
    except KeyGone:
        raise NotThere from None
