"""A firm with people who can be booked, and intakes that ask for a time: rows as the use cases leave them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select

from scheduler.casework import triage
from scheduler.casework.documents import seal_answers
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.conflicts import Status
from scheduler.engine.states import IntakeState
from scheduler.models import Closure, Firm, Intake, Model, Override, Person, Stay, WorkingHours, db

NINE_TO_FIVE = "9:00-17:00"
WEEKDAYS = range(5)

SETTINGS: Mapping[str, Any] = {
    "opens": 9 * 60,
    "closes": 18 * 60,
    "weekdays": [0, 1, 2, 3, 4],
    "horizon_days": 30,
    "base_length": 45,
    "notice_minutes": None,
    "staff_languages": ["es", "en"],
    "video_pattern": "https://meet.example/{random}",
    "neutral_site": {"US": "https://example.com", "MX": "https://example.com", "": "https://example.com"},
    "event_margin_hours": 24,
    "auto_clear": True,
    "conflict_names": {"how": "list", "by": "Robin Desk", "at": "2026-11-02T17:00:00+00:00"},
}
TEXTS: Mapping[str, Any] = {"cost": {"en": "No charge.", "es": "Sin costo."}}

ANSWERS: Mapping[str, Any] = {
    "ui_locale": "es",
    "device_safe": "yes",
    "immediate_danger": "no",
    "filler_role": "self",
    "spoken_language": "es",
    "contact_channel": "sms",
    "contact_phone": "+526641234567",
    "phone_shared": "only_me",
    "may_write": "yes",
    "can_leave_message": "neutral",
    "given_names": "Rosa Elena",
    "family_names": "Hernández Paz",
    "birth_date": {"y": 1990, "m": 5, "d": 3, "precision": "day", "unknown": False},
    "nationality_country": ["HN"],
    "current_country": "MX",
    "mx_city": "tijuana",
    "detained_now": "no",
    "ever_in_us": "never",
    "waiting_in_mexico_program": "no",
    "court_papers": "no",
    "other_deadline": "no",
    "conflict_people_any": "no",
    "current_attorney": "no",
    "ack_no_relationship": True,
    "consent_privacy": True,
}
"""Part A, answered in Spanish from Tijuana: nothing urgent, texts are welcome."""

STATUSES = {IntakeState.CLEARED: Status.CLEAR, IntakeState.CONFLICT_REVIEW: Status.REVIEW}

_refs = count(1)


def minutes(text: str) -> tuple[int, int]:
    """`9:00-17:30` as minutes of the day."""
    begin, end = (piece.split(":") for piece in text.split("-"))
    return int(begin[0]) * 60 + int(begin[1]), int(end[0]) * 60 + int(end[1])


@dataclass
class AFirm:
    """The firm of a test; every word adds to it and gives it back."""

    app: Flask
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def parts(self) -> Parts:
        found: Parts = self.app.extensions["cita"]
        return found

    def with_attorney(self, name: str, **changes: Any) -> "AFirm":
        """An attorney; see `_with_person` for what can be said about her."""
        return self._with_person(name, "attorney", **changes)

    def with_interpreter(self, name: str, **changes: Any) -> "AFirm":
        return self._with_person(name, "interpreter", **changes)

    def closed_on(self, day: date) -> "AFirm":
        with writing() as session:
            session.add(Closure(day=day, reason="closed"))
        return self

    def with_override(self, name: str, day: date, *windows: str) -> "AFirm":
        """Other hours on one day of hers; no windows close it."""
        times: list[tuple[int, int] | tuple[None, None]] = [minutes(window) for window in windows] or [(None, None)]
        with writing() as session:
            who = self.people[name].id
            session.add_all(Override(person_id=who, day=day, start=start, end=end) for start, end in times)
        return self

    def with_stay(self, name: str, first: date, last: date, zone: str) -> "AFirm":
        """Local days, both included, that she spends in another zone."""
        with writing() as session:
            session.add(Stay(person_id=self.people[name].id, first_day=first, last_day=last, zone=zone))
        return self

    def number(self, name: str) -> int:
        return self.people[name].number

    def _with_person(
        self,
        name: str,
        kind: str,
        *,
        zone: str = "America/Los_Angeles",
        hours: str | Mapping[int, str] = NINE_TO_FIVE,
        languages: tuple[str, ...] = ("es", "en"),
        **columns: Any,
    ) -> "AFirm":
        """Weekly `hours` are one window for Monday to Friday, or windows by weekday; `columns` are Person's."""
        week = dict.fromkeys(WEEKDAYS, hours) if isinstance(hours, str) else hours
        with writing() as session:
            number = columns.pop("number", None) or (session.scalar(select(func.max(Person.number))) or 0) + 1
            person = Person(
                id=uuid4(),
                number=number,
                kind=kind,
                name=name,
                email=f"{name.lower()}@firm.example",
                zone=zone,
                languages=list(languages),
                **columns,
            )
            session.add(person)
            session.flush()
            for weekday, window in week.items():
                start, end = minutes(window)
                session.add(WorkingHours(person_id=person.id, weekday=weekday, start=start, end=end))
        self.people[name] = person
        return self


def a_firm(
    app: Flask, *, texts: Mapping[str, Any] = TEXTS, zone: str = "America/Los_Angeles", **settings: Any
) -> AFirm:
    """The firm "Citas LEU" with nobody in it yet; settings may be given by name."""
    row = Firm(
        id=1, alias="Citas LEU", phone="+12135550100", zone=zone, settings={**SETTINGS, **settings}, texts=dict(texts)
    )
    with writing() as session:
        session.merge(row)
    return AFirm(app)


def an_intake(
    app: Flask, *, state: IntakeState = IntakeState.CLEARED, status: Status | None = None, **answers: Any
) -> Intake:
    """
    An intake with these answers instead of the usual ones (None takes one away), submitted now.

    `status` is how far its conflict check has come: as far as its state says where none is given.
    """
    parts: Parts = app.extensions["cita"]
    now: datetime = parts.clock.now()
    said = {name: value for name, value in {**ANSWERS, **answers}.items() if value is not None}
    intake = Intake(id=uuid4(), ref=f"T{next(_refs):07d}", state=state, locale=said["ui_locale"])
    intake.language, intake.zone = said["spoken_language"], triage.her_place(said, now).zone
    intake.created_at = intake.changed_at = intake.submitted_at = now
    intake.conflict_status = status or STATUSES.get(state)
    parts.keyring.make(intake.id)
    outcome = triage.assess(firm(), said, now)
    triage.store(intake, outcome)
    seal_answers(parts, intake, {**said, **triage.sealed(outcome)})
    with writing() as session:
        session.add(intake)
    return intake


def again(model: type[Model], row: UUID) -> Any:
    """The row as the database has it now."""
    db.session.rollback()
    return db.session.get(model, row, populate_existing=True)
