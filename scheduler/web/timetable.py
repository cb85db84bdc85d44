"""Offered times as a page shows them: days in her own calendar, each time with its part of the day in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from scheduler.casework import when
from scheduler.casework.openings import Offer


@dataclass(frozen=True, slots=True)
class Slot:
    """One time: the value of its button, and its text in two parts, `9:30` and `de la mañana`."""

    id: str
    clock: str
    part: str


@dataclass(frozen=True, slots=True)
class Day:
    """One of her days and its times, in order."""

    label: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Timetable:
    """What the page shows of an offer, and the weeks that lie after and before it, as `2026-W49`."""

    days: tuple[Day, ...]
    later: str | None
    earlier: str | None


def timetable(offer: Offer, week: str | None = None) -> Timetable:
    """The earliest times, or all of one week; a week without times shows the earliest."""
    if week not in offer.weeks:
        return Timetable(_days(offer, offer.first), _rest_of(offer), None)
    at = offer.weeks.index(week)
    later = offer.weeks[at + 1] if at + 1 < len(offer.weeks) else None
    return Timetable(_days(offer, offer.week(week)), later, offer.weeks[at - 1] if at else None)


def next_times(offer: Offer, count: int) -> Timetable:
    """Only so many of the earliest times."""
    return Timetable(_days(offer, offer.starts[:count]), None, None)


def slot_id(start: datetime) -> str:
    """A start as the form carries it: `2026-12-01T17:00Z`."""
    return f"{start.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def start_of(text: str) -> datetime:
    """The instant of a slot id that the form has found well written."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


def times_words(offer: Offer, shown: Timetable, now: datetime) -> dict[str, Any]:
    """For the template: whose hours these are, what the clock shows there now, the days, the weeks around them."""
    return {
        "zone": when.city(offer.place) if offer.place else None,
        "now_there": when.now_there(now, offer.zone),
        "days": shown.days,
        "more_url": f"?week={shown.later}" if shown.later else None,
        "earlier_url": f"?week={shown.earlier}" if shown.earlier else None,
    }


def _rest_of(offer: Offer) -> str | None:
    """The week in which the first time lies that is not among the earliest shown."""
    shown = set(offer.first)
    left = [start for start in offer.starts if start not in shown]
    return next((week for week in offer.weeks if left and left[0] in offer.week(week)), None)


def _days(offer: Offer, starts: Iterable[datetime]) -> tuple[Day, ...]:
    return tuple(_day(offer, day, tuple(those)) for day, those in groupby(starts, key=offer.day))


def _day(offer: Offer, day: date, starts: tuple[datetime, ...]) -> Day:
    slots = (Slot(slot_id(at), when.clock(at, offer.zone), when.part(at, offer.zone)) for at in starts)
    return Day(when.sentence(when.day(day)), tuple(slots))
