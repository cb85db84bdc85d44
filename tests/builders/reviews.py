"""Intakes whose names wait for a decision, who decides on them, and what waits for others meanwhile."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from scheduler.casework import openings
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.models import Consultation, Intake, Outbox, Task, db
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.builders.names import keep, known
from tests.builders.staff import a_login, who_is

AGAINST: dict[str, Any] = {"conflict_people_any": "yes", "conflict_people": [("Carlos Mendoza Ruiz", "person_against")]}


def judge(app: Flask) -> SignedIn:
    return who_is(a_login(app, "conflicts"))


def tentative(app: Flask, parts: Parts) -> Consultation:
    """Sent to a firm that clears nothing by itself, and booked for the time being."""
    a_firm(app, auto_clear=False).with_attorney("Ana")
    intake = Client(app).through_all_pages().row
    return book(parts, BookSlot(intake.id, openings.offered(parts, intake.id).starts[-1], "phone"))


def a_hit(app: Flask, parts: Parts, **answers: Any) -> Intake:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    return Client(app).through_all_pages(**{**AGAINST, **answers}).row


def letters(state: str = "waiting") -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Outbox.kind).where(Outbox.state == state)))


def open_tasks() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Task.kind).where(Task.done_at.is_(None))))
