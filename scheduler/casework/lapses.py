"""What ends by itself: holds that nobody took, drafts that nobody went on with."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, erasing, slots
from scheduler.casework.documents import open_documents
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading, writing
from scheduler.engine.answers import Answers
from scheduler.engine.documents import Document
from scheduler.engine.retention import Record, kept
from scheduler.engine.states import Actor, IntakeState, move_intake
from scheduler.models import Block, Intake, db

IDLE, IDLE_UNSAFE = kept(Record.DRAFT), kept(Record.DRAFT_UNSAFE)
"""A draft lives so long without a change (intake.md §3.3), and so long on a device that others may see."""


def expire_holds(parts: Parts) -> int:
    """Free the time of every hold that has lapsed; how many there were."""
    now = parts.clock.now()
    lapsed = select(Block.id).where(Block.active, Block.expires_at <= now)
    if not _is_any(lapsed):
        return 0
    with writing() as session:
        blocks = session.scalars(lapsed.with_for_update(skip_locked=True)).all()
        if blocks:
            slots.free(session, blocks, now)
            audit.record(session, parts, Actor.SYSTEM, "holds_expired", "firm:1", blocks=list(map(str, blocks)))
        return len(blocks)


def expire_drafts(parts: Parts) -> int:
    """Delete what idle drafts hold, their keys first; how many there were."""
    now = parts.clock.now()
    gone = [intake for intake in _idle(now) if _is_over(parts, intake, now)]
    end_reading()
    for intake in gone:
        with writing() as session:
            _expire(session, parts, intake, now)
    return len(gone)


def has_lapsed(intake: Intake, answers: Answers, now: datetime) -> bool:
    """Whether a draft with these answers is over, whether or not it was deleted yet."""
    if intake.state != IntakeState.DRAFT:
        return False
    return intake.changed_at <= now - (IDLE if answers.get("device_safe") == "yes" else IDLE_UNSAFE)


def _is_any(looked_for: Select[Any]) -> bool:
    found = db.session.scalars(looked_for.limit(1)).first() is not None
    end_reading()
    return found


def _idle(now: datetime) -> list[Intake]:
    idle = select(Intake).where(Intake.state == IntakeState.DRAFT, Intake.changed_at <= now - IDLE_UNSAFE)
    return list(db.session.scalars(idle))


def _is_over(parts: Parts, intake: Intake, now: datetime) -> bool:
    if intake.changed_at <= now - IDLE:
        return True
    try:
        contact = open_documents(parts, intake, Document.CONTACT)
    except KeyGone:
        return True
    return has_lapsed(intake, contact, now)


def _expire(session: Session, parts: Parts, idle: Intake, now: datetime) -> None:
    """Nothing is left but the stub; she may have gone on meanwhile, and then nothing happens."""
    still = select(Intake).where(Intake.id == idle.id, Intake.changed_at == idle.changed_at).with_for_update()
    intake = session.scalar(still.execution_options(populate_existing=True))
    if intake is None or intake.state != IntakeState.DRAFT:
        return
    intake.state = move_intake(IntakeState.DRAFT, IntakeState.EXPIRED, Actor.SYSTEM)
    intake.changed_at = now
    erasing.wipe(session, intake)
    erasing.forget_letters(parts, erasing.letters(session, intake.id))
    parts.keyring.destroy(intake.id)
    audit.record(session, parts, Actor.SYSTEM, "intake_expired", f"intake:{intake.id}")
