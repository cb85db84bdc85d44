"""The page of calendars: how old what we know is; added, read, removed; an address goes in and never comes out."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.calendar_reading import read_due
from scheduler.casework.parts import Parts
from scheduler.channels.fetch import Fetcher
from scheduler.models import Calendar, db
from tests.builders.browser import Browser
from tests.builders.feeds import Feed, feeding
from tests.builders.firm import a_firm
from tests.builders.ics import calendar, event
from tests.builders.staff import at_the_desk
from tests.conftest import Hands

ALL = "/desk/calendars"
SECRET = "secret-4f1e"
NO_ANSWER = "Its server does not answer, or its address is none that we may ask."
FRIDAY = event("DTSTART:20261127T170000Z", "DURATION:PT8H")


@pytest.fixture
def feed() -> Iterator[Feed]:
    with feeding(**{SECRET: calendar(FRIDAY).encode()}) as feed:
        yield feed


@pytest.fixture
def desk(app: Flask, feed: Feed) -> Browser:
    parts: Parts = app.extensions["cita"]
    app.extensions["cita"] = replace(parts, fetcher=Fetcher(frozenset({feed.server}), seconds=20))
    a_firm(app).with_attorney("Ana")
    return at_the_desk(app, "receptionist")


def adds(desk: Browser, feed: Feed, **changes: str) -> tuple[int, str]:
    """Send the form of a calendar; the status of the answer, and the answer."""
    desk.get(ALL)
    fields = {"person": "1", "kind": "ics", "url": feed.url(f"/{SECRET}.ics"), "user": "", "password": ""}
    answer = desk.post(ALL, **(fields | changes))
    return answer.status_code, answer.text


def seen(desk: Browser) -> str:
    """The page of calendars, without its tags."""
    desk.get(ALL)
    return " ".join(re.sub(r"<[^>]*>", " ", desk.seen.text).split())


def test_a_calendar_is_added_read_and_removed(desk: Browser, feed: Feed) -> None:
    status, _text = adds(desk, feed)
    shown = seen(desk)
    calendar_id = db.session.scalars(select(Calendar.id)).one()
    desk.get(ALL)
    read = desk.post(f"{ALL}/{calendar_id}/read").headers["Location"]
    desk.get(ALL)
    removed = desk.post(f"{ALL}/{calendar_id}/remove").headers["Location"]

    assert (status, read, removed) == (303, f"{ALL}?note=read", f"{ALL}?note=removed")
    assert "Ana 127.0.0.1 Address of a calendar (ICS) today 9:00 am 0 min good 1" in shown
    assert "There are none yet." in seen(desk)


def test_an_address_is_never_shown_again(desk: Browser, feed: Feed) -> None:
    adds(desk, feed)
    good = seen(desk) + desk.seen.text
    _status, bad = adds(desk, feed, url=f"http://10.0.0.1/{SECRET}", user=SECRET, password=SECRET)

    assert SECRET not in good + bad


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"url": "http://10.0.0.1/x"}, NO_ANSWER, id="an address of our own network"),
        pytest.param({"url": "https://127.0.0.1:9/x"}, NO_ANSWER, id="a closed port of this machine"),
        pytest.param({"url": "webcal://x.example/"}, NO_ANSWER, id="another scheme"),
        pytest.param({"url": ""}, NO_ANSWER, id="no address"),
        pytest.param({"url": "{gone}"}, "There is no calendar at this address.", id="nothing there"),
        pytest.param({"person": "7"}, "Choose whose it is", id="nobody's"),
        pytest.param({"person": "Ana"}, "Choose whose it is", id="a name for a number"),
        pytest.param({"kind": "exchange"}, "Choose whose it is", id="a kind we do not know"),
    ],
)
def test_what_cannot_be_added_says_why(desk: Browser, feed: Feed, changes: dict[str, str], said: str) -> None:
    changes = {name: value.replace("{gone}", feed.url("/gone.ics")) for name, value in changes.items()}

    status, text = adds(desk, feed, **changes)

    assert (status, said in text) == (400, True)


def test_a_calendar_that_fails_and_then_closes_its_owner_shows_both(
    app: Flask, desk: Browser, feed: Feed, hands: Hands
) -> None:
    adds(desk, feed)
    feed.is_down = True
    hands.set(hands.now + timedelta(minutes=10))
    read_due(app.extensions["cita"])
    failing = seen(desk)
    hands.set(hands.now + timedelta(hours=25))
    read_due(app.extensions["cita"])
    desk = at_the_desk(app, "receptionist")

    closed = seen(desk)
    desk.get("/desk/tasks")

    assert "Its server does not answer" in failing
    assert "Clients can book until tomorrow 9:00 am." in failing
    assert "Closed: clients cannot book this person until it is read again." in closed
    assert desk.seen.text.count('<a href="/desk/calendars">Calendars</a>') == 2


def test_who_may_only_look_is_shown_no_buttons(app: Flask, desk: Browser, feed: Feed) -> None:
    adds(desk, feed)
    paralegal = at_the_desk(app, "paralegal")

    paralegal.get(ALL)

    assert ("Read now" in paralegal.seen.text, "Ana" in paralegal.seen.text) == (False, True)
