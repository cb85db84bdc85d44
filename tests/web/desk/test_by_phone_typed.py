"""What was typed when the line broke is read by whoever calls her back as far as her roles reach."""

import pytest
from flask import Flask

from scheduler.casework import by_phone
from scheduler.casework.access import sees
from scheduler.engine.branches import fields_of
from tests.builders.browser import Browser
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


def until_the_line_broke(app: Flask, role: str) -> tuple[Browser, str]:
    """Somebody of that role, who has typed the page of the dates, and its address."""
    a_firm(app)
    intake = wants_a_call(app)
    browser = at_the_desk(app, role)
    asks(browser, intake, REST[: REST.index("dates")], **LEFT)
    address = f"/desk/intake/{intake.id}/phone/dates"
    browser.get(address)
    browser.post(address, **typed_on("dates", **LEFT, a_number="A098765432"), cut_off="1")
    return browser, address


def read_by(app: Flask, role: str) -> str:
    """What somebody of that role reads there afterwards; a paralegal has typed it."""
    _paralegal, address = until_the_line_broke(app, "paralegal")
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
    browser, address = until_the_line_broke(app, "receptionist")

    assert "098765432" in browser.get(address).text
