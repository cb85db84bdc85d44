"""The disk is full: whoever sends reads a number to call, nothing is half, and with room again it goes on by itself."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, event, text
from werkzeug.test import TestResponse

from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Upload, db
from tests.builders.browser import TOKEN, Browser, a_booking, own_page
from tests.builders.files import RECORDING
from tests.builders.firm import a_firm, an_intake
from tests.builders.halves import booked_refs, halves
from tests.web.conftest import START, prove

pytestmark = pytest.mark.fault

MOST_PAGES = 2**31
PHONE = "+12135550100"
LONG_HOURS = dict.fromkeys(range(6), "8:00-20:00")
TRIES = 60
SOUND = RECORDING + bytes(8 * 2**20)


@dataclass
class Disk:
    """A disk that has no page left for the database, or has again."""

    is_full: bool = False

    def at_begin(self, connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages if self.is_full else MOST_PAGES}")


@pytest.fixture
def disk(app: Flask) -> Iterator[Disk]:
    disk = Disk()
    event.listen(db.engine, "begin", disk.at_begin)
    yield disk
    event.remove(db.engine, "begin", disk.at_begin)


def sends(browser: Browser) -> TestResponse:
    """She takes the first time."""
    assert browser.get("/apply/time").status_code == 200
    return browser.post("/apply/time", slot_id=next(iter(browser.slots)), call_mode="phone")


def until_it_is_refused(app: Flask, disk: Disk) -> tuple[Browser, TestResponse]:
    """One after the other books, until somebody is told that it cannot be."""
    waiting = [Browser(app).with_intake(an_intake(app)) for _ in range(TRIES)]
    db.session.remove()
    disk.is_full = True
    for browser in waiting:
        answer = sends(browser)
        if answer.status_code != 303:
            return browser, answer
    raise AssertionError("the disk never became full")


@pytest.fixture
def firm(app: Flask) -> None:
    a_firm(app).with_attorney("Ana", hours=LONG_HOURS).with_attorney("Eva", hours=LONG_HOURS)


def test_who_books_reads_whom_to_call_and_nothing_is_half(app: Flask, firm: None, disk: Disk) -> None:
    browser, answer = until_it_is_refused(app, disk)

    assert (answer.status_code, PHONE in answer.text) == (503, True)
    assert halves() == []
    assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert browser.get("/apply/time").status_code == 200


def test_with_room_again_the_same_form_books(app: Flask, firm: None, disk: Disk) -> None:
    browser, _refused = until_it_is_refused(app, disk)
    before = booked_refs()
    db.session.remove()
    disk.is_full = False

    answer = sends(browser)

    assert (answer.status_code, len(booked_refs() - before), halves()) == (303, 1, [])


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of ours grows beyond this many bytes, as on a disk that is full."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def kept_by(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def recording(browser: Browser, path: str) -> bytes:
    """The form with a long recording, as it goes over the wire."""
    browser.get(path)
    token = TOKEN.search(browser.seen.text)
    parts = [
        ('name="csrf_token"', (token.group(1) if token else "").encode()),
        ('name="uploads"; filename="a.ogg"\r\nContent-Type: audio/ogg', SOUND),
    ]
    lines = b"".join(b"--b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (n.encode(), v) for n, v in parts)
    return lines + b"--b--\r\n"


def send(browser: Browser, path: str, body: bytes) -> TestResponse:
    with browser.app.app_context():
        return browser.client.post(path, data=body, content_type="multipart/form-data; boundary=b")


@pytest.mark.parametrize(
    "room",
    [
        pytest.param(len(SOUND) // 2, id="while it comes"),
        pytest.param(len(SOUND) + 8, id="while it is sealed, which makes it a little longer"),
    ],
)
def test_of_a_file_for_which_there_is_no_room_nothing_stays(app: Flask, parts: Parts, firm: None, room: int) -> None:
    browser = Browser(app)
    path = f"{own_page(app, a_booking(app, START, state=IntakeState.CLEARED))}/files"
    prove(browser, path)
    body = recording(browser, path)
    with files_of_at_most(room):
        refused = send(browser, path, body)
    left = kept_by(parts.uploads)

    again = send(browser, path, body)

    assert (refused.status_code, PHONE in refused.text, left) == (503, True, [])
    assert (again.status_code, db.session.query(Upload).count()) == (303, 1)
