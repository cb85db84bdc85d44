"""Numbers and days that no column holds are refused at the desk, by either database, as any other mistake."""

import pytest
from flask import Flask

from tests.builders.firm import a_firm
from tests.builders.staff import at_the_desk
from tests.conftest import on_both

BEYOND = "99999999999999999999"
NOBODYS = "home-00000000-0000-0000-0000-000000000000"
OFF = {
    "person": "1",
    "first_day": "2026-12-01",
    "first_time": "09:00",
    "last_day": "2026-12-01",
    "last_time": "10:00",
    "reason": "leave",
    "weeks": "1",
}


@on_both
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"person": BEYOND}, 400, id="nobody has so large a number"),
        pytest.param({"weeks": BEYOND}, 400, id="so many weeks"),
        pytest.param({"first_day": "9999-12-30", "last_day": "9999-12-31"}, 400, id="at the end of all dates"),
        pytest.param({"first_day": "0001-01-01", "last_day": "0001-01-02"}, 400, id="at the beginning of all dates"),
        pytest.param({"first_day": "2206-12-01", "last_day": "2206-12-02"}, 400, id="a mistyped year"),
        pytest.param({NOBODYS: f"give:{BEYOND}"}, 303, id="a call that is not in the way, given to nobody"),
    ],
)
def test_time_off_that_cannot_be_is_refused(app: Flask, change: dict[str, str], expected: int) -> None:
    a_firm(app).with_attorney("Ana")
    browser = at_the_desk(app)
    browser.get("/desk/time-off")

    answer = browser.post("/desk/time-off", **{**OFF, **change})

    assert answer.status_code == expected


@on_both
@pytest.mark.parametrize("number", [BEYOND, "4294967296", "999999999"])
def test_nobody_has_a_number_that_no_column_holds(app: Flask, number: str) -> None:
    a_firm(app).with_attorney("Ana")

    assert at_the_desk(app).get(f"/desk/people/{number}").status_code == 404


@on_both
@pytest.mark.parametrize("kind", ["ics", "caldav"])
def test_nor_has_she_a_calendar(app: Flask, kind: str) -> None:
    a_firm(app).with_attorney("Ana")
    browser = at_the_desk(app)
    browser.get("/desk/calendars")

    answer = browser.post("/desk/calendars", person=BEYOND, kind=kind, url="https://localhost/x")

    assert answer.status_code == 400
