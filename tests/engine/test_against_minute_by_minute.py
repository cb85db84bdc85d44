"""The engine gives the same starts and teams as reading the clock minute by minute, over random firms."""

import os
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.engine.availability import Grid, GridKind, Person, starts
from scheduler.engine.hours import Hours, Window, open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.reserve import Reserve
from scheduler.engine.rules import Ask
from scheduler.engine.stays import Stay
from scheduler.engine.teams import Relay, Wish, collective
from scheduler.engine.zones import minute_of
from tests.engine import minute_by_minute as slow
from tests.engine.both import rules_of
from tests.engine.minute_by_minute import Limits
from tests.engine.teams_by_minute import Meeting, teams

pytestmark = pytest.mark.soak

SOAK = bool(os.environ.get("CITA_SOAK"))
"""A thousand firms with the other tests, the same ones each time; ten thousand, and others, in a soak."""

CHANGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("America/Los_Angeles", date(2027, 3, 14)),
    ("America/Tijuana", date(2027, 11, 7)),
    ("America/Ciudad_Juarez", date(2022, 11, 30)),
    ("America/Ciudad_Juarez", date(2026, 3, 8)),
    ("America/Matamoros", date(2026, 11, 1)),
    ("America/Mexico_City", date(2022, 10, 30)),
    ("America/Mexico_City", date(2026, 7, 1)),
    ("America/Port-au-Prince", date(2026, 3, 8)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Havana", date(2026, 11, 1)),
    ("America/Asuncion", date(2024, 3, 24)),
    ("Europe/Madrid", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2026, 1, 1)),
    ("Pacific/Kiritimati", date(2027, 1, 1)),
    ("America/St_Johns", date(2010, 11, 7)),
]

T = TypeVar("T")
ALL_DAY = dict.fromkeys(range(7), (Window(0, 1440),))
MINUTES = st.one_of(st.sampled_from([0, 30, 60, 90, 120, 150, 180, 540, 720, 1020, 1320, 1380]), st.integers(0, 1439))
WINDOWS = st.builds(Window, MINUTES, st.one_of(MINUTES, st.just(1440)))
LONG_WINDOWS = st.sampled_from(
    [Window(0, 1440), Window(30, 1410), Window(420, 60), Window(1200, 1080), Window(60, 1320)]
)
A_DAY = st.one_of(st.tuples(LONG_WINDOWS), st.tuples(WINDOWS, WINDOWS), st.tuples(WINDOWS), st.just(()))
LENGTHS = st.sampled_from([1, 15, 30, 45, 60])
STEPS = st.sampled_from([1, 5, 7, 15, 30, 50, 60])
LANGUAGES = st.sampled_from([frozenset(spoken.split()) for spoken in ("mam es", "es en", "mam", "mam en", "en", "es")])
SKILLS = st.sampled_from([frozenset(known.split()) for known in ("asylum minors", "asylum", "minors", "")])
AWAY = st.sampled_from(["America/New_York", "America/Los_Angeles", "Europe/Madrid", "Pacific/Kiritimati"])


@st.composite
def seldom(draw: st.DrawFn, strategy: st.SearchStrategy[T]) -> T | None:
    """None three times in four."""
    return draw(strategy) if draw(st.integers(0, 3)) == 3 else None


@st.composite
def hours_near(draw: st.DrawFn, zone: str, day: date, *, travels: bool = False) -> Hours:
    dates = st.integers(-2, 3).map(lambda days: day + timedelta(days=days))
    weekly = ALL_DAY if draw(st.integers(0, 7)) == 7 else a_week(*(draw(A_DAY) for _ in range(3)))
    overrides = {draw(dates): draw(A_DAY) for _ in range(draw(st.integers(0, 2)))}
    holidays = frozenset({draw(dates)} if draw(st.booleans()) else ())
    return Hours(zone, weekly, overrides, holidays, draw(journeys(day)) if travels else ())


def a_week(*days: tuple[Window, ...]) -> dict[int, tuple[Window, ...]]:
    """These days by turns."""
    return {day: days[day % len(days)] for day in range(7)}


@st.composite
def journeys(draw: st.DrawFn, day: date) -> tuple[Stay, ...]:
    """Up to three stays one after the other, at once or some days later."""
    stays: list[Stay] = []
    free_from = day + timedelta(days=draw(st.integers(-4, 2)))
    for _ in range(draw(st.integers(1, 3))):
        gap, days = divmod(draw(st.integers(0, 8)), 3)
        first = free_from + timedelta(days=gap)
        stays.append(Stay(first, first + timedelta(days=days), draw(AWAY)))
        free_from = first + timedelta(days=days + 1)
    return tuple(stays)


