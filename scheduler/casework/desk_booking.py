"""The desk books somebody who waits: against hours, notice, grid or caps after a named warning, never over a call."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import able, rows, slots
from scheduler.casework.parts import Parts
from scheduler.casework.slots import HOLD
from scheduler.casework.wanted import Wanted, wanted
from scheduler.engine.availability import Person as Bookable
from scheduler.engine.availability import starts_within
from scheduler.engine.rules import Blackout, EventMargin, Horizon, MinimumNotice, Rule, SafeHours, permitted
from scheduler.engine.zones import minute_of
from scheduler.models import Block, Consultation, Intake, Person, db

WARNINGS: Mapping[type[Rule], str] = MappingProxyType(
    {
        MinimumNotice: "too_soon",
        Horizon: "too_far",
        EventMargin: "near_event",
        Blackout: "silent_day",
        SafeHours: "unsafe_hours",
    }
)
"""What a person is warned of where a rule about her times is not kept."""

LATE, OUTSIDE, OFF_GRID, OVER_CAP, ELSEWHERE = "too_late", "outside_hours", "off_grid", "over_cap", "busy_elsewhere"


class NotWarned(Exception):
    """A rule is not kept of which nobody was warned, or no reason was given; nothing was booked."""


@dataclass(frozen=True, slots=True)
class ByDesk:
    """Who of the staff books it with which attorney, of what she was warned, and why all the same (a code)."""

    staff_id: UUID
    attorney: int
    warned: frozenset[str] = frozenset()
    reason: str = ""

    @property
    def actor(self) -> str:
        """As whom it is written down."""
        return f"staff:{self.staff_id}"


@dataclass(frozen=True, slots=True)
class Kept:
    """The time that is kept for an intake while the desk talks, and what must be said of it."""

    starts_at: datetime
    until: datetime
    number: int
    attorney: str = field(repr=False)
    warnings: tuple[str, ...]


def bent(want: Wanted, attorney: int) -> Wanted:
    """Only what is booked stands in the way of this attorney, and the list of those screened off."""
    return replace(want, rules=(), bend=able.at_any_hour, only=attorney, imports=False)


def warnings(session: Session, want: Wanted, start: datetime, attorney: int) -> tuple[str, ...]:
    """The rules that a start does not keep, as codes."""
    minute, ask = minute_of(start), want.ask()
    found = [WARNINGS[type(rule)] for rule in want.rules if not _has(permitted(ask, [rule]), minute)]
    if start > want.outcome.must_be_seen_by:
        found.append(LATE)
    asking = slots.asking(session, want, start)
    one = next((one for one in rows.everybody(replace(asking, imports=False)) if one.number == attorney), None)
    if one is None:
        return tuple(found)
    ours, all_of_hers = (
        rows.with_their_time(replace(asking, imports=imports), [one])[0].person for imports in (False, True)
    )
    for code, person in _variants(ours, all_of_hers).items():
        if not starts_within(person, ask, [(minute, minute + 1)]):
            found.append(code)
    return tuple(found)


def refuse_unwarned(session: Session, want: Wanted, start: datetime, by: ByDesk) -> None:
    """
    See that whoever books it knows what is not kept, and says why.

    Raises:
        NotWarned: She does not, or no reason was given.
    """
    found = warnings(session, want, start, by.attorney)
    if set(found) - by.warned or (found and not by.reason):
        raise NotWarned(start)


def kept(parts: Parts, intake_id: UUID) -> Kept | None:
    """
    The time that is kept for her; None where none is.

    Raises:
        NotBookable: She is not booked by anybody.
        KeyGone: It was purged.
    """
    session: Session = db.session()
    mine = (
        select(Consultation.starts_at, Consultation.attorney, Block.expires_at, Person.name)
        .join(Block, Block.consultation_id == Consultation.id)
        .join(Person, Person.number == Consultation.attorney)
        .where(Consultation.intake_id == intake_id, Block.kind == HOLD, Block.active)
        .where(Block.expires_at > parts.clock.now(), Block.person == Consultation.attorney)
    )
    row = session.execute(mine).first()
    if row is None or row.expires_at is None:
        return None
    want = wanted(parts, session.get_one(Intake, intake_id), parts.clock.now(), is_booked=True)
    found = warnings(session, want, row.starts_at, row.attorney)
    return Kept(row.starts_at, row.expires_at, row.attorney, row.name, found)


def _has(allowed: list[tuple[int, int]], minute: int) -> bool:
    return any(first <= minute < end for first, end in allowed)


def _variants(ours: Bookable, all_of_hers: Bookable) -> dict[str, Bookable]:
    """By warning: a person of whom nothing but that could stand in the way."""
    free = replace(ours, taken=(), daily_cap=None, weekly_cap=None, reserve=None)
    only_imported = [one for one in all_of_hers.taken if one not in set(ours.taken)]
    return {
        OUTSIDE: able.on_any_minute(free),
        OFF_GRID: replace(able.at_any_hour(free), grid=ours.grid),
        OVER_CAP: replace(able.at_any_hour(free), daily_cap=ours.daily_cap, weekly_cap=ours.weekly_cap),
        ELSEWHERE: replace(able.at_any_hour(free), taken=only_imported),
    }
