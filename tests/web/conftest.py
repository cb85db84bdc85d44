import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.delivery import deliver_one
from scheduler.casework.outbox import extras_of
from scheduler.models import Consultation, Outbox, Task, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm
from tests.builders.staff import Watched, quick_hashes
from tests.builders.things import one_of_everything

START = "2026-11-27T17:00"
OTHER = "2026-11-30T18:00Z"
CHANGING_PAGES = ["move", "cancel", "not-now"]
DEVICES = [
    pytest.param({}, 60, id="only she sees it"),
    pytest.param({"device_safe": "not_sure"}, 15, id="she is not sure who sees her device"),
    pytest.param({"device_safe": "no"}, 15, id="others see her device"),
    pytest.param({"phone_shared": "shared_unsafe"}, 15, id="others see her phone"),
    pytest.param({"phone_shared": "shared_safe"}, 60, id="people she trusts see her phone"),
]
"""What is answered of a device, and after how many minutes without a touch a page on it closes."""


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return quick_hashes(monkeypatch)


@pytest.fixture
def one_attorney(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")


@pytest.fixture
def booked(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    return a_booking(app, START)


@pytest.fixture
def page(app: Flask, booked: Consultation) -> str:
    return own_page(app, booked)


@pytest.fixture
def things(app: Flask) -> dict[str, str]:
    return one_of_everything(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


def prove(browser: Browser, path: str, year: str = "1990") -> None:
    browser.get(path)
    browser.follow(browser.post(path, birth_year=year))


def opens_the_letter(app: Flask, path: str) -> tuple[str, Browser]:
    """What the page of a letter says before she has proved who she is, and the browser that shows it then."""
    browser = Browser(app)
    while deliver_one(app.extensions["cita"]):
        pass
    browser.get(path)
    before = browser.text
    prove(browser, path)
    browser.get(path)
    return before, browser


def prove_by_code(browser: Browser, app: Flask, call: Consultation, path: str) -> None:
    browser.get(path)
    browser.follow(browser.post(path, send_code="1"))
    letter = db.session.scalars(select(Outbox).where(Outbox.kind == "otp", Outbox.intake_id == call.intake_id)).one()
    browser.follow(browser.post(path, code=extras_of(app.extensions["cita"], letter)["code"]))


def letters(consultation: Consultation, kind: str) -> list[Outbox]:
    db.session.rollback()
    mine = select(Outbox).where(Outbox.consultation_id == consultation.id, Outbox.kind == kind)
    return list(db.session.scalars(mine.order_by(Outbox.created_at)))


def tasks(kind: str) -> list[Task]:
    db.session.rollback()
    return list(db.session.scalars(select(Task).where(Task.kind == kind)))
