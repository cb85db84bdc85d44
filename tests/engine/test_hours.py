"""Rules 1 and 2: which minutes are open."""

from datetime import date, timedelta

import pytest

from scheduler.engine.hours import Hours
from scheduler.engine.intervals import Interval
from tests.builders.windows import shown, span_of, windows
from tests.engine.both import open_minutes

NEW_YORK, MADRID, LORD_HOWE = "America/New_York", "Europe/Madrid", "Australia/Lord_Howe"


@pytest.mark.parametrize(
    ("zone", "day", "text", "expected"),
    [
        pytest.param(NEW_YORK, "2026-03-08", "13:00-16:00", "08T17:00-08T20:00", id="afternoon of a spring change"),
        pytest.param(NEW_YORK, "2026-03-08", "9:00-12:00", "08T13:00-08T16:00", id="morning of a spring change"),
        pytest.param(NEW_YORK, "2026-03-08", "1:00-4:00", "08T06:00-08T08:00", id="the hour in the gap does not exist"),
        pytest.param(NEW_YORK, "2026-03-08", "2:00-3:00", "", id="a window that lies in the gap has no minute"),
        pytest.param(NEW_YORK, "2026-11-30", "22:00-2:00", "01T03:00-01T07:00", id="a Monday night in winter"),
        pytest.param(NEW_YORK, "2026-11-01", "13:00-16:00", "01T18:00-01T21:00", id="afternoon of an autumn change"),
        pytest.param(
            NEW_YORK,
            "2026-11-01",
            "1:30-2:30",
            "01T05:30-01T06:00 01T06:30-01T07:30",
            id="the second 1:00-1:30 is outside",
        ),
        pytest.param(NEW_YORK, "2026-11-01", "1:00-2:00", "01T05:00-01T07:00", id="a repeated hour is open twice"),
        pytest.param(NEW_YORK, "2027-03-14", "0:00-24:00", "14T05:00-15T04:00", id="a day of 23 hours"),
        pytest.param(NEW_YORK, "2027-11-07", "0:00-24:00", "07T04:00-08T05:00", id="a day of 25 hours"),
        pytest.param("America/Los_Angeles", "2027-03-14", "1:00-4:00", "14T09:00-14T11:00", id="spring in Los Angeles"),
        pytest.param("America/Los_Angeles", "2027-11-07", "1:00-3:00", "07T08:00-07T11:00", id="autumn in Los Angeles"),
        pytest.param(
            "America/Tijuana", "2026-03-08", "9:00-10:00", "08T16:00-08T17:00", id="Tijuana changes with the US"
        ),
        pytest.param("America/Tijuana", "2027-11-07", "9:00-10:00", "07T17:00-07T18:00", id="and back with the US"),
        pytest.param(
            "America/Ciudad_Juarez", "2026-03-08", "9:00-10:00", "08T15:00-08T16:00", id="Juarez with El Paso"
        ),
        pytest.param(
            "America/Ciudad_Juarez", "2026-11-01", "9:00-10:00", "01T16:00-01T17:00", id="Juarez back in autumn"
        ),
        pytest.param(
            "America/Ciudad_Juarez",
            "2022-11-29",
            "23:00-24:00",
            "30T05:00-30T07:00",
            id="Juarez 2022: midnight went back",
        ),
        pytest.param(
            "America/Ciudad_Juarez", "2022-11-30", "0:00-1:00", "30T07:00-30T08:00", id="and its next day began later"
        ),
        pytest.param("America/Matamoros", "2026-03-08", "2:00-4:00", "08T08:00-08T09:00", id="Matamoros with Texas"),
        pytest.param(
            "America/Matamoros", "2026-11-01", "1:00-2:00", "01T06:00-01T08:00", id="Matamoros back in autumn"
        ),
        pytest.param(
            "America/Mexico_City", "2026-04-05", "2:00-4:00", "05T08:00-05T10:00", id="Mexico City has no change"
        ),
        pytest.param("America/Port-au-Prince", "2026-03-08", "1:00-4:00", "08T06:00-08T08:00", id="Haiti has one"),
        pytest.param("America/Port-au-Prince", "2027-11-07", "1:00-2:00", "07T05:00-07T07:00", id="Haiti in autumn"),
        pytest.param(MADRID, "2026-03-29", "1:30-3:30", "29T00:30-29T01:30", id="spring in Madrid"),
        pytest.param(MADRID, "2026-10-25", "2:00-3:00", "25T00:00-25T02:00", id="autumn in Madrid"),
        pytest.param(LORD_HOWE, "2026-04-05", "1:30-2:00", "04T14:30-04T15:30", id="half an hour comes twice"),
        pytest.param(LORD_HOWE, "2026-10-04", "1:30-3:00", "03T15:00-03T16:00", id="half an hour is missing"),
        pytest.param(
            "America/Havana", "2026-03-08", "0:00-2:00", "08T05:00-08T06:00", id="Havana's midnight is missing"
        ),
        pytest.param(
            "America/Havana", "2026-11-01", "0:00-1:00", "01T04:00-01T06:00", id="Havana's midnight comes twice"
        ),
    ],
)
def test_a_window_is_open_while_the_wall_clock_reads_it(zone: str, day: str, text: str, expected: str) -> None:
    hours = Hours(zone, {}, {date.fromisoformat(day): windows(text)})
    before, after = (date.fromisoformat(day) + timedelta(days=days) for days in (-1, 1))

    runs = open_minutes(hours, span_of(before.isoformat(), after.isoformat()))

    assert shown(runs) == expected


MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


@pytest.mark.parametrize(
    ("weekly", "overrides", "holidays", "expected"),
    [
        pytest.param({0: "22:00-2:00"}, {}, (), "02T02:00-02T06:00", id="a window ends on the next day"),
        pytest.param(
            {0: "22:00-24:00", 1: "0:00-2:00"}, {}, (), "02T02:00-02T06:00", id="24:00 joins the next day's 0:00"
        ),
        pytest.param({0: "22:00-0:00"}, {}, (), "02T02:00-02T04:00", id="until 0:00 is until midnight"),
        pytest.param({0: "9:00-9:00"}, {}, (), "", id="an empty window"),
        pytest.param({0: "9:00-12:00 11:00-13:00"}, {}, (), "01T13:00-01T17:00", id="windows that overlap are one run"),
        pytest.param({0: "9:00-10:00 10:00-11:00"}, {}, (), "01T13:00-01T15:00", id="windows that touch are one run"),
        pytest.param({0: "9:00-17:00"}, {MONDAY: "10:00-11:00"}, (), "01T14:00-01T15:00", id="an override replaces"),
        pytest.param(
            {}, {MONDAY: "10:00-11:00 13:00-14:00"}, (), "01T14:00-01T15:00 01T17:00-01T18:00", id="several add up"
        ),
        pytest.param({0: "9:00-17:00"}, {MONDAY: ""}, (), "", id="an override without windows closes the day"),
        pytest.param(
            {0: "9:00-17:00"}, {MONDAY: "0:00-0:00"}, (), "", id="an override with an empty window closes it too"
        ),
        pytest.param({0: "9:00-17:00"}, {}, (MONDAY,), "", id="a holiday has none of the week's windows"),
        pytest.param({}, {MONDAY: "10:00-11:00"}, (MONDAY,), "01T14:00-01T15:00", id="an override beats the holiday"),
        pytest.param({0: "22:00-2:00"}, {}, (TUESDAY,), "02T02:00-02T04:00", id="nothing spills into a holiday"),
        pytest.param(
            {0: "22:00-2:00"},
            {TUESDAY: "9:00-10:00"},
            (),
            "02T02:00-02T04:00 02T13:00-02T14:00",
            id="nor into an override",
        ),
        pytest.param({0: "22:00-2:00"}, {TUESDAY: ""}, (), "02T02:00-02T04:00", id="nor into a day an override closes"),
        pytest.param({0: "22:00-2:00"}, {}, (MONDAY,), "", id="a holiday's own window does not spill either"),
        pytest.param({}, {MONDAY: "22:00-2:00"}, (), "02T02:00-02T06:00", id="an override spills into a plain day"),
        pytest.param(
            {},
            {MONDAY: "22:00-2:00", TUESDAY: "1:00-3:00"},
            (),
            "02T02:00-02T04:00 02T05:00-02T07:00",
            id="not into another",
        ),
    ],
)
def test_a_date_goes_by_its_override_else_its_holiday_else_the_week(
    weekly: dict[int, str], overrides: dict[date, str], holidays: tuple[date, ...], expected: str
) -> None:
    hours = Hours(
        NEW_YORK,
        {day: windows(text) for day, text in weekly.items()},
        {day: windows(text) for day, text in overrides.items()},
        frozenset(holidays),
    )

    runs = open_minutes(hours, span_of("2026-06-01", "2026-06-03"))

    assert shown(runs) == expected


def test_a_window_across_midnight_spills_over_the_change_by_the_wall_clock() -> None:
    hours = Hours(NEW_YORK, {5: windows("22:00-3:00")})

    runs = open_minutes(hours, span_of("2026-03-08", "2026-03-08"))

    assert shown(runs) == "08T03:00-08T07:00", "the clock reads 3:00 at 07:00Z, an hour early"


def test_open_minutes_are_cut_where_the_span_ends() -> None:
    hours = Hours(NEW_YORK, dict.fromkeys(range(7), windows("0:00-24:00")))

    runs = open_minutes(hours, Interval(100, 5000))

    assert runs == [Interval(100, 5000)]
