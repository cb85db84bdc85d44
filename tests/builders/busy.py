"""Whose calendar is read, and when she is busy by it."""

from datetime import UTC, datetime

from scheduler.engine.intervals import Interval
from scheduler.engine.invitation.busy import Busy, Home, Owner, busy
from tests.builders.ics import calendar, span

ANA = Owner(Home("America/Los_Angeles"), "Ana@firm.example")
WINTER = span("2026-11-24", "2026-12-24")


def said(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, UTC).strftime("%m-%d %H:%M")


def stretches(found: list[Busy]) -> list[str]:
    every = sorted(stretch for one in found for stretch in one.stretches)
    return [f"{said(one.start)} to {said(one.end)}" for one in every]


def read(*parts: list[str] | str, owner: Owner = ANA, within: Interval = WINTER) -> list[str]:
    return stretches(busy([calendar(*parts)], owner, within))


TEN = ("DTSTART;TZID=America/New_York:20261201T100000", "DTEND;TZID=America/New_York:20261201T110000")
AT_TEN = ["12-01 15:00 to 12-01 16:00"]
