"""What stops a purge."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class LegalHold(Model):
    """
    An attorney's order that an intake is not purged; `reason` is sealed with the intake's key.

    It holds until somebody ends it; at `review_at` an attorney is asked whether it must still.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (Index("ix_legal_hold_intake_id_ended_at", "intake_id", "ended_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"))
    reason: Mapped[bytes | None]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    set_at: Mapped[datetime]
    review_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    ended_at: Mapped[datetime | None]
