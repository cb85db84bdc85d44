"""One client, one consultation, one brief, as somebody of the firm opens it: each look is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, looks, triage
from scheduler.casework.access import Permission, Role, answers_for, permissions
from scheduler.casework.assigned import is_assigned, is_confirmed
from scheduler.casework.desk import short_name
from scheduler.casework.diary import Booked, ToDo, booked, to_do
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.reach import Reach, reach
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.states import APPOINTED, Actor, ConsultationState, IntakeState
from scheduler.models import Consultation, Intake, Person, Staff, Task, db

UNSEEN = frozenset({IntakeState.DRAFT, IntakeState.EXPIRED, IntakeState.ABANDONED_BY_EXIT, IntakeState.PURGED})
"""Not sent to the firm, or gone: nobody opens it."""


class NotThere(Exception):
    """There is none, or it is not for the one who asks; which of the two is never told."""


class NotConfirmed(Exception):
    """No attorney has confirmed yet that nothing speaks against this call."""

    def __init__(self, intake_id: UUID) -> None:
        super().__init__(str(intake_id))
        self.intake_id = intake_id


@dataclass(frozen=True, slots=True)
class Case:
    """
    One intake, as far as its reader may see it; `answers` hold no field that her roles do not open.

    `zone` is the client's clock, `place` its name (a msgid) or None; `locale` the language of her pages.
    """

    id: UUID
    ref: str
    state: str
    level: str | None
    see_by: datetime | None
    event_at: datetime | None
    flags: tuple[str, ...]
    name: str = field(repr=False)
    zone: str
    place: str | None = field(repr=False)
    reach: Reach
    since: datetime
    locale: str
    answers: Mapping[str, Any] = field(repr=False)
    consultations: tuple[Booked, ...] = ()
    tasks: tuple[ToDo, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """One of the staff who can be named as the one who calls."""

    id: UUID
    name: str = field(repr=False)


def at_the_desk(session: Session, intake_id: UUID, *, lock: bool = False) -> Intake:
    """
    An intake that the desk can open; with `lock` nobody else changes it until the caller's transaction ends.

    Raises:
        NotThere: There is none.
    """
    intake = session.get(Intake, intake_id, with_for_update=lock or None)
    if intake is None or intake.state in UNSEEN:
        raise NotThere
    return intake


def open_case(parts: Parts, who: SignedIn, intake_id: UUID) -> Case:
    """
    Open an intake at the desk.

    Raises:
        NotThere: It is none that the desk can open.
    """
    return _case(parts, who, db.session.get(Intake, intake_id), "intake_viewed")


def open_brief(parts: Parts, who: SignedIn, ref: str) -> tuple[Case, Booked]:
    """
    Open the brief of a consultation by its reference; only its own attorney does, once somebody said that she may.

    Raises:
        NotThere: There is none, or it is another's, or the names are not decided on.
        NotConfirmed: It is hers, and she, or another attorney, has still to look at the names.
    """
    hers = (Intake.ref == ref, Consultation.attorney == (who.person or 0))
    theirs = booked(*hers, Consultation.state.in_(APPOINTED - {ConsultationState.TENTATIVE}))
    if not theirs:
        raise NotThere
    intake = db.session.get_one(Intake, theirs[-1].intake_id)
    if not is_confirmed(intake):
        raise NotConfirmed(intake.id)
    case = _case(parts, who, intake, "brief_read")
    return case, theirs[-1]


def open_consultation(parts: Parts, who: SignedIn, consultation_id: UUID) -> Booked:
    """
    Open a consultation at the desk.

    Raises:
        NotThere: There is none.
    """
    found = booked(Consultation.id == consultation_id)
    if not found:
        raise NotThere
    _write_down(parts, who, "consultation_viewed", f"consultation:{consultation_id}")
    return found[0]


def callers() -> tuple[Caller, ...]:
    """The staff who can call a client, by name."""
    people = db.session.scalars(select(Staff).where(Staff.active).order_by(Staff.name, Staff.id))
    return tuple(Caller(one.id, one.name) for one in people if Permission.DO_TASKS in permissions(one.roles))


@dataclass(frozen=True, slots=True)
class Bookable:
    """An attorney or an interpreter who can be booked."""

    number: int
    name: str = field(repr=False)
    zone: str


def bookable() -> tuple[Bookable, ...]:
    """Those who can be booked, by number."""
    people = db.session.execute(select(Person).where(Person.active).order_by(Person.number)).scalars()
    return tuple(Bookable(one.number, one.name, one.zone) for one in people)


def actor_of(who: SignedIn) -> Actor:
    """As whom she moves and cancels: the desk where that is her work, else the attorney."""
    return Actor.RECEPTIONIST if Role.RECEPTIONIST in who.roles else Actor.ATTORNEY


def _case(parts: Parts, who: SignedIn, intake: Intake | None, action: str) -> Case:
    if intake is None or intake.state in UNSEEN:
        raise NotThere
    now = parts.clock.now()
    own = is_assigned(who, intake)
    try:
        answers = answers_for(parts, intake, who.roles, assigned=own and is_confirmed(intake))
    except KeyGone:
        raise NotThere from None
    place = triage.her_place(answers, now)
    case = Case(
        id=intake.id,
        ref=intake.ref,
        state=intake.state,
        level=intake.urgency,
        see_by=intake.must_be_seen_by,
        event_at=intake.event_at,
        flags=tuple(intake.flags),
        name=short_name(answers),
        zone=place.zone,
        place=place.label,
        reach=reach(answers, intake.flags, place.zone, now),
        since=intake.submitted_at or intake.changed_at,
        locale=intake.locale,
        answers=answers,
        consultations=booked(Consultation.intake_id == intake.id),
        tasks=to_do(parts, Task.intake_id == intake.id),
    )
    _write_down(parts, who, action, f"intake:{case.id}", own=own)
    return case


def _write_down(parts: Parts, who: SignedIn, action: str, subject: str, *, own: bool = True) -> None:
    with writing() as session:
        facts = {} if own else looks.watched(session, parts, who)
        audit.record(session, parts, who.actor, action, subject, **facts)
