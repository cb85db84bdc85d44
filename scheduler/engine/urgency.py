"""Levels of urgency and what each means: how soon she must be seen, how little notice is enough, when we call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.engine.business import Office


class Level(StrEnum):
    """From danger now to normal; she never sees it."""

    E = "E"
    U1 = "U1"
    U2 = "U2"
    U3 = "U3"
    N = "N"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return _ORDER.index(self)

    def raised(self) -> "Level":
        """One level up, but never by that alone to E: E is danger or a date within hours."""
        return _ORDER[max(Level.U1.rank, self.rank - 1)] if self is not Level.E else self


_ORDER = tuple(Level)

SAFETY_CALL = 30
"""Office minutes until somebody in danger has been called."""

BUSINESS_DAYS = {Level.U1: 1, Level.U2: 3, Level.U3: 7, Level.N: 15}
"""Within so many business days she must be seen."""

HOUR = 60
DAY = 24 * HOUR

CALL_WITHIN = {Level.E: SAFETY_CALL, Level.U1: HOUR, Level.U2: 4 * HOUR}
"""Office minutes until we call her who cannot choose a time; other levels: the end of the next business day."""


UNBOOKED = {Level.E: SAFETY_CALL, Level.U1: 2 * HOUR}
"""Office minutes until we call her who may choose a time and has taken none; at U2 it is by the end of the day."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Minutes between booking and call; `normal` and `interpreter` are the firm's settings."""

    normal: int = DAY
    interpreter: int = DAY

    def of(self, level: Level, *, interpreter_needed: bool) -> int:
        """The least notice in minutes; an interpreter by phone is found at once for E and within four hours for U1."""
        least = {Level.E: 15, Level.U1: 2 * HOUR, Level.U2: 4 * HOUR, Level.U3: DAY, Level.N: self.normal}[level]
        lead = {Level.E: 0, Level.U1: 4 * HOUR}.get(level, self.interpreter)
        return max(least, lead) if interpreter_needed else least


def highest(levels: Iterable[Level]) -> Level:
    """The most urgent of them; normal where there are none."""
    return min(levels, key=lambda level: level.rank, default=Level.N)


def due(level: Level, since: datetime, office: Office) -> datetime:
    """
    The instant by which she must be seen when the level has held since `since` (`intake.md` 2.2).

    Raises:
        NeverOpen: The office does not open for months.
    """
    if level is Level.E:
        return office.after(since, SAFETY_CALL)
    return office.closing(office.add_business_days(office.today(since), BUSINESS_DAYS[level]))


def promised_by(level: Level, now: datetime, office: Office) -> datetime:
    """
    The instant by which a person calls her back (`intake.md` 2.2 and 3.3), counted in office hours.

    Raises:
        NeverOpen: The office does not open for months.
    """
    if level in CALL_WITHIN:
        return office.after(now, CALL_WITHIN[level])
    return office.closing(office.add_business_days(office.today(now), 1))


def unbooked_by(level: Level, now: datetime, office: Office) -> datetime | None:
    """
    The instant by which a person calls her who has taken no time (`intake.md` 2.2); None where nobody need.

    Raises:
        NeverOpen: The office does not open for months.
    """
    if level in UNBOOKED:
        return office.after(now, UNBOOKED[level])
    return office.closing(office.today(office.after(now, 0))) if level is Level.U2 else None


def decided_by(level: Level, now: datetime, office: Office) -> datetime:
    """
    The instant by which a person decides on the names of an intake (`intake.md` 3.3), counted in office hours.

    Raises:
        NeverOpen: The office does not open for months.
    """
    return promised_by(Level.U1 if level is Level.E else level, now, office)
