"""
Every clock change of 2026 and 2027 where the firm's people and clients live, by hand: five claims a zone and season.

A call takes an hour and begins on the hour by the wall clock; hours are of UTC. Both years have the same ones.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from scheduler.engine.availability import Grid, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, day_number, instant
from tests.engine.both import open_minutes, starts

US_SPRING, US_AUTUMN = ("2026-03-08", "2027-03-14"), ("2026-11-01", "2027-11-07")
EU_SPRING, EU_AUTUMN = ("2026-03-29", "2027-03-28"), ("2026-10-25", "2027-10-31")
LH_SPRING, LH_AUTUMN = ("2026-10-04", "2027-10-03"), ("2026-04-05", "2027-04-04")


@dataclass(frozen=True)
class Change:
    """
    One change of the clock; `days` are the local dates.

    `over` are the starts of a window from ten in the evening before until four, `last` those of nine in the evening
    until 24:00, `length` the minutes of the whole day. `first_hour` is when somebody has a call from midnight to one:
    `rested` are her other starts from midnight to six where she needs 90 minutes before each. `fourth_hour` is when
    she has one from three to four: `cleared` are those where she needs 90 minutes after each.
    """

    zone: str
    days: tuple[str, ...]
    over: str
    last: str
    length: int
    first_hour: str
    rested: str
    fourth_hour: str
    cleared: str
    why: str


HALF, NONE, MORE, LESS = 30, 24 * 60, 25 * 60, 23 * 60
CHANGES = [
    Change("America/New_York", US_SPRING, "03 04 05 06 07", "01 02 03", LESS, "05:00", "08 09", "07:00", "08 09",
           "the hour at two does not exist: a rest of 90 minutes from one ends at half past three"),
    Change("America/New_York", US_AUTUMN, "02 03 04 05 06 07 08", "02 03 04", MORE, "04:00", "07 08 09 10", "08:00",
           "04 05 09 10", "the hour at one comes twice: a rest of 90 minutes ends at the second half past one"),
    Change("America/Los_Angeles", US_SPRING, "06 07 08 09 10", "04 05 06", LESS, "08:00", "11 12", "10:00", "11 12",
           "three hours after New York"),
    Change("America/Los_Angeles", US_AUTUMN, "05 06 07 08 09 10 11", "05 06 07", MORE, "07:00", "10 11 12 13",
           "11:00", "07 08 12 13", "three hours after New York"),
    Change("America/Tijuana", US_SPRING, "06 07 08 09 10", "04 05 06", LESS, "08:00", "11 12", "10:00", "11 12",
           "with California, not with Mexico"),
    Change("America/Tijuana", US_AUTUMN, "05 06 07 08 09 10 11", "05 06 07", MORE, "07:00", "10 11 12 13", "11:00",
           "07 08 12 13", "with California, not with Mexico"),
    Change("America/Ciudad_Juarez", US_SPRING, "05 06 07 08 09", "03 04 05", LESS, "07:00", "10 11", "09:00", "10 11",
           "with El Paso, by rules of its own since 2022"),
    Change("America/Ciudad_Juarez", US_AUTUMN, "04 05 06 07 08 09 10", "04 05 06", MORE, "06:00", "09 10 11 12",
           "10:00", "06 07 11 12", "with El Paso, by rules of its own since 2022"),
    Change("America/Matamoros", US_SPRING, "04 05 06 07 08", "02 03 04", LESS, "06:00", "09 10", "08:00", "09 10",
           "with Brownsville"),
    Change("America/Matamoros", US_AUTUMN, "03 04 05 06 07 08 09", "03 04 05", MORE, "05:00", "08 09 10 11", "09:00",
           "05 06 10 11", "with Brownsville"),
    Change("America/Mexico_City", US_SPRING, "04 05 06 07 08 09", "03 04 05", NONE, "06:00", "09 10 11", "09:00",
           "06 10 11", "nothing changes any more: the day on which the border does"),
    Change("America/Mexico_City", US_AUTUMN, "04 05 06 07 08 09", "03 04 05", NONE, "06:00", "09 10 11", "09:00",
           "06 10 11", "nothing changes any more: the day on which the border does"),
    Change("America/Port-au-Prince", US_SPRING, "03 04 05 06 07", "01 02 03", LESS, "05:00", "08 09", "07:00",
           "08 09", "Haiti with New York"),
    Change("America/Port-au-Prince", US_AUTUMN, "02 03 04 05 06 07 08", "02 03 04", MORE, "04:00", "07 08 09 10",
           "08:00", "04 05 09 10", "Haiti with New York"),
    Change("Europe/Madrid", EU_SPRING, "21 22 23 00 01", "19 20 21", LESS, "-01:00", "02 03", "01:00", "02 03",
           "three weeks after the United States, at one of UTC; its night is in two days of UTC"),
    Change("Europe/Madrid", EU_AUTUMN, "20 21 22 23 00 01 02", "20 21 22", MORE, "-02:00", "01 02 03 04", "02:00",
           "22 23 03 04", "a week before the United States; the hour at two comes twice"),
    Change("Australia/Lord_Howe", LH_SPRING, "11:30 12:30 13:30 14:30 16:00", "10 11 12", NONE - HALF, "-10:30",
           "16 17 18", "-08:00", "13:30 17:00 18:00", "half an hour is missing: two to half past two"),
    Change("Australia/Lord_Howe", LH_AUTUMN, "11:00 12:00 13:00 14:00 15:30 16:30", "10:30 11:30 12:30", NONE + HALF,
           "-11:00", "15:30 16:30 17:30 18:30", "-07:30", "13:00 14:00 17:30 18:30",
           "half an hour comes twice: half past one to two, of which no full hour begins again"),
]  # fmt: skip
ROWS = [pytest.param(change, day, id=f"{change.zone} {day}: {change.why}") for change in CHANGES for day in change.days]
every = pytest.mark.parametrize(("change", "day"), ROWS)


def offered(person: Person, day: str) -> str:
    """The starts round a local day: `05`, or `13:30` where they are not all on the hour of UTC."""
    first = day_number(date.fromisoformat(day)) * DAY
    found = starts(person, Ask(instant(first - DAY), Interval(first - DAY, first + 2 * DAY), 60))
    clock = "%H:%M" if any(start % 60 for start in found) else "%H"
    return " ".join(f"{instant(start):{clock}}" for start in found)


def on(change: Change, day: str, begin: int, end: int) -> Hours:
    """Open on one day alone, between two hours of it."""
    return Hours(change.zone, {}, {date.fromisoformat(day): (Window(begin * 60, end * 60),)})


def an_hour(day: str, begin: str) -> Interval:
    """Of UTC; `-01:00` is an hour before the day."""
    hours, minutes = begin.lstrip("-").split(":")
    since = (int(hours) * 60 + int(minutes)) * (-1 if begin.startswith("-") else 1)
    start = day_number(date.fromisoformat(day)) * DAY + since
    return Interval(start, start + 60)


@every
def test_a_window_across_midnight_ends_by_the_wall_clock(change: Change, day: str) -> None:
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()

    assert offered(Person(1, on(change, eve, 22, 4), grid=Grid(step=60)), day) == change.over


@every
def test_a_window_until_24_is_open_to_the_end_of_the_day(change: Change, day: str) -> None:
    assert offered(Person(1, on(change, day, 21, 24), grid=Grid(step=60)), day) == change.last


@every
def test_a_whole_day_is_as_long_as_it_is(change: Change, day: str) -> None:
    first = day_number(date.fromisoformat(day)) * DAY

    found = open_minutes(on(change, day, 0, 24), Interval(first - DAY, first + 2 * DAY))

    assert [run.end - run.start for run in found] == [change.length]


@every
def test_a_rest_before_a_call_is_of_real_minutes(change: Change, day: str) -> None:
    taken = [an_hour(day, change.first_hour)]
    person = Person(1, on(change, day, 0, 6), taken=taken, before=90, grid=Grid(step=60))

    assert offered(person, day) == change.rested


@every
def test_a_rest_after_a_call_is_of_real_minutes(change: Change, day: str) -> None:
    taken = [an_hour(day, change.fourth_hour)]
    person = Person(1, on(change, day, 0, 6), taken=taken, after=90, grid=Grid(step=60))

    assert offered(person, day) == change.cleared


def test_every_zone_and_every_year_is_in_the_table() -> None:
    zones = {
        "America/New_York",
        "America/Los_Angeles",
        "America/Tijuana",
        "America/Ciudad_Juarez",
        "America/Matamoros",
        "America/Mexico_City",
        "America/Port-au-Prince",
        "Europe/Madrid",
        "Australia/Lord_Howe",
    }

    assert {change.zone for change in CHANGES} == zones
    assert {(change.zone, day[:4]) for change in CHANGES for day in change.days} == {
        (zone, year) for zone in zones for year in ("2026", "2027")
    }
