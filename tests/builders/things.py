"""One of everything that an address can name, and how each is asked for."""

from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from scheduler.casework import calendars
from scheduler.casework.conflict_lists import send
from scheduler.casework.deciding import clear
from scheduler.casework.facts import SaveFact, add_help
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Incoming, add
from scheduler.channels.calendars import Kind, Source
from scheduler.engine.conflicts import Why
from scheduler.engine.states import IntakeState
from scheduler.models import ConflictReview, Consultation, Intake, Task, Upload, db
from tests.builders.browser import Browser, a_booking
from tests.builders.files import a_file, a_photo
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import a_login, confirm_names, who_is
from tests.conftest import TUESDAY

FACTS_OF_HERS = "<any(contact,where,dates):page>"
BY_PHONE = "<any(language,contact,about,where,arrival,dates,names,notices):page>"


def a_place_of_help(app: Flask) -> UUID:
    who = who_is(a_login(app, "admin"))
    words = {"en": "Beds", "es": "Camas"}
    return add_help(app.extensions["cita"], who, SaveFact(words, {"city": "Tijuana", "name": "Casa"}))


def under_review(app: Flask) -> UUID:
    intake = an_intake(app, state=IntakeState.CONFLICT_REVIEW, contact_phone="+526641110000")
    with writing() as session:
        session.add(ConflictReview(intake_id=intake.id, why=Why.BY_PHONE, opened_at=TUESDAY, due_at=TUESDAY))
    return intake.id


def decided(app: Flask) -> UUID:
    """Cleared just now."""
    intake_id = an_intake(app, state=IntakeState.CONFLICT_REVIEW, contact_phone="+526641110001").id
    with writing() as session:
        session.add(ConflictReview(intake_id=intake_id, why=Why.BY_PHONE, opened_at=TUESDAY, due_at=TUESDAY))
    clear(app.extensions["cita"], who_is(a_login(app, "conflicts")), intake_id, "another Carlos")
    return intake_id


def a_photo_of_hers(app: Flask, intake_id: UUID) -> UUID:
    add(app.extensions["cita"], intake_id, Incoming(a_file(a_photo()), "a.jpg"))
    return db.session.scalars(select(Upload.id)).one()


def a_calendar(app: Flask) -> UUID:
    """One whose server does not answer."""
    source = Source(Kind.ICS, "http://127.0.0.1:9/ana.ics")
    with writing() as session:
        row, _is_new = calendars.put(session, app.extensions["cita"], 1, source)
    return row.id


def address(route: str, things: dict[str, str]) -> tuple[str, str]:
    method, path = route.split(" ", 1)
    for placeholder, thing in things.items():
        path = path.replace(placeholder, thing)
    return method, path


def ask(browser: Browser, route: str, things: dict[str, str]) -> int:
    method, path = address(route, things)
    if method == "GET":
        return browser.get(path).status_code
    browser.get("/staff")
    return browser.post(path).status_code


def first_attorney(things: dict[str, str]) -> int:
    ref = things["<ref>"]
    found = db.session.query(Consultation.attorney).join(Intake, Intake.id == Consultation.intake_id)
    return int(found.filter(Intake.ref == ref).scalar())


def one_of_everything(app: Flask) -> dict[str, str]:
    """A consultation of the first attorney with its client, and a task about her."""
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    call = a_booking(app, "2026-11-27T17:00")
    confirm_names(app, call.intake_id)
    with writing() as session:
        task = Task(dedupe="t", kind="call_back", intake_id=call.intake_id, due_at=TUESDAY, created_at=TUESDAY)
        session.add(task)
    return {
        "<uuid:upload_id>": str(a_photo_of_hers(app, call.intake_id)),
        "<uuid:fact_id>": str(a_place_of_help(app)),
        "<uuid:intake_id>": str(call.intake_id),
        "<uuid:list_id>": str(send(app.extensions["cita"], who_is(a_login(app, "attorney")), b"Name\nRosa Paz\n")),
        "<uuid:review_id>": str(under_review(app)),
        "<uuid:decided_id>": str(decided(app)),
        "<uuid:declined_id>": str(an_intake(app, state=IntakeState.DECLINED_CONFLICT).id),
        "<uuid:consultation_id>": str(call.id),
        "<uuid:other_id>": str(an_intake(app).id),
        "<uuid:task_id>": str(task.id),
        FACTS_OF_HERS: "where",
        BY_PHONE: "contact",
        "<int(max=999999999):number>": "2",
        "<uuid:stay_id>": str(uuid4()),
        "<uuid:calendar_id>": str(a_calendar(app)),
        "<ref>": db.session.get_one(Intake, call.intake_id).ref,
    }
