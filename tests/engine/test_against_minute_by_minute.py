"""The sweep gives the same starts as reading the clock minute by minute, over random firms."""

from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.engine.availability import Grid, GridKind, Person, starts
from scheduler.engine.hours import Hours, Window, open_minutes
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask, Blackout, EventMargin, Horizon, LatestStart, MinimumNotice, Rule, SafeHours
from scheduler.engine.zones import minute_of
from tests.engine import minute_by_minute as slow
from tests.engine.minute_by_minute import Limits

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


@st.composite
def seldom(draw: st.DrawFn, strategy: st.SearchStrategy[T]) -> T | None:
    """None three times in four."""
    return draw(strategy) if draw(st.integers(0, 3)) == 3 else None


@st.composite
def hours_near(draw: st.DrawFn, zone: str, day: date) -> Hours:
    dates = st.integers(-2, 3).map(lambda days: day + timedelta(days=days))
    weekly = draw(st.one_of(st.fixed_dictionaries(dict.fromkeys(range(7), A_DAY)), st.just(ALL_DAY)))
    overrides = draw(st.dictionaries(dates, A_DAY, max_size=2))
    return Hours(zone, weekly, overrides, draw(st.frozensets(dates, max_size=1)))


@st.composite
def people(draw: st.DrawFn, zone: str, day: date, near: st.SearchStrategy[int]) -> Person:
    grids = st.builds(Grid, st.sampled_from(GridKind), st.sampled_from([1, 5, 7, 15, 30, 50, 60]), st.integers(0, 70))
    return Person(
        1,
        draw(hours_near(zone, day)),
        draw(st.lists(st.builds(lambda a, b: Interval(a, a + b), near, st.integers(1, 200)), max_size=4)),
        draw(st.sampled_from([0, 10, 45])),
        draw(st.sampled_from([0, 15, 50])),
        draw(grids),
        draw(seldom(st.integers(0, 2))),
        draw(seldom(st.integers(0, 3))),
        draw(st.lists(near | near.map(lambda minute: minute + 6000), max_size=5)),
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
    )


@st.composite
def questions(draw: st.DrawFn) -> tuple[Person, Limits, Interval, int]:
    zone, day = draw(st.sampled_from(CHANGES))
    begin = minute_of(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) + draw(st.integers(-2000, 200))
    span = Interval(begin, begin + draw(st.integers(600, 3000)))
    near = st.integers(span.start - 300, span.end + 300)
    return draw(people(zone, day, near)), draw(limits_near(span, day)), span, draw(LENGTHS)


def rules_of(limits: Limits) -> list[Rule]:
    rules: list[Rule] = [MinimumNotice(limits.notice), Blackout(limits.blackout)]
    if limits.horizon_days is not None:
        rules.append(Horizon(limits.horizon_days))
    if limits.latest is not None:
        rules.append(LatestStart(limits.latest))
    if limits.event is not None:
        rules.append(EventMargin(limits.event, limits.margin))
    if limits.safe is not None:
        rules.append(SafeHours(limits.safe))
    return rules


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions())
def test_the_sweep_finds_what_the_wall_clock_shows(question: tuple[Person, Limits, Interval, int]) -> None:
    person, limits, span, length = question
    is_open = slow.open_of(person.hours)

    found = starts(person, Ask(limits.now, span, length), rules_of(limits))

    assert found == slow.starts(person, limits, span, length)
    runs = open_minutes(person.hours, span)
    assert [m for run in runs for m in range(run.start, run.end)] == [
        m for m in range(span.start, span.end) if is_open(m)
    ]
