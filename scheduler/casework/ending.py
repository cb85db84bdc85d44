"""The end of what somebody asked for: the firm does not take her, another office may, or she is a client now."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.casework import after_call, audit, changes, deciding, referring
from scheduler.casework.deciding import TELL_TASK
from scheduler.casework.parts import Parts
from scheduler.casework.referring import TELL_REFERRED, Office
from scheduler.casework.sessions import SignedIn
from scheduler.engine.states import INTAKE_NEXT, IntakeState, move_intake

OPEN = frozenset({IntakeState.CLEARED})
ENDS = (IntakeState.REFERRED, IntakeState.DECLINED, IntakeState.CONVERTED)
REASONS = ("capacity", "out_of_scope", "no_contact", "merits_not_stated", "other")
"""Why, as a code that stands in the chain of what was done; no letter and no page of hers says it."""

TELL: Mapping[IntakeState, str] = MappingProxyType(
    {IntakeState.DECLINED: TELL_TASK, IntakeState.REFERRED: TELL_REFERRED}
)
"""What a person of the firm has to do then; who has become a client needs no such call."""


class NoReasonCode(Exception):
    """Whoever does not take her, or refers her, says why by one of the codes; nothing was changed."""


@dataclass(frozen=True, slots=True)
class End:
    """
    An intake goes into one of the states `declined`, `referred` and `converted`; `reason` is one of `REASONS`.

    `office` is to whom she is referred, by whoever refers her.
    """

    intake_id: UUID
    state: IntakeState
    reason: str = ""
    office: Office | None = None


def end(parts: Parts, who: SignedIn, request: End) -> None:
    """
    End an intake whose names are cleared (intake.md §3.3).

    Of whom the firm does not go on with, every call to come is cancelled and every task is done; a letter waits
    for her where she may be written to, and a person tells her.

    Raises:
        NotThere: It is none whose names are cleared, or it is purged.
        NoReasonCode: The reason is missing.
        NoOffice: Whoever refers her does not say to whom.
        Refused: None of her roles may do it, or a call is going on.
    """
    changes.in_one_commit(lambda session: _end(session, parts, who, request))


def _end(session: Session, parts: Parts, who: SignedIn, request: End) -> None:
    made = deciding.begin(session, parts, who, request.intake_id, OPEN)
    actor = who.one_of(INTAKE_NEXT[IntakeState.CLEARED].get(request.state, ()))
    made.intake.ended_from = made.intake.state
    made.intake.state = move_intake(IntakeState(made.intake.state), request.state, actor)
    made.intake.changed_at = parts.clock.now()
    kind = TELL.get(request.state)
    if kind is not None:
        if request.reason not in REASONS:
            raise NoReasonCode
        if request.state is IntakeState.REFERRED:
            referring.refer(parts, made.intake, made.answers, request.office)
        deciding.let_go(made, kind)
    else:
        after_call.signed(session, made.intake, parts.clock.now())
    subject = f"intake:{made.intake.id}"
    audit.record(session, parts, who.actor, f"intake_{request.state}", subject, reason=request.reason or None)


def choices(who: SignedIn) -> list[IntakeState]:
    """What somebody with her roles may end such an intake as."""
    following = INTAKE_NEXT[IntakeState.CLEARED]
    return [state for state in ENDS if not following[state].isdisjoint(who.roles)]
