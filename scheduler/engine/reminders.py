"""Which messages a booked consultation brings its client, and when each may leave (intake.md §4.1, §4.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from scheduler.engine.hours import Hours, open_minutes
from scheduler.engine.intervals import FOREVER, Interval, intersect, subtract
from scheduler.engine.zones import minute_of, wall

HOUR = 60
DAY = 24 * HOUR
# A message moved to the end of safe hours keeps this much of them, for a slow server.
ROOM = 15
# A reminder that would arrive later than this before the call is dropped.
TOO_LATE = 30
MOST = 6
# What goes first where there would be more than MOST; the last of them matters most.
DROPPED_FIRST = ("finish", "rebook", "remind_72h", "remind_24h", "remind_2h", "join")


@dataclass(frozen=True, slots=True)
class Planned:
    """A message of this kind leaves at minute `due_at` of the epoch (UTC), and after minute `not_after` no more."""

    kind: str
    due_at: int
    not_after: int


@dataclass(frozen=True, slots=True)
class Call:
    """
    The consultation as its client knows it.

    `start` is a minute of the epoch (UTC), `safe` the hours at which she may be written to, in her zone, `silence`
    the times at which nothing is sent (the day of her event, 12 h before she must report; in any order, may overlap),
    `mode` phone, whatsapp_call or video.
    """

    start: int
    safe: Hours
    silence: tuple[Interval, ...]
    mode: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """Leaves `before` minutes ahead of the call, if that was booked at least `lead` minutes ahead."""

    kind: str
    before: int
    lead: int


FIRST = Reminder("remind_72h", 72 * HOUR, 5 * DAY)
TOMORROW = Reminder("remind_24h", 24 * HOUR, 26 * HOUR)
TODAY = Reminder("remind_2h", 2 * HOUR, 3 * HOUR)
JOIN_BEFORE = 10


def plan(call: Call, *, now: float, counted: int = 0, others: Iterable[Planned] = ()) -> list[Planned]:
    """
    The messages that remain to be sent, in order of time; may be empty. `remind_72h` is there twice where its text
    stands in for a "tomorrow" that could not be said on the day before: at two different times.

    `now` is the minute of the epoch at which the call was booked or moved and may carry a fraction; `counted` is how
    many messages that count towards the six have been sent for this appointment; `others` are planned beside these.
    """
    permitted = _permitted(call, now, call.start)
    planned = [
        *_sent(FIRST, call, permitted, now),
        *_tomorrow(call, permitted, now),
        *_today(call, permitted, now),
        *_join(call, now),
        *others,
    ]
    distinct = {(message.kind, message.due_at): message for message in planned}
    return at_most_six(distinct.values(), counted=counted)


def finish(call: Call, *, now: float) -> list[Planned]:
    """
    That she may answer more before the call: half an hour to a day from now, while the call is more than a day away.

    In a list of one, or of none.
    """
    wanted = Interval(ceil(now) + HOUR // 2, ceil(now) + DAY)
    permitted = _permitted(call, wanted.start, min(wanted.end, call.start - DAY))
    return [Planned("finish", permitted[0].start, permitted[0].end)] if permitted else []


def at_most_six(planned: Iterable[Planned], *, counted: int = 0) -> list[Planned]:
    """Those that fit into the six of an appointment beside `counted` others, in order of time."""
    by_weight = sorted(planned, key=lambda message: (DROPPED_FIRST.index(message.kind), message.due_at), reverse=True)
    return sorted(by_weight[: max(0, MOST - counted)], key=lambda message: message.due_at)


def _permitted(call: Call, now: float, end: int) -> list[Interval]:
    """The minutes from now to `end` in safe hours and outside every silence."""
    first = ceil(now)
    if first >= end:
        return []
    safe = open_minutes(call.safe, Interval(first, end))
    return subtract(safe, sorted(call.silence))


def _latest(permitted: list[Interval], wanted: int) -> tuple[int, int] | None:
    """The last permitted minute that is not after the wanted one, and the end of what is permitted around it."""
    before = [interval for interval in permitted if interval.start <= wanted]
    if not before:
        return None
    last = before[-1]
    return max(last.start, min(wanted, last.end - ROOM)), last.end


def _sent(reminder: Reminder, call: Call, permitted: list[Interval], now: float) -> list[Planned]:
    """The reminder at its time or earlier; none if that is past, or was booked too late for it."""
    found = _latest(permitted, call.start - reminder.before)
    if found is None or call.start - now < reminder.lead:
        return []
    due_at, end = found
    return [Planned(reminder.kind, due_at, min(end, call.start - TOO_LATE))]


def _tomorrow(call: Call, permitted: list[Interval], now: float) -> list[Planned]:
    """It says "tomorrow": true only on the day before; from an earlier day the other text leaves instead."""
    day_before = _day(call, days_before=1)
    messages = _sent(TOMORROW, call, permitted, now)
    if any(message.due_at < day_before.start for message in messages):
        return [Planned(FIRST.kind, message.due_at, message.not_after) for message in messages]
    return [Planned(message.kind, message.due_at, min(message.not_after, day_before.end)) for message in messages]


def _today(call: Call, permitted: list[Interval], now: float) -> list[Planned]:
    """It says "today": on any other day it is dropped."""
    return _sent(TODAY, call, intersect(permitted, [Interval(_day(call).start, FOREVER)]), now)


def _join(call: Call, now: float) -> list[Planned]:
    """
    It says "it is time", for a video call, and is true for ten minutes from its own minute on.

    Earlier it would be untrue, so it is not moved like a reminder: where its minute is not safe it waits for the first
    that is, up to the one in which the call begins.
    """
    wanted = call.start - JOIN_BEFORE
    if call.mode != "video" or now > wanted:
        return []
    in_time = _permitted(call, wanted, call.start + JOIN_BEFORE)
    found = [interval for interval in in_time if interval.start <= call.start][:1]
    return [Planned("join", one.start, min(one.end, one.start + JOIN_BEFORE)) for one in found]


def _day(call: Call, days_before: int = 0) -> Interval:
    """The calendar day of the call, or one before it, in her zone."""
    day = wall(call.safe.zone, call.start)[0] - timedelta(days=days_before)
    return Interval(_midnight(day, call.safe.zone), _midnight(day + timedelta(days=1), call.safe.zone))


def _midnight(day: date, zone: str) -> int:
    """The first minute of a local day, also where the clocks skip it."""
    return minute_of(datetime.combine(day, time.min, ZoneInfo(zone)))
