"""A call that nobody answered, and what is said of it at the desk, in a browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from scheduler.models import Consultation, db
from tests.casework.appointments import at, booked
from tests.conftest import Hands
from tests.journeys.desk import signs_in
from tests.journeys.inspector import barriers
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser


@pytest.fixture
def call(app: Flask, firm: None, hands: Hands) -> Consultation:
    """One that should run since a quarter of an hour."""
    made = booked(app, at(30, 9))
    hands.set(made.starts_at + timedelta(minutes=15))
    return made


@pytest.mark.parametrize("role", ["receptionist", "attorney"])
def test_nothing_on_the_pages_of_a_call_stands_in_anybody_s_way(
    app: Flask, call: Consultation, window: Callable[..., Reader], role: str
) -> None:
    one = f"/desk/consultation/{call.id}"
    she = signs_in(app, window, role)
    found = []

    for path in (
        one,
        f"{one}/report",
        f"/desk/intake/{call.intake_id}",
        f"/desk/intake/{call.intake_id}/end",
        "/desk/tasks",
    ):
        for language in ("en", "es"):
            she.opens(f"{path}?lang={language}")
            found += barriers(she.page)

    assert found == []


def test_the_desk_says_that_nobody_answered_and_finds_the_next_call_on_its_list(
    app: Flask, call: Consultation, window: Callable[..., Reader]
) -> None:
    she = signs_in(app, window, "receptionist")
    she.opens(f"/desk/consultation/{call.id}/report")

    she.presses("Save We could not talk")

    she.reads("Saved.")
    she.opens("/desk/tasks")
    she.reads("Call her again: the call did not take place")
    db.session.rollback()
    assert db.session.get_one(Consultation, call.id).state == "no_show"
