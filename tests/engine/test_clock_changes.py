"""The days on which clocks change, 2026 and 2027: a night of calls of an hour, on the hour, from midnight to six."""

from datetime import date

import pytest

from scheduler.engine.availability import Grid, GridKind, Person
from scheduler.engine.hours import Hours, Window
from scheduler.engine.intervals import Interval
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY, day_number, instant
from tests.engine.both import starts

US = {"spring": ("2026-03-08", "2027-03-14"), "autumn": ("2026-11-01", "2027-11-07")}
EUROPE = {"spring": ("2026-03-29", "2027-03-28"), "autumn": ("2026-10-25", "2027-10-31")}
LORD_HOWE = {"spring": ("2026-10-04", "2027-10-03"), "autumn": ("2026-04-05", "2027-04-04")}

NIGHTS = [
    ("America/New_York", US, "spring", "05 06 07 08 09", "two does not exist"),
    ("America/New_York", US, "autumn", "04 05 06 07 08 09 10", "one comes twice"),
    ("America/Los_Angeles", US, "spring", "08 09 10 11 12", "two does not exist"),
    ("America/Los_Angeles", US, "autumn", "07 08 09 10 11 12 13", "one comes twice"),
    ("America/Tijuana", US, "spring", "08 09 10 11 12", "with California"),
    ("America/Tijuana", US, "autumn", "07 08 09 10 11 12 13", "with California"),
    ("America/Ciudad_Juarez", US, "spring", "07 08 09 10 11", "with El Paso, since 2022"),
    ("America/Ciudad_Juarez", US, "autumn", "06 07 08 09 10 11 12", "with El Paso, since 2022"),
    ("America/Matamoros", US, "spring", "06 07 08 09 10", "with Brownsville"),
    ("America/Matamoros", US, "autumn", "05 06 07 08 09 10 11", "with Brownsville"),
    ("America/Mexico_City", US, "spring", "06 07 08 09 10 11", "no change since 2022"),
    ("America/Mexico_City", US, "autumn", "06 07 08 09 10 11", "no change since 2022"),
    ("America/Port-au-Prince", US, "spring", "05 06 07 08 09", "with New York"),
    ("America/Port-au-Prince", US, "autumn", "04 05 06 07 08 09 10", "with New York"),
    ("Europe/Madrid", US, "spring", "23 00 01 02 03 04", "three weeks before its own change"),
    ("Europe/Madrid", EUROPE, "spring", "23 00 01 02 03", "two does not exist"),
    ("Europe/Madrid", EUROPE, "autumn", "22 23 00 01 02 03 04", "two comes twice"),
    ("Australia/Lord_Howe", LORD_HOWE, "spring", "13:30 14:30 16:00 17:00 18:00", "two to half past does not exist"),
    (
        "Australia/Lord_Howe",
        LORD_HOWE,
        "autumn",
        "13:00 14:00 15:30 16:30 17:30 18:30",
        "half past one to two comes twice",
    ),
]
ROWS = [
    pytest.param(zone, day, expected, id=f"{zone} {day}: {why}")
    for zone, days, season, expected, why in NIGHTS
    for day in days[season]
]


def offered(person: Person, day: str, length: int = 60) -> str:
    """The starts round a local day, in UTC: `05`, or `13:30` where they are not all on the hour."""
    first = day_number(date.fromisoformat(day)) * DAY
    found = starts(person, Ask(instant(first - DAY), Interval(first - DAY, first + 2 * DAY), length))
    clock = "%H:%M" if any(start % 60 for start in found) else "%H"
    return " ".join(f"{instant(start):{clock}}" for start in found)


def on(day: str, zone: str, begin: int, end: int) -> Hours:
    return Hours(zone, {}, {date.fromisoformat(day): (Window(begin * 60, end * 60),)})


@pytest.mark.parametrize(("zone", "day", "expected"), ROWS)
def test_a_night_is_open_by_the_wall_clock(zone: str, day: str, expected: str) -> None:
    assert offered(Person(1, on(day, zone, 0, 6), grid=Grid(step=60)), day) == expected


def test_counted_from_the_first_open_minute_the_grid_knows_no_change() -> None:
    zone, day = "Australia/Lord_Howe", "2026-04-05"

    found = offered(Person(1, on(day, zone, 0, 6), grid=Grid(GridKind.WINDOW, 60)), day)

    assert found == "13 14 15 16 17 18"


@pytest.mark.parametrize(
    ("zone", "day", "end", "expected"),
    [
        pytest.param(
            "America/New_York", "2026-03-07", 3, "03 04 05 06", id="ten to three: an hour of it does not exist"
        ),
        pytest.param("America/New_York", "2026-10-31", 2, "02 03 04 05 06", id="ten to two: an hour of it comes twice"),
        pytest.param("America/Mexico_City", "2026-03-07", 2, "04 05 06 07", id="where nothing changes"),
        pytest.param("Europe/Madrid", "2026-03-28", 3, "21 22 23 00", id="ten to three in Madrid"),
    ],
)
def test_a_night_that_began_the_evening_before_ends_by_the_wall_clock(
    zone: str, day: str, end: int, expected: str
) -> None:
    assert offered(Person(1, on(day, zone, 22, end), grid=Grid(step=60)), day) == expected


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        pytest.param("America/New_York", "2026-03-08", "13 14 15 16 17 18 19 20", id="the first day of summer time"),
        pytest.param("America/New_York", "2026-11-01", "14 15 16 17 18 19 20 21", id="the first of winter time"),
        pytest.param("America/Tijuana", "2027-03-14", "16 17 18 19 20 21 22 23", id="Tijuana with California"),
        pytest.param("America/Ciudad_Juarez", "2027-11-07", "16 17 18 19 20 21 22 23", id="Juarez with El Paso"),
        pytest.param("America/Matamoros", "2027-03-14", "14 15 16 17 18 19 20 21", id="Matamoros with Brownsville"),
        pytest.param("America/Mexico_City", "2027-03-14", "15 16 17 18 19 20 21 22", id="not so in Mexico City"),
        pytest.param("Europe/Madrid", "2027-10-31", "08 09 10 11 12 13 14 15", id="Madrid's winter"),
    ],
)
def test_nine_to_five_is_nine_to_five_on_the_day_of_a_change(zone: str, day: str, expected: str) -> None:
    assert offered(Person(1, on(day, zone, 9, 17), grid=Grid(step=60)), day) == expected
