"""Files that clients sent."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class Upload(Model):
    """
    One file of an intake, kept sealed outside the database.

    `number` counts the files of an intake from 1; `facts` is a sealed document: the kind of file, what it shows, its
    SHA-256, whether it says where it was taken. `state` says whether anybody may open it.
    """

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("intake_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    facts: Mapped[bytes | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
