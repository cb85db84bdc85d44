"""Who of the firm may not hear somebody: never offered and never booked; what is booked with them is called out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, slots, tasks
from scheduler.casework.cases import at_the_desk
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import APPOINTED, TAKES_TIME
from scheduler.models import Consultation, Intake, Person, db

RESEAT_TASK = "reseat_screened"


@dataclass(frozen=True, slots=True)
class Screen:
    """An intake, and everybody of the firm by number and name; `off` are the numbers of those who may not hear her."""

    ref: str
    people: tuple[tuple[int, str], ...] = field(repr=False)
    off: frozenset[int]


def screen(intake_id: UUID) -> Screen:
    """
    Who may not hear her.

    Raises:
        NotThere: It is none that the desk can open.
    """
    intake = at_the_desk(db.session(), intake_id)
    found = db.session.execute(select(Person.number, Person.name).where(Person.active).order_by(Person.number))
    return Screen(intake.ref, tuple((number, name) for number, name in found), frozenset(intake.screened_off))


def screen_off(parts: Parts, who: SignedIn, intake_id: UUID, numbers: Collection[int]) -> None:
    """
    Say who may not hear her, in place of whom it was before; somebody at the desk changes what is booked with them.

    Raises:
        NotThere: It is none that the desk can open.
    """
    with writing() as session:
        off = set(session.scalars(select(Person.number))) & set(numbers)
        slots.lock_all(session, off)
        intake = at_the_desk(session, intake_id, lock=True)
        put_up(session, intake, off, parts.clock.now())
        audit.record(session, parts, who.actor, "screened_off", f"intake:{intake_id}", people=intake.screened_off)


def put_up(session: Session, intake: Intake, off: Collection[int], now: datetime) -> None:
    """These may not hear her, in the caller's transaction, which has locked their rows: whoever books looks again."""
    intake.screened_off = sorted(off)
    mine = select(Consultation).where(
        Consultation.intake_id == intake.id, Consultation.state.in_(TAKES_TIME & APPOINTED)
    )
    for call in session.scalars(mine):
        if set(call.people) & set(off):
            again = f"{call.sequence}"
            tasks.add(session, RESEAT_TASK, due_at=now, now=now, intake=intake, consultation=call, again=again)
