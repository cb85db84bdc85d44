"""Whom somebody of the firm may not hear: an intake that screens her off is not there for her, wherever she looks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from scheduler.casework import audit
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake, Task, Upload, db

Whose: TypeAlias = Select[UUID, list[int]]

_OFF: Whose = select(Intake.id, Intake.screened_off)
WHOSE: Mapping[str, tuple[Whose, InstrumentedAttribute[Any]]] = MappingProxyType(
    {
        **dict.fromkeys(("intake_id", "other_id", "declined_id", "decided_id", "review_id"), (_OFF, Intake.id)),
        "consultation_id": (_OFF.join(Consultation, Consultation.intake_id == Intake.id), Consultation.id),
        "task_id": (_OFF.join(Task, Task.intake_id == Intake.id), Task.id),
        "upload_id": (_OFF.join(Upload, Upload.intake_id == Intake.id), Upload.id),
        "ref": (_OFF, Intake.ref),
    }
)
"""What an address names, each with the intake that it is of."""

NOBODYS = frozenset({"calendar_id", "fact_id", "list_id", "number", "page", "stay_id"})
"""What an address names that is of no intake."""


def is_screened_off(parts: Parts, who: SignedIn, named: Mapping[str, object], asked_for: str) -> bool:
    """
    Whether something that an address names is of an intake she may not hear; that she asked for it is written down.

    `who.person` is an attorney's number: her own, or that of whom she works for, whose walls are hers too.
    """
    if who.person is None:
        return False
    behind = [
        intake_id
        for name, value in named.items()
        if name in WHOSE
        for intake_id, off in db.session.execute(WHOSE[name][0].where(WHOSE[name][1] == value))
        if who.person in off
    ]
    for intake_id in behind:
        with writing() as session:
            audit.record(session, parts, who.actor, "refused_screened_off", f"intake:{intake_id}", page=asked_for)
    return bool(behind)


def seen_by(who: SignedIn) -> tuple[ColumnElement[bool], ...]:
    """Conditions on the intakes of a list: none that she may not hear, and what is of no intake at all."""
    if who.person is None:
        return ()
    walled = db.session.execute(_OFF.where(cast(Intake.screened_off, Text) != "[]"))
    behind = [intake_id for intake_id, off in walled if who.person in off]
    return (or_(Intake.id.is_(None), Intake.id.not_in(behind)),) if behind else ()
