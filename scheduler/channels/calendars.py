"""Calendars that others keep: how one is asked for what is in it, and what comes back."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scheduler.channels.fetch import Answer, Asked, Fetcher, Login, NotFetched, Why

MARK = re.compile(r"[ -~]{1,500}")
CALENDAR = "text/calendar, text/plain;q=0.5"
OK, UNCHANGED, UNAUTHORIZED, FORBIDDEN = 200, 304, 401, 403
GONE = frozenset({404, 410})


class Kind(StrEnum):
    """How a calendar is asked."""

    ICS = "ics"
    CALDAV = "caldav"


class Fault(StrEnum):
    """Why a calendar was not read; a code that tells nothing of its address."""

    UNREACHABLE = "unreachable"
    LOGIN = "login"
    GONE = "gone"
    NOT_A_CALENDAR = "not_a_calendar"
    TOO_MUCH = "too_much"
    ELSEWHERE = "elsewhere"
    NO_CALENDARS = "no_calendars"


class NotRead(Exception):
    """The calendar could not be read; what is known of it stays as it is, and a person is told."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Source:
    """Where a calendar is. Its address alone may open it, so that it is shown nowhere."""

    kind: Kind
    url: str = field(repr=False)
    login: Login | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A calendar as it was handed out; `mark` (an ETag, a ctag) is what its server knows this copy by, or None."""

    files: tuple[bytes, ...] = field(repr=False)
    mark: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is asked for: everything between two instants, where it is another copy than the one of this mark."""

    source: Source
    start: datetime
    end: datetime
    mark: str | None = field(default=None, repr=False)


def read_ics(fetcher: Fetcher, reading: Reading) -> Copy | None:
    """
    The file at an address; None where it is the copy that is known (RFC 9110 §13.1.2).

    Raises:
        NotRead: There is none.
    """
    known = {"If-None-Match": reading.mark} if reading.mark else {}
    asked = Asked(reading.source.url, headers={"Accept": CALENDAR, **known}, login=reading.source.login)
    answer = ask(fetcher, asked)
    if answer.status == UNCHANGED and known:
        return None
    if answer.status != OK:
        raise NotRead(meant(answer.status))
    return Copy((answer.body,), mark_of(answer.headers.get("etag")))


def ask(fetcher: Fetcher, asked: Asked) -> Answer:
    """
    The answer, whatever its status.

    Raises:
        NotRead: There is none. Whether it was refused is not told: it would tell what stands in our own network.
    """
    try:
        return fetcher.ask(asked)
    except NotFetched as failure:
        raise NotRead(Fault.TOO_MUCH if failure.why is Why.TOO_LARGE else Fault.UNREACHABLE) from None


def meant(status: int) -> Fault:
    """What an answer other than the expected one means."""
    if status in {UNAUTHORIZED, FORBIDDEN}:
        return Fault.LOGIN
    return Fault.GONE if status in GONE else Fault.UNREACHABLE


def mark_of(text: str | None) -> str | None:
    """A mark as it may be sent back, or none."""
    return text if text and MARK.fullmatch(text) else None
