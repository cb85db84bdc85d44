"""What was typed when the line broke is read by whoever calls her back as far as her roles reach."""

import pytest
from flask import Flask

from scheduler.casework import by_phone
from scheduler.casework.access import sees
from scheduler.engine.branches import fields_of
from tests.builders.firm import a_firm
from tests.builders.phoned import REST, asks, typed_on, wants_a_call
from tests.builders.staff import at_the_desk

LEFT = {
    "ever_in_us": "left",
    "last_arrival_date": "2026-09",
    "court_papers": "no",
    "removal_order": "no",
    "fear_interview": "none",
}


def read_by(app: Flask, role: str) -> str:
    """The page of the dates, typed by a paralegal until the line broke."""
    a_firm(app)
    intake = wants_a_call(app)
    paralegal = at_the_desk(app, "paralegal")
    asks(paralegal, intake, REST[: REST.index("dates")], **LEFT)
    address = f"/desk/intake/{intake.id}/phone/dates"
    paralegal.get(address)
    paralegal.post(address, **typed_on("dates", **LEFT, a_number="A098765432"), cut_off="1")
    return at_the_desk(app, role).get(address).text


@pytest.mark.parametrize("role", ["receptionist", "paralegal"])
def test_a_number_that_the_front_desk_may_not_see_is_shown_to_no_other_either_when_the_line_broke(
    app: Flask, role: str
) -> None:
    page = read_by(app, role)

    assert ("098765432" in page) is sees("a_number", [role])
    assert "a_number" in fields_of("dates")


def test_without_the_look_the_front_desk_would_read_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_phone, "_seen_of", lambda _who, typed: typed)

    page = read_by(app, "receptionist")

    assert "098765432" in page


def test_whoever_typed_it_herself_sees_it_again(app: Flask) -> None:
    a_firm(app)
    intake = wants_a_call(app)
    browser = at_the_desk(app, "receptionist")
    asks(browser, intake, REST[: REST.index("dates")], **LEFT)
    address = f"/desk/intake/{intake.id}/phone/dates"
    browser.get(address)

    browser.post(address, **typed_on("dates", **LEFT, a_number="A098765432"), cut_off="1")

    assert "098765432" in browser.get(address).text
