"""Whose clock is another one from now on: what her calendars say of whole days is read anew, by the new clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from scheduler.casework import calendar_reading, workers, working
from scheduler.casework.calendar_reading import read, read_due
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.working import Change
from scheduler.models import Stay, db
from tests.builders.feeds import Feed
from tests.builders.ics import event
from tests.builders.imported import added, busy, says
from tests.conftest import on_both

ALL_DAY = event("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261201")
DAY, NINE_HOURS = date(2026, 11, 30), 9 * 60
MADRID, BOGOTA = "Europe/Madrid", "America/Bogota"


def goes(parts: Parts, change: Change) -> None:
    working.add_stay(parts, change, DAY, DAY, MADRID)


def goes_no_more(parts: Parts, change: Change) -> None:
    goes(parts, change)
    read_due(parts)
    stay = db.session.scalars(select(Stay.id)).one()
    working.end_stay(parts, change, stay, None)


def moves_house(parts: Parts, change: Change) -> None:
    rules = workers.one(change.number, DAY).rules
    workers.set_rules(parts, change, replace(rules, zone=BOGOTA))


@on_both
@pytest.mark.parametrize(
    ("act", "earlier"),
    [
        pytest.param(goes, NINE_HOURS, id="a journey begins"),
        pytest.param(goes_no_more, 0, id="a journey is taken back"),
        pytest.param(moves_house, 3 * 60, id="another zone at home"),
    ],
)
def test_a_whole_day_is_one_of_where_she_is(
    parts: Parts, lea: SignedIn, feed: Feed, act: Callable[[Parts, Change], Any], earlier: int
) -> None:
    says(feed, ALL_DAY)
    added(parts, lea, feed)
    ((start, end),) = busy()

    act(parts, Change(lea, 1))
    read_due(parts)

    assert busy() == [(start - earlier, end - earlier)]


def test_a_read_that_was_on_its_way_is_not_kept(
    parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(feed, ALL_DAY)
    calendar_id = added(parts, lea, feed)
    ((start, end),) = busy()
    asked = calendar_reading._ask

    def slowly(*question: Any) -> Any:
        found = asked(*question)
        goes(parts, Change(lea, 1))
        return found

    monkeypatch.setattr(calendar_reading, "_ask", slowly)
    read(parts, calendar_id)
    monkeypatch.undo()
    read_due(parts)

    assert busy() == [(start - NINE_HOURS, end - NINE_HOURS)]
