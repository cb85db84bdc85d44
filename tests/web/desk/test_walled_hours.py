"""Who may not hear a client changes hours as others do, and does not learn that she has a call in them."""

import pytest
from flask import Flask
from sqlalchemy import update

from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake
from tests.builders.firm import again
from tests.builders.staff import at_the_desk

WEEK = {str(day): "" for day in range(7)}
DAY = {"first_day": "2026-11-27", "last_day": "2026-11-27", "first_time": "08:00", "last_time": "20:00"}
ASKED = [
    pytest.param("/desk/people/{number}/week", WEEK, id="other hours"),
    pytest.param("/desk/time-off", {**DAY, "reason": "court", "weeks": "1"}, id="time off"),
]


def asked(app: Flask, call: Consultation, path: str, fields: dict[str, str], screened: list[int]) -> tuple[str, str]:
    """What an attorney reads who enters it for the one who has the call, and the client's reference."""
    with writing() as session:
        session.execute(update(Intake).where(Intake.id == call.intake_id).values(screened_off=screened))
    browser = at_the_desk(app, "attorney", person=3 - call.attorney)
    browser.get("/desk/time-off")
    answer = browser.post(path.format(number=call.attorney), **fields, person=str(call.attorney))
    return answer.text, again(Intake, call.intake_id).ref


@pytest.mark.parametrize(("path", "fields"), ASKED)
def test_another_reads_whose_call_is_in_the_way(
    app: Flask, booked: Consultation, path: str, fields: dict[str, str]
) -> None:
    page, ref = asked(app, booked, path, fields, [])

    assert ref in page


@pytest.mark.parametrize(("path", "fields"), ASKED)
def test_who_is_screened_off_does_not(app: Flask, booked: Consultation, path: str, fields: dict[str, str]) -> None:
    page, ref = asked(app, booked, path, fields, [3 - booked.attorney])

    assert str(booked.id) in page
    assert ref not in page
