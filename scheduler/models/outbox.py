"""Letters that are to be sent, and tasks that a person is to do."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class Outbox(Model):
    """
    One letter to one reader, due at an instant, written in the same commit as what it tells.

    `facts` repeats what was true when it was put here and names nobody (times, sequence, person numbers); `extras`
    is sealed (a code). A claim is a lease: settling is refused once the claim is another's. `not_after`: later than
    this it would only confuse, so it is dropped.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "state", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dedupe: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    reader: Mapped[str]
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey("intake.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    extras: Mapped[bytes | None]
    due_at: Mapped[datetime]
    not_after: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="waiting")
    claim: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Task(Model):
    """
    Something a person at the desk must do by an instant; `kind` is a code, never a text of a client.

    `caller` is the one who said that she will do it, where that was asked.
    """

    __tablename__ = "task"
    __table_args__ = (Index("ix_task_open", "done_at", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    dedupe: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey("intake.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    due_at: Mapped[datetime]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    caller: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
