"""Repeated events as another library reads them, and texts that nobody meant."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.engine.intervals import Interval, union
from scheduler.engine.invitation.busy import Home, NotACalendar, Owner, TooMuch, busy
from scheduler.engine.zones import instant, minute_of
from tests.builders.ics import EASTERN, calendar, event, span

ANA = Owner(Home("America/Los_Angeles"), "ana@firm.example")
SPAN = span("2026-10-20", "2026-12-24")
ZONES = ("America/New_York", "America/Tijuana", "America/Ciudad_Juarez", "Europe/Madrid", "UTC")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

rules = st.builds(
    lambda freq, interval, by, end: ";".join(filter(None, (f"FREQ={freq}", f"INTERVAL={interval}", by, end))),
    st.just("WEEKLY"),
    st.integers(1, 4),
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True).map(lambda those: f"BYDAY={','.join(those)}"),
    st.one_of(
        st.just(""),
        st.integers(1, 300).map(lambda count: f"COUNT={count}"),
        st.integers(1, 28).map(lambda day: f"UNTIL=202611{day:02}T120000Z"),
    ),
) | st.builds(
    lambda by, end: ";".join(filter(None, (by, end))),
    st.sampled_from(
        (
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=MONTHLY;BYDAY=2TU,-1FR",
            "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            "FREQ=YEARLY;BYWEEKNO=48;BYDAY=WE",
            "FREQ=YEARLY;BYYEARDAY=330,-10",
        )
    ),
    st.sampled_from(("", "COUNT=40", "UNTIL=20261201T000000Z")),
)
begins = st.datetimes(datetime(2021, 1, 1), datetime(2026, 12, 1)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001


def by_the_other_library(text: str, zone: str, minutes: int) -> list[Interval]:
    """Its begins, and our exact length: it adds what the clock shows."""
    lasts = timedelta(minutes=minutes)
    first, last = instant(SPAN.start) - lasts, instant(SPAN.end)
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(first, last)
    starts = [one["DTSTART"].dt.astimezone(ZoneInfo("UTC")) for one in found]
    cut = [(max(minute_of(at), SPAN.start), min(minute_of(at + lasts), SPAN.end)) for at in starts]
    return union(Interval(start, end) for start, end in cut if start < end)


@settings(max_examples=150, deadline=None)
@given(begins, st.sampled_from(ZONES), rules, st.integers(15, 600), st.lists(st.integers(0, 40), max_size=3))
def test_another_library_finds_the_same_times(
    begin: datetime, zone: str, rule: str, minutes: int, left_out: list[int]
) -> None:
    said = [f"EXDATE;TZID={zone}:{begin + timedelta(days=days):%Y%m%dT%H%M%S}" for days in left_out]
    lines = (f"DTSTART;TZID={zone}:{begin:%Y%m%dT%H%M%S}", f"DURATION:PT{minutes}M", f"RRULE:{rule}", *said)
    text = calendar(event(*lines))

    found = union(*(one.stretches for one in busy([text], ANA, SPAN)))

    assert found == by_the_other_library(text, zone, minutes)


PIECES = (*EASTERN, *event("DTSTART:20261201T150000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", "EXDATE:20261202T150000Z"))
written = st.lists(st.sampled_from(PIECES), max_size=30).map(lambda those: calendar(list(those)))
spoilt = st.builds(
    lambda at, put, cut: (text := calendar(list(PIECES)))[:at] + put + text[at + cut :],
    st.integers(0, 900),
    st.text(st.sampled_from('0123456789;:=,"\r\n TZPDWY\0é-+/ABC'), max_size=6),
    st.integers(0, 6),
)


@settings(max_examples=150, deadline=None)
@given(written | spoilt | st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = busy([text], ANA, SPAN)
    except (NotACalendar, TooMuch):
        return

    assert all(SPAN.start <= one.start < one.end <= SPAN.end for each in found for one in each.stretches)
