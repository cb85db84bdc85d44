"""Calendars that others keep, and when their owners are busy by them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class Calendar(Model):
    """
    A calendar of an attorney or an interpreter that is read every ten minutes.

    `address` is sealed: where it is and who asks. `known_by` is a keyed hash of where it is, so that nobody has one
    twice; none for those from before there was one. `mark` is what its server calls the copy that was read last, none
    where it must be read whole; `whole_at` is when it last was. `good_at` is the last read that succeeded: after
    `good_until` nobody books its owner herself any more. `problem` is a code, none where the last read succeeded.
    """

    __tablename__ = "calendar"
    __table_args__ = (
        CheckConstraint("kind IN ('ics', 'caldav')", name="kind"),
        Index("uq_calendar_person_known_by", "person", "known_by", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person: Mapped[int] = mapped_column(ForeignKey("person.number"), index=True)
    kind: Mapped[str]
    address: Mapped[bytes]
    known_by: Mapped[bytes | None]
    mark: Mapped[str | None]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime]
    whole_at: Mapped[datetime]
    good_at: Mapped[datetime]
    good_until: Mapped[datetime]
    problem: Mapped[str | None]


class Busy(Model):
    """
    Time that a person's other calendar takes: minutes [b0, b1) of the epoch in UTC, without buffers.

    It is no block: staff may book over it after a warning.
    """

    __tablename__ = "busy"
    __table_args__ = (CheckConstraint("b1 > b0", name="length"), Index("ix_busy_person_b0", "person", "b0"))

    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True)
    b0: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    b1: Mapped[int]
    person: Mapped[int] = mapped_column(ForeignKey("person.number"))
