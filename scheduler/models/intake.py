"""An intake: who asks, sealed in three documents, and what the queue needs in clear."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.database import Model


class Intake(Model):
    """
    One person's request for a consultation, from its first page to its end.

    `contact`, `place` and `confidential` are sealed JSON documents; `rejected` is the sealed last page that was
    refused, kept for its next showing. `draft_hash` is the SHA-256 of the random session that may go on with it;
    `helper_hash` that of a helper's browser which may list it, without its answers, beside others she sent;
    `letter_opened_at` is when she first opened the letter that says that the firm does not take her matter;
    `ended_from` is the state in which it was when it ended: it goes back there if that is taken back;
    `screened_off` are the numbers of the people of the firm who may never be booked with her.
    """

    __tablename__ = "intake"
    __table_args__ = (Index("ix_intake_queue", "state", "must_be_seen_by"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ref: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    locale: Mapped[str]
    language: Mapped[str | None]
    zone: Mapped[str | None]
    urgency: Mapped[str | None]
    must_be_seen_by: Mapped[datetime | None]
    event_at: Mapped[datetime | None]
    conflict_status: Mapped[str | None]
    flags: Mapped[list[str]] = mapped_column(default=list)
    screened_off: Mapped[list[int]] = mapped_column(default=list)
    contact: Mapped[bytes | None]
    place: Mapped[bytes | None]
    confidential: Mapped[bytes | None]
    rejected: Mapped[bytes | None]
    draft_hash: Mapped[bytes | None] = mapped_column(unique=True)
    helper_hash: Mapped[bytes | None] = mapped_column(index=True)
    triage_version: Mapped[str | None]
    triaged_on: Mapped[date | None] = mapped_column(Date)
    notice_version: Mapped[str | None]
    copy_version: Mapped[str | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    letter_opened_at: Mapped[datetime | None]
    ended_from: Mapped[str | None]


class Resumption(Model):
    """
    Somebody who wants to go on in another browser with a number that there may or may not be.

    `asked` is the number she typed, sealed under a key of the firm; `sha256` is of the token her browser keeps,
    `code_hash` of the code that was sent, if one could be.
    """

    __tablename__ = "resumption"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sha256: Mapped[bytes] = mapped_column(unique=True)
    asked: Mapped[bytes]
    code_hash: Mapped[bytes | None]
    tries: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SearchHash(Model):
    """A keyed hash of one searchable fact of an intake: `kind` says of what, the key lies outside the database."""

    __tablename__ = "search_hash"
    __table_args__ = (Index("ix_search_hash_kind_hash", "kind", "hash"),)

    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(primary_key=True)


class ClientLink(Model):
    """A secret address of a client: the SHA-256 of its token, what it is for, and until when it works."""

    __tablename__ = "client_link"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sha256: Mapped[bytes] = mapped_column(unique=True)
    purpose: Mapped[str]
    intake_id: Mapped[UUID] = mapped_column(ForeignKey("intake.id"), index=True)
    consultation_id: Mapped[UUID | None] = mapped_column(ForeignKey("consultation.id"), index=True)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    tries_since: Mapped[datetime | None]
    code_hash: Mapped[bytes | None]
    code_expires_at: Mapped[datetime | None]
