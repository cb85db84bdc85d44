"""The states of an intake and of a consultation, and who may move them from one to the next."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias, TypeVar


class Actor(StrEnum):
    """Who moves: a client by her token, somebody who helps her, a role of the firm, or the system by itself."""

    CLIENT = "client"
    HELPER = "helper"
    RECEPTIONIST = "receptionist"
    PARALEGAL = "paralegal"
    ATTORNEY = "attorney"
    CONFLICTS = "conflicts"
    ADMIN = "admin"
    SYSTEM = "system"


class IntakeState(StrEnum):
    """How far the request for help has come."""

    DRAFT = "draft"
    CALL_REQUESTED = "call_requested"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    ABANDONED_BY_EXIT = "abandoned_by_exit"
    CONFLICT_REVIEW = "conflict_review"
    CLEARED = "cleared"
    DECLINED_CONFLICT = "declined_conflict"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    CONVERTED = "converted"
    PURGED = "purged"


class ConsultationState(StrEnum):
    """How far one appointment has come."""

    HELD = "held"
    EXPIRED_HOLD = "expired_hold"
    TENTATIVE = "tentative"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    INTERRUPTED = "interrupted"
    NO_SHOW = "no_show"
    CANCELLED_CLIENT = "cancelled_client"
    CANCELLED_FIRM = "cancelled_firm"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


State: TypeAlias = IntakeState | ConsultationState
Moved = TypeVar("Moved", IntakeState, ConsultationState)
Actors: TypeAlias = frozenset[Actor]
IntakeMoves: TypeAlias = Mapping[IntakeState, Mapping[IntakeState, Actors]]
ConsultationMoves: TypeAlias = Mapping[ConsultationState, Mapping[ConsultationState, Actors]]


class Refused(Exception):
    """Nobody, or not this actor, may make that move; nothing was changed."""

    def __init__(self, old: State | None, new: State, actor: Actor) -> None:
        super().__init__(f"{actor} may not move {old or 'nothing'} to {new}")
        self.old, self.new, self.actor = old, new, actor


_I, _C, _A = IntakeState, ConsultationState, Actor


def _by(*actors: Actor) -> Actors:
    return frozenset(actors)


SYSTEM = _by(_A.SYSTEM)
ATTORNEY = _by(_A.ATTORNEY)
CONFLICTS = _by(_A.CONFLICTS)
HERSELF_OR_DESK = _by(_A.CLIENT, _A.RECEPTIONIST)
ASKING = _by(_A.CLIENT, _A.HELPER, _A.RECEPTIONIST)
FRONT = _by(_A.RECEPTIONIST, _A.PARALEGAL)
CASE = _by(_A.ATTORNEY, _A.PARALEGAL)
FIRM_CANCELS = _by(_A.ATTORNEY, _A.RECEPTIONIST)
FIRM_ENDS = FIRM_CANCELS | SYSTEM
"""Who ends what an attorney was invited to: the system too, when the intake is purged."""

MOVERS = _by(_A.CLIENT, _A.RECEPTIONIST, _A.ATTORNEY)
CONFIRMERS = _by(_A.SYSTEM, _A.RECEPTIONIST)

INTAKE_STARTS: Mapping[IntakeState, Actors] = MappingProxyType({_I.DRAFT: ASKING})
"""What an intake may begin as, and who may begin it."""

INTAKE_NEXT: IntakeMoves = MappingProxyType(
    {
        _I.DRAFT: {
            _I.CALL_REQUESTED: ASKING,
            _I.SUBMITTED: ASKING,
            _I.EXPIRED: SYSTEM,
            _I.ABANDONED_BY_EXIT: _by(_A.CLIENT, _A.HELPER),
            _I.WITHDRAWN: HERSELF_OR_DESK,
            _I.MERGED: FRONT,
        },
        _I.CALL_REQUESTED: {_I.SUBMITTED: FRONT, _I.WITHDRAWN: HERSELF_OR_DESK | SYSTEM, _I.MERGED: FRONT},
        _I.SUBMITTED: {
            _I.CONFLICT_REVIEW: SYSTEM,
            _I.CLEARED: SYSTEM,
            _I.WITHDRAWN: HERSELF_OR_DESK,
            _I.MERGED: FRONT,
            _I.PURGED: SYSTEM,
        },
        _I.CONFLICT_REVIEW: {
            _I.CLEARED: CONFLICTS,
            _I.DECLINED_CONFLICT: CONFLICTS,
            _I.WITHDRAWN: HERSELF_OR_DESK,
            _I.MERGED: FRONT,
        },
        _I.CLEARED: {
            _I.REFERRED: CASE,
            _I.DECLINED: ATTORNEY,
            _I.CONVERTED: ATTORNEY,
            _I.WITHDRAWN: HERSELF_OR_DESK,
            _I.MERGED: FRONT,
            _I.PURGED: SYSTEM,
        },
        _I.DECLINED_CONFLICT: {_I.MERGED: FRONT, _I.PURGED: SYSTEM},
        _I.REFERRED: {_I.MERGED: FRONT, _I.PURGED: SYSTEM},
        _I.DECLINED: {_I.MERGED: FRONT, _I.PURGED: SYSTEM},
        _I.WITHDRAWN: {_I.MERGED: FRONT, _I.PURGED: SYSTEM},
        _I.MERGED: {_I.PURGED: SYSTEM},
        _I.CONVERTED: {_I.MERGED: FRONT},
        _I.EXPIRED: {},
        _I.ABANDONED_BY_EXIT: {},
        _I.PURGED: {},
    }
)
"""Each state to the states that may follow it, each with the actors who may make the move."""

OPEN_INTAKES = frozenset({_I.DRAFT, _I.CALL_REQUESTED, _I.SUBMITTED, _I.CONFLICT_REVIEW, _I.CLEARED})
"""States in which somebody of the firm, or she herself, still has something to do."""

INTAKE_UNDO: IntakeMoves = MappingProxyType(
    {
        **{old: {_I.CONFLICT_REVIEW: CONFLICTS} for old in (_I.CLEARED, _I.DECLINED_CONFLICT)},
        _I.REFERRED: {_I.CLEARED: CASE},
        _I.DECLINED: {_I.CLEARED: ATTORNEY},
        _I.CONVERTED: {_I.CLEARED: ATTORNEY},
        _I.WITHDRAWN: dict.fromkeys((_I.CALL_REQUESTED, _I.CONFLICT_REVIEW, _I.CLEARED), _by(_A.RECEPTIONIST)),
    }
)
"""What may be taken back, for so long after it was decided, and never once it is purged (intake.md §3.3)."""

UNDO_WITHIN = timedelta(days=1)

CONSULTATION_STARTS: Mapping[ConsultationState, Actors] = MappingProxyType({_C.HELD: HERSELF_OR_DESK | SYSTEM})
"""What a consultation may begin as; a booking without a hold passes through `held` in the same commit."""

CONSULTATION_NEXT: ConsultationMoves = MappingProxyType(
    {
        _C.HELD: {
            _C.EXPIRED_HOLD: SYSTEM,
            _C.TENTATIVE: SYSTEM,
            _C.BOOKED: CONFIRMERS,
            _C.CANCELLED_CLIENT: HERSELF_OR_DESK,
            _C.CANCELLED_FIRM: FIRM_CANCELS,
        },
        _C.TENTATIVE: {
            _C.TENTATIVE: MOVERS,
            _C.BOOKED: CONFIRMERS,
            _C.CANCELLED_CLIENT: HERSELF_OR_DESK,
            _C.CANCELLED_FIRM: FIRM_CANCELS,
        },
        _C.BOOKED: {
            _C.BOOKED: MOVERS,
            _C.CONFIRMED: HERSELF_OR_DESK,
            _C.IN_PROGRESS: ATTORNEY,
            _C.NO_SHOW: FIRM_CANCELS,
            _C.CANCELLED_CLIENT: HERSELF_OR_DESK,
            _C.CANCELLED_FIRM: FIRM_ENDS,
        },
        _C.CONFIRMED: {
            _C.BOOKED: MOVERS,
            _C.IN_PROGRESS: ATTORNEY,
            _C.NO_SHOW: FIRM_CANCELS,
            _C.CANCELLED_CLIENT: HERSELF_OR_DESK,
            _C.CANCELLED_FIRM: FIRM_ENDS,
        },
        _C.IN_PROGRESS: {_C.COMPLETED: ATTORNEY, _C.INTERRUPTED: ATTORNEY},
        _C.COMPLETED: {_C.FOLLOW_UP: CASE},
        _C.FOLLOW_UP: {_C.CLOSED: CASE},
        _C.EXPIRED_HOLD: {},
        _C.INTERRUPTED: {},
        _C.NO_SHOW: {},
        _C.CANCELLED_CLIENT: {},
        _C.CANCELLED_FIRM: {},
        _C.CLOSED: {},
    }
)
"""As `INTAKE_NEXT`. From a state to itself, and from `confirmed` to `booked`, is a move to another time."""

TAKES_TIME = frozenset({_C.HELD, _C.TENTATIVE, _C.BOOKED, _C.CONFIRMED, _C.IN_PROGRESS})
"""Its minutes are blocked for everybody else; a lapsed hold is `expired_hold` as soon as anybody looks."""

COUNTS = TAKES_TIME | {_C.COMPLETED, _C.INTERRUPTED, _C.FOLLOW_UP, _C.CLOSED}
"""Counted for caps and for the least loaded attorney."""

APPOINTED = COUNTS - {_C.HELD}
"""What a client has or had: a hold keeps minutes free and is not hers yet."""


def move_intake(old: IntakeState | None, new: IntakeState, actor: Actor) -> IntakeState:
    """
    The new state, if that actor may make the move; `old` is None for a new intake.

    Raises:
        Refused: The move does not exist, or is not this actor's.
    """
    return _moved(INTAKE_STARTS if old is None else INTAKE_NEXT[old], old, new, actor)


def undo_intake(old: IntakeState, new: IntakeState, actor: Actor, since: timedelta) -> IntakeState:
    """
    The state it goes back to, if that actor may still take back what was decided so long ago.

    Raises:
        Refused: Nobody takes that back, or not this actor, or it is too late.
    """
    moves = INTAKE_UNDO.get(old, {}) if since < UNDO_WITHIN else {}
    return _moved(moves, old, new, actor)


def move_consultation(old: ConsultationState | None, new: ConsultationState, actor: Actor) -> ConsultationState:
    """
    The new state, if that actor may make the move; `old` is None for a new consultation.

    Raises:
        Refused: The move does not exist, or is not this actor's.
    """
    return _moved(CONSULTATION_STARTS if old is None else CONSULTATION_NEXT[old], old, new, actor)


def _moved(moves: Mapping[Moved, Actors], old: Moved | None, new: Moved, actor: Actor) -> Moved:
    if actor not in moves.get(new, frozenset()):
        raise Refused(old, new, actor)
    return new
