"""Calendars as other programs write them."""

from datetime import UTC, datetime

from scheduler.engine.intervals import Interval
from scheduler.engine.zones import minute_of

HEAD = ("VERSION:2.0", "PRODID:-//Somebody//Else//EN")


def event(*lines: str, uid: str = "one@elsewhere", title: str = "Dentist") -> list[str]:
    """A VEVENT of these lines and a few that every one has."""
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", f"SUMMARY:{title}", *lines, "END:VEVENT"]


def calendar(*parts: list[str] | str) -> str:
    """A VCALENDAR of single lines and components."""
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return "\r\n".join(("BEGIN:VCALENDAR", *HEAD, *lines, "END:VCALENDAR", ""))


def span(begin: str, end: str) -> Interval:
    """From midnight to midnight UTC, of two dates."""
    return Interval(*(minute_of(datetime.fromisoformat(day).replace(tzinfo=UTC)) for day in (begin, end)))


EASTERN = [
    "BEGIN:VTIMEZONE",
    "TZID:Customized Time Zone",
    "BEGIN:STANDARD",
    "DTSTART:16010101T020000",
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    "TZOFFSETFROM:-0400",
    "TZOFFSETTO:-0500",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
    "TZOFFSETFROM:-0500",
    "TZOFFSETTO:-0400",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
]
"""The clock of New York, by a name that says nothing."""
FAR = [line.replace("-0500", "+0900").replace("-0400", "+1000") for line in EASTERN]
"""Another clock of the same name."""
