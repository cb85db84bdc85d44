"""Our own calls come back in an attorney's calendar and take no time there; what is put over them is told."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import imported
from scheduler.casework.calendar_reading import read
from scheduler.casework.moving import MoveTo, move
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.states import Actor
from scheduler.models import Task, db
from tests.builders.feeds import Feed
from tests.builders.ics import event
from tests.builders.imported import FRIDAY, added, busy, says, tasks
from tests.casework.appointments import at, booked
from tests.conftest import Hands, on_both


@on_both
@pytest.mark.parametrize(
    "change",
    [
        pytest.param({}, id="as it was sent"),
        pytest.param({"title": "Call T0000001"}, id="with another title"),
        pytest.param({"moved": True}, id="not yet where it was moved to"),
    ],
)
def test_our_own_invitation_coming_back_is_never_busy(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, change: dict[str, object]
) -> None:
    call = booked(app, at(27, 10))
    says(feed, event("DTSTART:20261127T180000Z", "DURATION:PT45M", uid=call.uid, title=str(change.get("title", "x"))))
    if change.get("moved"):
        move(parts, MoveTo(call.id, at(30, 10), Actor.RECEPTIONIST))

    added(parts, lea, feed)

    assert (busy(), tasks(imported.OVER_A_BOOKING)) == ([], 0)


def test_without_the_look_at_our_uids_our_own_call_would_be_busy(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = booked(app, at(27, 10))
    says(feed, event("DTSTART:20261127T180000Z", "DURATION:PT45M", uid=call.uid))
    monkeypatch.setattr(imported, "_known_uids", lambda _session, _uids: iter(()))

    added(parts, lea, feed)

    assert (len(busy()), tasks(imported.OVER_A_BOOKING)) == (1, 1)


def free_busy(*periods: str) -> list[str]:
    return ["BEGIN:VFREEBUSY", *(f"FREEBUSY:{period}" for period in periods), "END:VFREEBUSY"]


OURS, OTHER = "20261127T180000Z/PT45M", "20261127T180000Z/PT50M"


@on_both
@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(free_busy(OURS), 0, id="exactly ours, of a free/busy answer"),
        pytest.param(free_busy(OTHER), 1, id="longer than ours"),
        pytest.param(
            event("DTSTART:20261127T180000Z", "DURATION:PT45M", title="Busy"), 0, id="exactly ours, without a name"
        ),
        pytest.param(event("DTSTART:20261127T180000Z", "DURATION:PT45M"), 1, id="a dentist at exactly our time"),
    ],
)
def test_where_times_alone_are_shown_exactly_ours_are_ours(  # noqa: PLR0917 - the house and a row of the table
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, shown: list[str], expected: int
) -> None:
    booked(app, at(27, 10))
    says(feed, shown)

    added(parts, lea, feed)

    assert (len(busy()), tasks(imported.OVER_A_BOOKING)) == (expected, expected)


@on_both
def test_a_time_that_was_ours_is_left_out_until_the_next_good_read(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    call = booked(app, at(27, 10))
    says(feed, free_busy(OURS))
    calendar_id = added(parts, lea, feed)
    hands.set(hands.now + timedelta(minutes=5))
    move(parts, MoveTo(call.id, at(30, 10), Actor.RECEPTIONIST))
    hands.set(hands.now + timedelta(minutes=5))
    feed.is_down = True
    read(parts, calendar_id)
    feed.is_down = False
    hands.set(hands.now + timedelta(minutes=10))
    says(feed, free_busy(OURS), free_busy("20261201T180000Z/PT1H"))
    read(parts, calendar_id)
    left_out = len(busy())
    hands.set(hands.now + timedelta(minutes=10))

    read(parts, calendar_id)

    assert (left_out, len(busy())) == (1, 2)


@on_both
def test_what_is_newly_put_over_a_call_is_told_to_the_desk_once(
    app: Flask, parts: Parts, lea: SignedIn, feed: Feed, hands: Hands
) -> None:
    call = booked(app, at(27, 10))
    says(feed)
    calendar_id = added(parts, lea, feed)
    before = tasks(imported.OVER_A_BOOKING)
    says(feed, FRIDAY)
    read(parts, calendar_id)
    says(feed, FRIDAY, event("DTSTART:20261201T180000Z", "DURATION:PT1H", uid="two"))

    read(parts, calendar_id)

    told = db.session.scalars(select(Task).where(Task.kind == imported.OVER_A_BOOKING)).all()
    assert (before, [task.consultation_id for task in told]) == (0, [call.id])
