"""The conflict check: the names the firm must not act against, lists that are being read in, and what was decided."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class ConflictName(Model):
    """
    Somebody the firm acts or acted for, was asked by, or acts against.

    `document` is sealed with the firm's own key for it: the names outlive the intake they came from. `same` is a keyed
    hash of what it says, so that a list that is read twice adds nothing; `source` is how it came here.
    """

    __tablename__ = "conflict_name"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    who: Mapped[str]
    source: Mapped[str]
    document: Mapped[bytes]
    same: Mapped[bytes] = mapped_column(unique=True)
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey("intake.id"), unique=True)
    created_at: Mapped[datetime]


class ConflictHash(Model):
    """A keyed hash of one searchable fact of a name; `kind` says of what."""

    __tablename__ = "conflict_hash"
    __table_args__ = (Index("ix_conflict_hash_hash", "hash", "kind", "name_id"),)

    name_id: Mapped[UUID] = mapped_column(ForeignKey("conflict_name.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(primary_key=True)


class ConflictReview(Model):
    """
    Somebody must decide whether the firm may hear this intake, by `due_at`; `why` is a code no client is ever told.

    `note` is sealed with the intake's key.
    """

    __tablename__ = "conflict_review"

    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), primary_key=True)
    why: Mapped[str]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    decision: Mapped[str | None]
    note: Mapped[bytes | None]


class ConflictList(Model):
    """A list of names that somebody is reading in: the file and what its columns mean, sealed, until it is done."""

    __tablename__ = "conflict_list"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    created_at: Mapped[datetime]
    file: Mapped[bytes]
    columns: Mapped[bytes | None]


class ConflictConfirmation(Model):
    """An attorney has looked at the names of a cleared intake: its brief may be opened."""

    __tablename__ = "conflict_confirmation"

    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), primary_key=True)
    confirmed_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime]
