"""Court dates, report times and other days that cannot be moved, as instants; and the silence around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.engine.answers import Answers, day_of
from scheduler.engine.intervals import Interval, union

UNKNOWN_TIME = time(8)
UNKNOWN_REPORT = time(4)
"""People were told to be at the bridge before dawn; so it is assumed where the sheet is not at hand."""

BEFORE_REPORT = timedelta(hours=12)
CALL_NOW = timedelta(hours=36)
MARGIN = timedelta(hours=24)
"""A consultation ends so long before court, when it can."""


@dataclass(frozen=True, slots=True)
class EventZones:
    """IANA zones of her own place, of the court and of the port; where these are not known, hers stands for them."""

    client: str
    court: str | None = None
    port: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A day that cannot be moved: its instant (UTC), its local day, the zone of both."""

    at: datetime
    day: date
    zone: str


def hearing(answers: Answers, zones: EventZones) -> Event | None:
    """Her court date, past or to come; an unknown time counts as 08:00."""
    zone = zones.court or zones.client
    return _event(answers.get("next_hearing_date"), answers.get("next_hearing_time"), UNKNOWN_TIME, zone)


def report(answers: Answers, zones: EventZones) -> Event | None:
    """
    When she must be at the crossing, in the program only; an unknown day is the hearing's, an unknown time 04:00.

    `none` is an answer: there is no report time.
    """
    if answers.get("waiting_in_mexico_program") != "yes_papers":
        return None
    stated = answers.get("poe_report_date")
    day = answers.get("next_hearing_date") if stated in (None, "", "unknown") else stated
    return _event(day, answers.get("poe_report_time"), UNKNOWN_REPORT, zones.port or zones.client)


def court_events(answers: Answers, zones: EventZones, today: date) -> list[Event]:
    """Hearing and report that are not over on the firm's `today`, the earlier first."""
    both = (hearing(answers, zones), report(answers, zones))
    return sorted(event for event in both if event and event.day >= today)


def all_events(answers: Answers, zones: EventZones, today: date) -> list[Event]:
    """Those of the court, and letters' dates and interviews to come at 08:00 her time, the earliest first."""
    others = [_event(answers.get("other_deadline_date"), None, UNKNOWN_TIME, zones.client)]
    if answers.get("fear_interview") == "scheduled":
        others.append(_event(answers.get("fear_interview_date"), None, UNKNOWN_TIME, zones.client))
    coming = (event for event in others if event and event.day >= today)
    return sorted([*court_events(answers, zones, today), *coming])


def is_near(answers: Answers, zones: EventZones, now: datetime, today: date) -> bool:
    """Whether any of them is within 36 hours (T28), or was to be earlier today."""
    return any(event.at - now <= CALL_NOW for event in all_events(answers, zones, today))


def silence(answers: Answers, zones: EventZones, today: date) -> list[Interval]:
    """
    Minutes in which nobody is called or written to: the whole hearing day, and from 12 hours before the report time.

    Sorted, disjoint, may be empty; each runs to the end of a local day.
    """
    return union(_silent(answers, zones, today))


def _silent(answers: Answers, zones: EventZones, today: date) -> Iterator[Interval]:
    court, crossing = hearing(answers, zones), report(answers, zones)
    if court and court.day >= today:
        yield _interval(_midnight(court.day, court.zone), court)
    if crossing and crossing.day >= today:
        yield _interval(crossing.at - BEFORE_REPORT, crossing)


def _interval(start: datetime, event: Event) -> Interval:
    end = _midnight(event.day + timedelta(days=1), event.zone)
    return Interval(int(start.timestamp() // 60), int(-(-end.timestamp() // 60)))


def _midnight(day: date, zone: str) -> datetime:
    return _instant(day, time.min, zone)


def _instant(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def _event(stated_day: object, stated_time: object, unknown_time: time, zone: str) -> Event | None:
    day = day_of(stated_day)
    return Event(_instant(day, _clock(stated_time, unknown_time), zone), day, zone) if day else None


def _clock(stated: object, unknown: time) -> time:
    try:
        return time.fromisoformat(stated) if isinstance(stated, str) else unknown
    except ValueError:
        return unknown
