"""Calls that were tried in vain, and what follows one that took place."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class CallTry(Model):
    """
    One call to a client that came to nothing: by whom, and the sealed cause.

    `consultation_id` is the time that was booked for it, None for a call that she asked for; `safe` is whether it was
    made in an hour that is safe for her.
    """

    __tablename__ = "call_try"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    at: Mapped[datetime]
    by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    cause: Mapped[bytes | None]
    safe: Mapped[bool]


class AfterCall(Model):
    """
    What was said after a call that took place: codes and ours, nothing that she told.

    `letter` is what she is given, `given_at` since when it waits for her, a person reads it to her, or it was sent by
    us ourselves; None as long as nothing of that is true. `step` and `step_by` are what one of ours does next.
    """

    __tablename__ = "after_call"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), index=True)
    dates_checked: Mapped[bool] = mapped_column(default=False)
    step: Mapped[str | None]
    step_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    letter: Mapped[str]
    given_at: Mapped[datetime | None]
