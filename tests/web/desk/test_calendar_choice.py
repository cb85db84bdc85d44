"""The desk types the address of a CalDAV server and chooses which of its calendars are read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scheduler.channels.fetch import Fetcher
from scheduler.models import Busy, Calendar, db
from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.builders.ics import calendar, event
from tests.builders.radicale import PASSWORD, USER, Radicale, radicale
from tests.builders.staff import at_the_desk
from tests.conftest import Hands

ALL = "/desk/calendars"
FRIDAY = event("DTSTART:20261127T170000Z", "DURATION:PT8H")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with radicale(tmp_path / "radicale") as server:
        server.make("/ana/home/")
        server.put("friday", calendar(FRIDAY).encode())
        yield server


@pytest.fixture
def desk(app: Flask, server: Radicale) -> Browser:
    app.extensions["cita"] = replace(app.extensions["cita"], fetcher=Fetcher(frozenset({server.server}), seconds=20))
    a_firm(app).with_attorney("Ana")
    return at_the_desk(app, "receptionist")


def types(desk: Browser, server: Radicale, path: str = "/", **changes: str) -> TestResponse:
    """Send the address of a server, or of something on it."""
    desk.get(ALL)
    fields = {"person": "1", "kind": "caldav", "url": f"http://{server.server}{path}", "user": USER}
    desk.seen = desk.post(ALL, **({**fields, "password": PASSWORD} | changes))
    return desk.seen


def chooses(desk: Browser, *numbers: str, **changes: str) -> TestResponse:
    """Send the choice that is seen, of these."""
    sealed = re.search(r'name="choice" value="([^"]+)"', desk.seen.text)
    fields = {"choice": unescape(sealed[1]) if sealed else "", **changes}
    return desk.post(f"{ALL}/choose", **fields, calendar=list(numbers))  # type: ignore[arg-type]


def kept() -> tuple[int, int]:
    """How many calendars are read, and how many busy times are known."""
    db.session.rollback()
    return len(db.session.scalars(select(Calendar)).all()), len(db.session.scalars(select(Busy)).all())


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param(("ana/work",), (1, 1), id="one"),
        pytest.param(("ana/home",), (1, 0), id="the other"),
        pytest.param(("ana/work", "ana/home"), (2, 1), id="both"),
    ],
)
def test_those_that_are_chosen_are_read(
    desk: Browser, server: Radicale, numbers: tuple[str, ...], expected: tuple[int, int]
) -> None:
    shown = types(desk, server)
    names = re.findall(r'name="calendar" value="(\d)"> ([^<]+)</label>', shown.text)
    answer = chooses(desk, *(number for number, name in names if name in numbers))

    assert sorted(name for _number, name in names) == ["ana/home", "ana/work"]
    assert (shown.status_code, answer.status_code, kept()) == (200, 303, expected)


def test_a_choice_that_is_sent_twice_adds_each_once(desk: Browser, server: Radicale) -> None:
    shown = types(desk, server)
    once = chooses(desk, "0", "1").status_code
    desk.seen = shown

    twice = chooses(desk, "1", "0", "1").status_code

    assert (once, twice, kept()) == (303, 303, (2, 1))


def test_a_calendars_own_address_is_added_without_a_question(desk: Browser, server: Radicale) -> None:
    answer = types(desk, server, server.path)

    assert (answer.status_code, kept()) == (303, (1, 1))


def test_neither_password_nor_address_stands_in_the_choice(desk: Browser, server: Radicale) -> None:
    text = types(desk, server).text

    assert not [secret for secret in (PASSWORD, server.server, server.path) if secret in text]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"password": "wrong"}, "Its server wants another name or password.", id="a wrong password"),
        pytest.param({"url": "http://10.0.0.1/"}, "Its server does not answer", id="a server of our own network"),
        pytest.param({"person": "7"}, "Choose whose it is", id="nobody's"),
    ],
)
def test_what_cannot_be_found_says_why(desk: Browser, server: Radicale, changes: dict[str, str], said: str) -> None:
    answer = types(desk, server, **changes)

    assert (answer.status_code, said in answer.text, kept()) == (400, True, (0, 0))


@pytest.mark.parametrize(
    ("numbers", "changes"),
    [
        pytest.param((), {}, id="none"),
        pytest.param(("9",), {}, id="one that was not there"),
        pytest.param(("x",), {}, id="no number"),
        pytest.param(("0",), {"choice": ""}, id="no choice"),
        pytest.param(("0",), {"choice": "AAAA"}, id="a choice that nobody was given"),
        pytest.param(("0",), {"choice": "é" * 40}, id="no choice of ours"),
        pytest.param(("0",), {"choice": "A" * 400}, id="a choice of somebody else's making"),
    ],
)
def test_a_choice_that_is_none_adds_nothing(
    desk: Browser, server: Radicale, numbers: tuple[str, ...], changes: dict[str, str]
) -> None:
    types(desk, server)

    assert (chooses(desk, *numbers, **changes).status_code, kept()) == (400, (0, 0))


def test_a_choice_is_open_for_a_quarter_of_an_hour_and_to_who_was_given_it(
    app: Flask, desk: Browser, server: Radicale, hands: Hands
) -> None:
    types(desk, server)
    seen = desk.seen
    other = at_the_desk(app, "attorney", name="Eva")
    other.get(ALL)
    token, sealed = other.seen, re.search(r'name="choice" value="([^"]+)"', seen.text)
    other.seen = token
    stolen = other.post(f"{ALL}/choose", choice=sealed[1] if sealed else "", calendar="0").status_code
    hands.set(hands.now + timedelta(minutes=15))

    late = chooses(desk, "0").status_code

    assert (stolen, late, kept()) == (400, 400, (0, 0))


def test_a_calendar_that_is_gone_when_it_is_chosen_says_so(desk: Browser, server: Radicale) -> None:
    types(desk, server)
    server.remove("/ana/work/")
    server.remove("/ana/home/")

    answer = chooses(desk, "0")

    assert (answer.status_code, "There is no calendar at this address." in answer.text) == (400, True)
