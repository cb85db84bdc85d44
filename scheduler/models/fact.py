"""What is true today and may not be next year."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class Fact(Model):
    """
    A text, a number, a list or a place of help that somebody of the firm must look over again and again.

    `words` are its texts by language, `value` what is the same in every language. It was never looked over where
    `last_reviewed_on` is empty.
    """

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("kind", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    code: Mapped[str]
    words: Mapped[dict[str, Any]]
    value: Mapped[dict[str, Any]]
    last_reviewed_on: Mapped[date | None] = mapped_column(Date)
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
