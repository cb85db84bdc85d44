"""Who works when is changed at the desk, in a browser: calls that would lie outside are named first."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.models import Consultation, Task, db
from tests.casework.appointments import at, booked
from tests.journeys.desk import signs_in
from tests.journeys.inspector import barriers
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

PAGES = ("/desk/people", "/desk/people/1")


@pytest.mark.parametrize("role", ["receptionist", "admin"])
def test_nothing_on_the_pages_of_hours_stands_in_anybody_s_way(
    app: Flask, firm: None, window: Callable[..., Reader], role: str
) -> None:
    she = signs_in(app, window, role)
    found = []

    for path in PAGES:
        she.opens(path)
        found += barriers(she.page)

    assert found == []


def test_she_shortens_a_week_and_is_asked_about_the_call_in_it(
    app: Flask, firm: None, window: Callable[..., Reader]
) -> None:
    call = booked(app, at(30, 9))
    she = signs_in(app, window, "receptionist")
    she.opens(f"/desk/people/{call.attorney}")
    she.writes("Monday", "22:00-2:00")
    she.presses("Save the week")
    she.sees("Hours that go over midnight")
    found = barriers(she.page)
    she.presses("They are meant over midnight: save")
    she.sees("Calls would be outside these hours")
    found += barriers(she.page)

    she.presses("Save all the same")
    she.reads("Saved.")

    db.session.rollback()
    tasks = db.session.scalars(select(Task.consultation_id).where(Task.kind == "hours_changed")).all()
    assert found == []
    assert tasks == [call.id]
    assert db.session.get_one(Consultation, call.id).state == "booked"
