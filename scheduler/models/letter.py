"""A letter that outlives what it answers: it says nothing of anybody, and is opened by a link and a year of birth."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class WaitingLetter(Model):
    """
    The letter to somebody the firm could not take (intake.md §4.1 no. 8), for 30 days.

    It is found by the SHA-256 of the token of a mail or of a text; `birth` is a keyed hash of the long one with her
    year of birth. Nothing leads from it to an intake.
    """

    __tablename__ = "waiting_letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sha256: Mapped[bytes] = mapped_column(unique=True)
    short_sha256: Mapped[bytes] = mapped_column(unique=True)
    birth: Mapped[bytes]
    locale: Mapped[str]
    deleted_on: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    tries_since: Mapped[datetime | None]
