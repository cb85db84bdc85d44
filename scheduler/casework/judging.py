"""A person of the firm sets how urgent somebody is: she may always raise it; to lower it takes a reason."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from scheduler.casework import audit
from scheduler.casework.access import Permission
from scheduler.casework.cases import NotThere
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import LOOKED_AT, Run
from scheduler.engine.urgency import Level
from scheduler.models import Intake

SHORTEST_REASON = 10


class MayNotLower(Exception):
    """Only an attorney or a paralegal lowers a level; nothing was changed."""


class NoReason(Exception):
    """A level is lowered for a reason of at least ten letters; nothing was changed."""


@dataclass(frozen=True, slots=True)
class SetLevel:
    """The level that this intake shall have, and why."""

    intake_id: UUID
    level: Level
    reason: str = field(default="", repr=False)


def set_level(parts: Parts, who: SignedIn, request: SetLevel) -> None:
    """
    Set the level of an intake; a level it has already is no change.

    Raises:
        NotThere: There is none that can still be looked at.
        MayNotLower: She may only raise.
        NoReason: It would be lowered without a reason.
    """
    now, reason = parts.clock.now(), " ".join(request.reason.split())
    with writing() as session:
        intake = session.scalar(select(Intake).where(Intake.id == request.intake_id).with_for_update())
        if intake is None or intake.state not in LOOKED_AT:
            raise NotThere
        old = Level(intake.urgency or Level.N)
        if request.level is old:
            return
        if request.level.rank > old.rank:
            _allow_lowering(who, reason)
            intake.must_be_seen_by = None
        try:
            answers = open_answers(parts, intake)
        except KeyGone:
            raise NotThere from None
        judged = {"level": request.level, "at": now.isoformat(), "by": str(who.id), "reason": reason}
        Run(session, parts, intake, {**answers, "judged": judged}, now).look()
        subject = f"intake:{intake.id}"
        audit.record(session, parts, who.actor, "level_set", subject, old=old, new=intake.urgency)


def _allow_lowering(who: SignedIn, reason: str) -> None:
    if not who.may(Permission.LOWER_LEVEL):
        raise MayNotLower
    if len(reason) < SHORTEST_REASON:
        raise NoReason
