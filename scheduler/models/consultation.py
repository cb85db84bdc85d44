"""A consultation, its history, and the blocks of time it takes."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model

ENDING = text("expires_at IS NOT NULL")
"""Of a block: it ends, or has ended, by the clock."""


class Consultation(Model):
    """
    A remote consultation of one intake with one attorney, and with an interpreter or a `second` of ours where needed.

    Where no one interpreter speaks both ends, `relay` goes on from what the first one says.

    `starts_at` and `ends_at` are instants of the call itself, without buffers. `uid`, `sequence` and `dtstamp` are
    its identity in calendars (RFC 5546 2.1.4); `idempotency_key` makes a repeated submit find it again; `link` is
    the sealed token of the client's own page, `room` the sealed address of a video room.
    """

    __tablename__ = "consultation"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="length"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), index=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    attorney: Mapped[int] = mapped_column(ForeignKey("person.number"), index=True)
    interpreter: Mapped[int | None] = mapped_column(ForeignKey("person.number"), index=True)
    relay: Mapped[int | None] = mapped_column(ForeignKey("person.number"), index=True)
    second: Mapped[int | None] = mapped_column(ForeignKey("person.number"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    booked_at: Mapped[datetime]
    client_zone: Mapped[str]
    attorney_zone: Mapped[str]
    call_mode: Mapped[str]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    dtstamp: Mapped[datetime]
    partstat: Mapped[str] = mapped_column(default="NEEDS-ACTION")
    client_moves: Mapped[int] = mapped_column(default=0)
    not_now_at: Mapped[datetime | None]
    link: Mapped[bytes | None]
    room: Mapped[bytes | None]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From its first instant to its end."""
        return self.starts_at, self.ends_at

    @property
    def people(self) -> tuple[int, ...]:
        """The numbers of all whose time it takes, lowest first: the order of their locks."""
        seats = (self.attorney, self.interpreter, self.relay, self.second)
        return tuple(sorted(one for one in seats if one is not None))


class ConsultationChange(Model):
    """One transition of a consultation: who, when, from what to what, and why (a code)."""

    __tablename__ = "consultation_change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    old_state: Mapped[str | None]
    new_state: Mapped[str]
    old_start: Mapped[datetime | None]
    new_start: Mapped[datetime | None]
    reason: Mapped[str | None]


class Block(Model):
    """
    Time that is taken: minutes [b0, b1) of the epoch in UTC with the buffers inside.

    `person` is Person.number. No two active rows of one person overlap: a trigger (SQLite) or an exclusion
    constraint (PostgreSQL) holds it, whatever code writes here. A hold is a row with `expires_at`.
    """

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("b1 > b0", name="length"),
        Index("ix_block_active", "person", "b0", "b1", sqlite_where=text("active"), postgresql_where=text("active")),
        Index("ix_block_ending", "active", "person", sqlite_where=ENDING, postgresql_where=ENDING),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person: Mapped[int] = mapped_column(ForeignKey("person.number"))
    b0: Mapped[int]
    b1: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    kind: Mapped[str] = mapped_column(default="consultation")
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey("intake.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    expires_at: Mapped[datetime | None]
