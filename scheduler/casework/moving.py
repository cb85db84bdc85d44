"""A consultation gets another time: the same row, the same UID, one commit with all that follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.casework import announcing, changes, earlier, links, seats, slots
from scheduler.casework.announcing import Before
from scheduler.casework.cancelling import Cancel, NoOffer, cancel
from scheduler.casework.changes import Change, NoSuchConsultation
from scheduler.casework.parts import Parts
from scheduler.casework.rows import Attorney
from scheduler.casework.slots import Clash, NotOffered, SlotTaken
from scheduler.casework.transaction import keep
from scheduler.casework.wanted import NotBookable, Wanted, wanted
from scheduler.engine.intervals import Interval
from scheduler.engine.states import Actor, ConsultationState, Refused, move_consultation
from scheduler.models import Consultation

__all__ = [
    "Cancel",
    "MoveTo",
    "NoOffer",
    "NoSuchConsultation",
    "NotBookable",
    "NotOffered",
    "Refused",
    "SlotTaken",
    "TooLate",
    "TooManyMoves",
    "cancel",
    "move",
]

NOTHING: Mapping[int, tuple[Interval, ...]] = MappingProxyType({})
MOST_MOVES = 3
LATEST_MOVE = timedelta(hours=2)
NOT_NOW = "not_now"


class TooLate(Exception):
    """The call is less than two hours away: she telephones, or says that she cannot talk now."""


class TooManyMoves(Exception):
    """She has moved it three times herself; now she telephones."""


@dataclass(frozen=True, slots=True)
class MoveTo:
    """
    This consultation shall start then (aware, whole minutes); staff is named by its id.

    With `not_now` she cannot talk at the time she has: no limit of hers holds, and it is not counted.
    """

    consultation_id: UUID
    start: datetime
    actor: Actor = Actor.CLIENT
    staff_id: UUID | None = None
    not_now: bool = False


def move(parts: Parts, request: MoveTo) -> Consultation:
    """
    Move a consultation to another time that is offered; its attorney keeps it if she has that time.

    The time it has already is no move, so that a repeated submit changes nothing.

    Raises:
        NoSuchConsultation: There is none.
        Refused: It is over, or this actor may not move it.
        TooLate: A client moves it less than two hours before.
        TooManyMoves: A client has moved it three times.
        NotOffered: The time was never offered to her.
        SlotTaken: Somebody was quicker.
        NotBookable: The intake is closed.
        KeyGone: It was purged.
    """
    return changes.in_one_commit(lambda session: move_in(session, parts, request))


def move_in(
    session: Session, parts: Parts, request: MoveTo, *, busy: Mapping[int, tuple[Interval, ...]] = NOTHING
) -> Consultation:
    """The same in a transaction that is already open; `busy` is time that is taken later in it, by number."""
    change = changes.begin(session, parts, request.consultation_id, request.actor, request.staff_id)
    state = _next_state(change, request)
    consultation = change.consultation
    if consultation.starts_at == request.start:
        return consultation
    if request.actor is Actor.CLIENT and not request.not_now:
        _refuse_client(change)
    want = replace(wanted(parts, change.intake, change.now, is_booked=True), second=consultation.second, busy=busy)
    one = _taken_by(change, want, request.start)
    keep(session, change.intake.id)
    before = Before.of(consultation)
    _rewrite(change, want, one, request)
    change.note(state, before.starts_at, NOT_NOW if request.not_now else None)
    links.extend(session, consultation)
    if consultation.starts_at <= want.outcome.must_be_seen_by:
        earlier.found(session, consultation.intake_id, change.now)
    announcing.moved(session, parts, consultation, change.intake, want.answers, before=before)
    change.chain("consultation_moved", start=consultation.starts_at.isoformat())
    return consultation


def _next_state(change: Change, request: MoveTo) -> ConsultationState:
    """What is tentative stays so; everything else is booked anew, and no longer confirmed."""
    old = change.state
    new = old if old is ConsultationState.TENTATIVE else ConsultationState.BOOKED
    return move_consultation(old, new, request.actor)


def _refuse_client(change: Change) -> None:
    consultation = change.consultation
    if consultation.starts_at - change.now < LATEST_MOVE:
        raise TooLate(consultation.id)
    if consultation.client_moves >= MOST_MOVES:
        raise TooManyMoves(consultation.id)


def _taken_by(change: Change, want: Wanted, start: datetime) -> Attorney:
    """
    Who takes it at that time: its own attorney where she can, else the least loaded.

    Raises:
        NotOffered: Nobody ever could.
        SlotTaken: Nobody can any more.
    """
    fitting = slots.candidates(change.session, want, start)
    for one in sorted(fitting, key=lambda one: one.number != change.consultation.attorney):
        try:
            _put_block(change, want, one, start)
        except Clash:
            continue
        return one
    raise SlotTaken(start)


def _put_block(change: Change, want: Wanted, one: Attorney, start: datetime) -> None:
    """Put the consultation's own blocks where they go, under the locks of all whose time it takes or took."""
    consultation, session = change.consultation, change.session
    with session.begin_nested(), slots.taking(session, want, one, start, also=consultation.people):
        change.refuse_if_changed()
        seats.put(change, one, start, start + timedelta(minutes=want.length))


def _rewrite(change: Change, want: Wanted, one: Attorney, request: MoveTo) -> None:
    consultation, start = change.consultation, request.start
    consultation.starts_at, consultation.ends_at = start, start + timedelta(minutes=want.length)
    seats.sit(consultation, one)
    consultation.client_zone, consultation.partstat = want.place.zone, "NEEDS-ACTION"
    change.next_version()
    if request.not_now:
        consultation.not_now_at = change.now
    elif request.actor is Actor.CLIENT:
        consultation.client_moves += 1