@st.composite
def people(draw: st.DrawFn, zone: str, day: date, near: st.SearchStrategy[int], number: int = 1) -> Person:
    taken = [Interval(one, one + draw(st.integers(1, 200))) for one in draw(st.lists(near, max_size=4))]
    return Person(
        number,
        draw(hours_near(zone, day, travels=draw(st.integers(0, 2)) == 2)),
        taken,
        draw(st.sampled_from([0, 10, 45])),
        draw(st.sampled_from([0, 15, 50])),
        Grid(draw(st.sampled_from(GridKind)), draw(STEPS), draw(st.integers(0, 70))),
        draw(seldom(st.integers(0, 2))),
        draw(seldom(st.integers(0, 3))),
        [one + 6000 * (one % 2) for one in draw(st.lists(near, max_size=5))],
        draw(LANGUAGES),
        draw(SKILLS),
        reserve=draw(seldom(st.builds(Reserve, st.integers(1, 3), LENGTHS, st.sampled_from([0, 720, 1440])))),
    )


@st.composite
def limits_near(draw: st.DrawFn, span: Interval, day: date) -> Limits:
    begin, end = slow.at(span.start), slow.at(span.end)
    soon, late = (st.integers(0, 9000).map(lambda seconds: timedelta(seconds=seconds)) for _ in range(2))
    return Limits(
        now=begin - timedelta(minutes=120) + draw(soon),
        notice=draw(st.sampled_from([0, 120])),
        horizon_days=draw(seldom(st.integers(1, 2))),
        latest=draw(seldom(late.map(lambda back: end - back))),
        event=draw(seldom(late.map(lambda back: end + timedelta(days=1) - back))),
        margin=draw(st.sampled_from([0, 1440])),
        safe=draw(seldom(hours_near(draw(st.sampled_from(CHANGES))[0], day))),
        blackout=tuple(
            draw(st.lists(st.integers(span.start, span.end).map(lambda a: Interval(a, a + 90)), max_size=1))
        ),
        urgent=draw(st.booleans()),
    )


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Hours, Interval]:
    zone, day = draw(st.sampled_from(CHANGES))
    return draw(hours_near(zone, day, travels=draw(st.booleans()))), draw(spans(day, 3000))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Person, Limits, Interval, int]:
    zone, day = draw(st.sampled_from(CHANGES))
    span = draw(spans(day, 2000))
    near = st.integers(span.start - 300, span.end + 300)
    return draw(people(zone, day, near)), draw(limits_near(span, day)), span, draw(LENGTHS)


@st.composite
def spans(draw: st.DrawFn, day: date, longest: int) -> Interval:
    begin = minute_of(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) + draw(st.integers(-2000, 200))
    return Interval(begin, begin + draw(st.integers(300, longest)))


@st.composite
def meetings(draw: st.DrawFn) -> tuple[Meeting, Limits, Interval, int]:
    zone, day = draw(st.sampled_from(CHANGES))
    span = draw(spans(day, 600))
    near = st.integers(span.start - 300, span.end + 300)
    numbers = {"attorneys": range(1, 3), "interpreters": range(3, 5), "seconds": range(5, 6)}
    crew = {role: [draw(people(zone, day, near, one)) for one in those] for role, those in numbers.items()}
    crew["seconds"] += crew["attorneys"]
    wish = Wish(
        draw(st.sampled_from([(), (Relay("mam", "es"),)])),
        draw(seldom(st.frozensets(st.just("minors")))),
        draw(st.frozensets(st.integers(1, 5), max_size=1)),
        (draw(st.frozensets(st.integers(1, 5))),),
    )
    skills = draw(st.frozensets(st.just("asylum")))
    return Meeting(**crew, language="mam", skills=skills, wish=wish), draw(limits_near(span, day)), span, draw(LENGTHS)


def firms(examples: int) -> settings:
    return settings(
        max_examples=examples * (10 if SOAK else 1),
        derandomize=not SOAK,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


@firms(400)
@given(questions())
def test_the_sweep_finds_what_the_wall_clock_shows(question: tuple[Person, Limits, Interval, int]) -> None:
    person, limits, span, length = question
    ask = Ask(limits.now, span, length, is_urgent=limits.urgent)

    found = starts(person, ask, rules_of(limits))

    assert found == slow.starts(person, limits, span, length)


@firms(500)
@given(calendars())
def test_the_open_minutes_are_those_that_the_wall_clock_shows(calendar: tuple[Hours, Interval]) -> None:
    hours, span = calendar
    is_open = slow.open_of(hours)

    runs = open_minutes(hours, span)

    assert slow.minutes_of(runs) == {minute for minute in range(span.start, span.end) if is_open(minute)}


@firms(60)
@given(meetings())
def test_a_team_is_offered_when_all_of_it_is_free(question: tuple[Meeting, Limits, Interval, int]) -> None:
    meeting, limits, span, length = question
    ask = Ask(limits.now, span, length, meeting.language, meeting.skills, is_urgent=limits.urgent)

    found = collective(
        meeting.attorneys,
        meeting.interpreters,
        ask,
        rules_of(limits),
        wish=meeting.wish,
        seconds=meeting.seconds,
    )

    assert {
        start: {(one.attorney, frozenset(one.interpreters), frozenset(one.seconds)) for one in those}
        for start, those in found.items()
    } == teams(meeting, limits, span, length)
