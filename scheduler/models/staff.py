"""Who works here, their sessions, and the chain of what was done."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class Staff(Model):
    """
    Somebody who signs in. `totp` is sealed; `totp_step` is the last time step accepted, so that no code works twice.

    `failures` counts wrong passwords and codes since `failures_since`; `person` links an attorney to her calendar.
    """

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    roles: Mapped[list[str]]
    locale: Mapped[str] = mapped_column(default="en")
    password_hash: Mapped[str]
    totp: Mapped[bytes | None]
    totp_step: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    failures_since: Mapped[datetime | None]
    person: Mapped[int | None] = mapped_column(ForeignKey("person.number"))
    active: Mapped[bool] = mapped_column(default=True)


class StaffSession(Model):
    """A sign-in that can be ended from here: the SHA-256 of its token, how far it came, when it was last used."""

    __tablename__ = "staff_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sha256: Mapped[bytes] = mapped_column(unique=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    complete: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]


class Audit(Model):
    """
    One link of the chain: who did what to which row, and the keyed hash over it and the link before.

    `facts` holds codes, ids and instants, never a name or an answer.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_actor_at", "actor", "at"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    previous: Mapped[bytes]
    hash: Mapped[bytes]
