"""What moving and cancelling have in common: the consultation as it was read, its next version, its history."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import Actor, ConsultationState
from scheduler.models import Consultation, ConsultationChange, Intake

TRIES = 8
SECOND = timedelta(seconds=1)
CANCELLED = frozenset({ConsultationState.CANCELLED_CLIENT, ConsultationState.CANCELLED_FIRM})

Answer = TypeVar("Answer")


class NoSuchConsultation(Exception):
    """There is none of this id."""


class ChangedMeanwhile(Exception):
    """Somebody else has moved or cancelled it since it was read; it is read anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """One consultation that somebody changes at one instant, in a transaction that is open."""

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    consultation: Consultation = field(repr=False)
    intake: Intake = field(repr=False)
    actor: str
    now: datetime

    @property
    def state(self) -> ConsultationState:
        """How far the consultation has come."""
        return ConsultationState(self.consultation.state)

    def refuse_if_changed(self) -> None:
        """
        Nobody else changes it while its attorney's row is locked; see whether somebody did before.

        Raises:
            ChangedMeanwhile: Somebody did.
        """
        row = self.consultation
        columns = select(Consultation.sequence, Consultation.state, Consultation.attorney)
        with self.session.no_autoflush:
            stored = self.session.execute(columns.where(Consultation.id == row.id)).one()
        if stored != (row.sequence, row.state, row.attorney):
            raise ChangedMeanwhile(row.id)

    def next_version(self) -> None:
        """The next of what calendars compare (RFC 5546 §2.1.4, §2.1.5): later in both."""
        row = self.consultation
        row.sequence += 1
        row.dtstamp = max(self.now.replace(microsecond=0), row.dtstamp + SECOND)

    def note(self, state: ConsultationState, old_start: datetime, reason: str | None) -> None:
        """Take it to its next state and write that into its history."""
        row = self.consultation
        change = ConsultationChange(
            consultation_id=row.id,
            at=self.now,
            actor=self.actor,
            old_state=row.state,
            new_state=state,
            old_start=old_start,
            new_start=None if state in CANCELLED else row.starts_at,
            reason=reason,
        )
        row.state = state
        self.session.add(change)

    def chain(self, action: str, **facts: str | None) -> None:
        """Add it to the audit, as the last act."""
        row = self.consultation
        facts |= {"attorney": str(row.attorney), "sequence": str(row.sequence)}
        audit.record(self.session, self.parts, self.actor, action, f"consultation:{row.id}", **facts)


def begin(session: Session, parts: Parts, consultation_id: UUID, actor: Actor, staff_id: UUID | None) -> Change:
    """
    The consultation as it stands.

    Raises:
        NoSuchConsultation: There is none.
    """
    consultation = session.get(Consultation, consultation_id)
    intake = session.get(Intake, consultation.intake_id) if consultation is not None else None
    if consultation is None or intake is None:
        raise NoSuchConsultation(consultation_id)
    name = f"staff:{staff_id}" if staff_id else str(actor)
    return Change(session, parts, consultation, intake, name, parts.clock.now())


def in_one_commit(work: Callable[[Session], Answer]) -> Answer:
    """Do it in a transaction of its own, and anew where somebody else was quicker with the same consultation."""
    for _ in range(TRIES - 1):
        try:
            with writing() as session:
                return work(session)
        except ChangedMeanwhile:
            continue
    with writing() as session:
        return work(session)
