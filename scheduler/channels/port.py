"""What every way out takes and what can go wrong: letters, and two kinds of failure."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal, Protocol, TypeVar
from uuid import UUID

LetterT_contra = TypeVar("LetterT_contra", contravariant=True)


class Stage(StrEnum):
    """How far a letter came."""

    WRITE = "write"
    FILE = "file"
    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"


class NotDelivered(Exception):
    """
    Where a letter stopped, and the server's code where it gave one.

    What the server said is not kept: it repeats addresses.
    """

    def __init__(self, stage: Stage, code: int | None = None) -> None:
        super().__init__(f"{stage} {code or ''}".strip())
        self.stage = stage
        self.code = code


class TryAgainLater(NotDelivered):
    """The way is closed for now; the letter is kept and tried again with a growing pause."""

    @property
    def perhaps_sent(self) -> bool:
        """Whether the line broke after the whole letter had left, so that it may have arrived."""
        return self.stage is Stage.DOT and self.code is None


class Undeliverable(NotDelivered):
    """This letter will never arrive; a person at the desk is told."""


@dataclass(frozen=True, slots=True)
class CalendarObject:
    """One iTIP object as exact bytes; `method` repeats its METHOD."""

    method: Literal["REQUEST", "CANCEL"]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """
    A mail to one reader. Addresses are bare; `message_id` and `in_reply_to` have their angle brackets.

    `row` is its outbox row and `due_at` when that was due; `written_at` is its Date and stays the same when it is
    tried again, as every byte does.
    """

    row: UUID
    due_at: datetime
    written_at: datetime
    message_id: str
    sender: str
    sender_name: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    plain: str = field(repr=False)
    html: str = field(repr=False)
    calendar: CalendarObject | None = None
    in_reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text to one phone (E.164), by SMS or WhatsApp."""

    row: UUID
    due_at: datetime
    to: str = field(repr=False)
    channel: Literal["sms", "whatsapp"]
    body: str = field(repr=False)


class Channel(Protocol[LetterT_contra]):
    """A way out. It knows letters and bytes, and is called while no transaction is open."""

    def send(self, letter: LetterT_contra) -> None:
        """
        Hand the letter on; when this returns, somebody else answers for it.

        Raises:
            TryAgainLater: The way is closed for now.
            Undeliverable: It will never arrive.
        """
        ...

    def forget(self, row: UUID) -> None:
        """Keep nothing of the letter of this outbox row, where this way out keeps letters at all."""
        ...


def file_name(letter: Mail | Text, suffix: str) -> str:
    """A name that sorts by when the letter was due and tells nothing of its reader."""
    return f"{letter.due_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{letter.row}.{suffix}"
