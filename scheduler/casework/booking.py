"""A time is booked, once, with everything that follows from it in the same commit."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.casework import announcing, desk_booking, following, links, promises, rooms, seats, slots
from scheduler.casework.desk_booking import ByDesk, NotWarned
from scheduler.casework.firm import FIRM
from scheduler.casework.parts import Parts
from scheduler.casework.rows import Attorney
from scheduler.casework.slots import Clash, NotOffered, SlotTaken
from scheduler.casework.transaction import writing
from scheduler.casework.wanted import NotBookable, Wanted, wanted
from scheduler.engine.invitation.identity import new_uid
from scheduler.engine.states import APPOINTED, TAKES_TIME, Actor, ConsultationState, IntakeState, move_consultation
from scheduler.models import Block, ClientLink, Consultation, ConsultationChange, Intake
from scheduler.models.database import adopt, columns
from scheduler.models.prepared import Prepared, ask_ahead

__all__ = ["BookSlot", "ByDesk", "NotBookable", "NotOffered", "NotWarned", "SlotTaken", "book"]

FIRST = "first"
HAS = TAKES_TIME & APPOINTED
HELD, TENTATIVE, BOOKED = ConsultationState.HELD, ConsultationState.TENTATIVE, ConsultationState.BOOKED

INTAKE = Prepared(
    select(
        *Intake.__table__.c,
        Consultation.id.label("booked"),
        Consultation.state.label("booked_state"),
        Consultation.idempotency_key.label("submit"),
    )
    .outerjoin(Consultation, Consultation.intake_id == Intake.id)
    .where(Intake.id == bindparam("intake"))
    .order_by(Consultation.starts_at)
)
ROW, BLOCK, CHANGES, LINKS = map(Prepared, map(insert, (Consultation, Block, ConsultationChange, ClientLink)))


@dataclass(frozen=True, slots=True)
class BookSlot:
    """
    This intake takes the start (aware, whole minutes). `key` tells a later booking of it from a repeated submit.

    `by_desk` is whoever of the staff books it for her.
    """

    intake_id: UUID
    start: datetime
    call_mode: str
    key: str = FIRST
    by_desk: ByDesk | None = None


class BookedMeanwhile(Exception):
    """The same submit came twice at once and the other one was quicker: its consultation is the answer."""


def book(parts: Parts, request: BookSlot) -> Consultation:
    """
    Book the slot and put its letters in the outbox, or do neither; a repeated submit gets what the first one booked.

    Raises:
        SlotTaken: Another booking holds a part of the slot, or has filled the day.
        NotOffered: The slot was never offered to this intake.
        NotBookable: The intake chooses no time itself.
        NotWarned: The desk books against a rule of which it was not warned.
        KeyGone: It was purged.
    """
    try:
        return _with_whom_it_can_be(parts, request)
    except BookedMeanwhile:
        return _with_whom_it_can_be(parts, request)


def _with_whom_it_can_be(parts: Parts, request: BookSlot) -> Consultation:
    """One transaction for each attorney who is tried: hardly ever a second, and the first pays for no savepoint."""
    tried: set[tuple[int, ...]] = set()
    while True:
        try:
            with writing() as session:
                return _book(session, parts, request, tried)
        except Clash as quicker:
            tried.add(quicker.numbers)


def _book(session: Session, parts: Parts, request: BookSlot, tried: Collection[tuple[int, ...]]) -> Consultation:
    now = parts.clock.now()
    ahead = slots.ahead(request.start, now, request.intake_id)
    ask_ahead(session, (INTAKE, {"intake": request.intake_id}), (FIRM, {}), *ahead)
    intake, booked, holds = _intake(session, request)
    if booked is not None:
        return booked
    parts = replace(parts, keyring=parts.keyring.holding(intake.id))
    want = wanted(parts, intake, now, is_booked=request.by_desk is not None)
    if request.by_desk is not None:
        desk_booking.refuse_unwarned(session, want, request.start, request.by_desk)
        want = desk_booking.bent(want, request.by_desk.attorney)
    able = [one for one in slots.candidates(session, want, request.start) if one.numbers not in tried]
    if not able:
        raise SlotTaken(request.start)
    consultation = _consultation(parts, want, able[0], request, _state(intake))
    if holds:
        slots.free_own(session, intake.id, want.now)
    pair = links.mint(parts, consultation)
    _write(session, want, able[0], consultation, pair, request)
    announce = announcing.saved if consultation.state == TENTATIVE else announcing.booked
    announce(session, parts, consultation, intake, want.answers)
    following.see_to(session, want, intake, consultation, request.by_desk)
    following.chain(session, parts, consultation, request.by_desk)
    return consultation


def _state(intake: Intake) -> ConsultationState:
    """Nobody is heard before a person has decided on the names."""
    return TENTATIVE if intake.state == IntakeState.CONFLICT_REVIEW else BOOKED


def _intake(session: Session, request: BookSlot) -> tuple[Intake, Consultation | None, bool]:
    """
    The intake, as a row of which nothing is changed here, what it has booked already, and whether it holds a time.

    Raises:
        NotBookable: There is none, or the same submit had booked and that consultation is over.
    """
    found = INTAKE.rows(session, intake=request.intake_id)
    if not found:
        raise NotBookable(request.intake_id)
    for row in found:
        if row.booked_state in HAS:
            return row, session.get_one(Consultation, row.booked), False
    if any(row.submit == _key(request) for row in found):
        raise NotBookable(request.key)
    return found[0], None, any(row.booked_state == HELD for row in found)


def _key(request: BookSlot) -> str:
    return f"{request.intake_id}:{request.key}"


def _consultation(
    parts: Parts, want: Wanted, one: Attorney, request: BookSlot, state: ConsultationState
) -> Consultation:
    consultation = Consultation(
        id=uuid4(),
        intake_id=want.intake_id,
        idempotency_key=_key(request),
        state=move_consultation(HELD, state, Actor.SYSTEM),
        starts_at=request.start,
        ends_at=request.start + timedelta(minutes=want.length),
        booked_at=want.now,
        client_zone=want.place.zone,
        call_mode=request.call_mode,
        uid=new_uid(parts.mail_from.rpartition("@")[2]),
        sequence=0,
        dtstamp=want.now.replace(microsecond=0),
    )
    seats.sit(consultation, one)
    if request.call_mode == rooms.VIDEO:
        rooms.furnish(parts, consultation)
    return consultation


def _write(  # noqa: PLR0917 - what the transaction has found out already
    session: Session,
    want: Wanted,
    one: Attorney,
    consultation: Consultation,
    pair: list[dict[str, Any]],
    request: BookSlot,
) -> None:
    """
    The consultation and what is written with it, under the lock of the attorney's row.

    That is let go by the caller's rollback.

    Raises:
        Clash: Her time is taken.
        BookedMeanwhile: The same submit has booked already.
    """
    try:
        with slots.taking(session, want, one, consultation.starts_at):
            ROW.write(session, columns(consultation))
            BLOCK.write(session, *seats.blocks(consultation, one.team, *consultation.span))
            LINKS.write(session, *pair)
            CHANGES.write(session, *following.history(consultation, request.by_desk))
            promises.not_called_to_book(session, want.intake_id, want.now)
    except IntegrityError as refused:
        raise BookedMeanwhile(want.intake_id) from refused
    adopt(session, consultation)
