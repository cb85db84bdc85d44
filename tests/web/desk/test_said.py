"""Answers are read at the desk as people say them."""

from typing import Any

import pytest
from flask import Flask

from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import at_the_desk

PAPERS: dict[str, Any] = {
    "ever_in_us": "left",
    "court_papers": "yes",
    "next_hearing_date": "2026-12-08",
    "next_hearing_time": "13:30",
    "hearing_court": "los_angeles",
    "a_number": "012345678",
}


@pytest.mark.parametrize(
    ("role", "number"),
    [
        pytest.param("receptionist", "••• ••• 678", id="its last figures"),
        pytest.param("conflicts", "A 012-345-678", id="all of it"),
    ],
)
def test_her_papers_are_read_as_people_say_them(app: Flask, role: str, number: str) -> None:
    a_firm(app)
    intake = an_intake(app, **PAPERS)
    desk = at_the_desk(app, role)

    desk.get(f"/desk/intake/{intake.id}?lang=es")

    assert [word for word in (number, "Los Ángeles", "1:30 de la tarde") if word not in desk.text] == []


def test_a_receptionist_meets_no_whole_a_number(app: Flask) -> None:
    a_firm(app)
    intake = an_intake(app, **PAPERS)
    desk = at_the_desk(app, "receptionist")

    desk.get(f"/desk/intake/{intake.id}")

    assert "012345678" not in desk.text.replace("-", "").replace(" ", "")


def test_a_court_of_the_firms_own_list_has_its_name(app: Flask) -> None:
    a_firm(app, courts=[{"code": "reno", "en": "Reno", "es": "Reno", "zone": "America/Los_Angeles"}])
    intake = an_intake(app, **PAPERS | {"hearing_court": "reno"})
    desk = at_the_desk(app, "attorney")

    desk.get(f"/desk/intake/{intake.id}")

    assert "Reno" in desk.text
