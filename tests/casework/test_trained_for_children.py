"""With a child only those talk whom the firm has trained for it (intake.md §2.5); with others everybody."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from scheduler.casework.booking import BookSlot, NotOffered, SlotTaken, book
from scheduler.casework.firm import FirmView
from scheduler.casework.openings import offered
from scheduler.casework.parts import Parts
from scheduler.casework.public_times import Kind, Question, public_times
from tests.builders.browser import at
from tests.builders.firm import AFirm, a_firm, an_intake
from tests.conftest import on_both

CHILD: dict[str, Any] = {"birth_date": {"y": 2014, "m": 5, "d": 1, "precision": "day", "unknown": False}}
MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 2)


def two(app: Flask, **settings: Any) -> AFirm:
    """Ana talks with everybody on Mondays, Eva, who is trained, on Tuesdays."""
    firm = a_firm(app, **settings)
    firm.with_attorney("Ana", hours={0: "9:00-15:00"})
    return firm.with_attorney("Eva", hours={1: "9:00-15:00"}, skills=["child"])


def weekdays(parts: Parts, app: Flask, **answers: Any) -> set[int]:
    return {start.weekday() for start in offered(parts, an_intake(app, **answers).id).starts}


@pytest.mark.parametrize(
    ("named", "answers", "days"),
    [
        pytest.param({"child_skill": "child"}, CHILD, {1}, id="a child: only who is trained"),
        pytest.param({"child_skill": "child"}, {}, {0, 1}, id="a grown woman: everybody"),
        pytest.param({}, CHILD, {0, 1}, id="the firm names no skill"),
        pytest.param({"child_skill": "nobody has it"}, CHILD, set(), id="nobody is trained: nobody is offered"),
    ],
)
def test_who_is_offered(
    app: Flask, parts: Parts, named: dict[str, Any], answers: dict[str, Any], days: set[int]
) -> None:
    two(app, **named)

    assert weekdays(parts, app, **answers) == days


@on_both
def test_a_child_is_not_booked_with_who_is_not_trained(app: Flask, parts: Parts) -> None:
    two(app, child_skill="child")
    intake = an_intake(app, **CHILD)

    with pytest.raises((NotOffered, SlotTaken)):
        book(parts, BookSlot(intake.id, at("2026-11-30T18:00"), "phone"))


def test_without_the_firm_s_skill_it_would_be(app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    two(app, child_skill="child")
    monkeypatch.setattr(FirmView, "child_skills", frozenset())

    assert weekdays(parts, app, **CHILD) == {0, 1}


def test_the_firm_s_own_site_is_told_no_other_times(app: Flask, parts: Parts) -> None:
    two(app, child_skill="child")

    days = {
        kind: {start.weekday() for start in public_times(parts, Question(MONDAY, WEDNESDAY, "es", kind)).starts}
        for kind in (Kind.CHILD, Kind.STANDARD)
    }

    assert (days[Kind.CHILD], 0 in days[Kind.STANDARD]) == ({1}, True)
