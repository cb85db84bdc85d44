"""Bookings of which something is missing, or is there twice."""

from collections import Counter

from sqlalchemy import func, select

from scheduler.models import Block, Consultation, Intake, Outbox, db


def booked_refs() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Intake.ref).join(Consultation, Consultation.intake_id == Intake.id)))


def halves() -> list[str]:
    """What has not exactly its parts: a consultation its block, its invitation and its confirmation, and back."""
    db.session.rollback()
    consultations = set(db.session.scalars(select(Consultation.id)))
    blocks = Counter(db.session.scalars(select(Block.consultation_id).where(Block.active)))
    found = [f"{one} has {blocks[one]} blocks" for one in consultations if blocks[one] != 1]
    found += [f"block of {one}" for one in blocks if one not in consultations]
    for kind in ("invitation", "booked"):
        letters = Counter(db.session.scalars(select(Outbox.consultation_id).where(Outbox.kind == kind)))
        found += [f"{one} has {letters[one]} of {kind}" for one in consultations if letters[one] != 1]
        found += [f"{kind} of {one}" for one in letters if one not in consultations]
    per_intake = select(Consultation.intake_id).group_by(Consultation.intake_id).having(func.count() > 1)
    return found + [f"intake {one} is booked twice" for one in db.session.scalars(per_intake)]
