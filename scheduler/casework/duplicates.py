"""The same person twice: whoever has her number, or her name and year of birth; a person decides (intake.md T23)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, identities, merging, screening, slots
from scheduler.casework.cases import UNSEEN, NotThere
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import LOOKED_AT, Run
from scheduler.engine.answers import Answers
from scheduler.engine.marks import POSSIBLE_DUPLICATE, with_marks
from scheduler.engine.states import COUNTS, INTAKE_NEXT, OPEN_INTAKES, IntakeState, move_intake
from scheduler.engine.urgency import Level
from scheduler.models import Consultation, Intake, SearchHash, db

LOOKED_BACK = timedelta(days=180)
ALONE = ("a_number", "phone")
"""One of these in common is enough; of name and year of birth it must be all."""


class StillBooked(Exception):
    """The newer of the two has a consultation to come: it is moved to the other, or cancelled, first."""


class OlderIsOver(Exception):
    """The older of the two is over, and the newer is not: merged into it she would wait for nothing."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another intake, perhaps of the same person."""

    id: UUID
    ref: str
    created_at: datetime = field(compare=False)


def mark(session: Session, parts: Parts, intake: Intake, answers: Answers) -> None:
    """Flag an intake that may be of somebody who asked before, in the caller's transaction."""
    if _find(session, _hashes(parts, answers), intake.id, parts.clock.now()):
        intake.flags = with_marks(intake.flags, [POSSIBLE_DUPLICATE])


def alike(intake_id: UUID, *conditions: ColumnElement[bool]) -> tuple[Alike, ...]:
    """The other intakes by which this one is flagged and that meet the conditions, the oldest first."""
    intake = db.session.get(Intake, intake_id)
    if intake is None or POSSIBLE_DUPLICATE not in intake.flags:
        return ()
    mine = select(SearchHash.kind, SearchHash.hash).where(SearchHash.intake_id == intake_id)
    hashes = {(row.kind, row.hash) for row in db.session.execute(mine)}
    return _find(db.session(), hashes, intake_id, intake.created_at, *conditions)


def merge(parts: Parts, who: SignedIn, one: UUID, other: UUID) -> UUID:
    """
    Two intakes are of one person: the older stays, as urgent as the newer, which is merged into it; the older's id.

    Raises:
        NotThere: One of them cannot be opened at the desk, or both are the same.
        OlderIsOver: Only the newer is open.
        Refused: The newer is over already, or this is not who may.
        StillBooked: The newer has a consultation to come.
    """
    with writing() as session:
        off = _walls(session, {one, other})
        slots.lock_all(session, off)
        wanted = select(Intake).where(Intake.id.in_({one, other}), Intake.state.not_in(UNSEEN))
        found = session.scalars(wanted.order_by(Intake.created_at, Intake.id).with_for_update()).all()
        if len(found) < len((one, other)):
            raise NotThere
        kept, merged = found
        _refuse_booked(session, merged)
        if merged.state in OPEN_INTAKES and kept.state not in OPEN_INTAKES:
            raise OlderIsOver(kept.id)
        was = IntakeState(merged.state)
        actor = who.one_of(INTAKE_NEXT[was].get(IntakeState.MERGED, ()))
        merged.state = move_intake(was, IntakeState.MERGED, actor)
        merged.changed_at = parts.clock.now()
        kept.flags = [flag for flag in kept.flags if flag != POSSIBLE_DUPLICATE]
        walls = off.union(*(row.screened_off for row in found))
        for row in found:
            screening.put_up(session, row, walls, parts.clock.now())
        merging.hand_over(session, parts, kept, merged)
        if kept.state in LOOKED_AT:
            _keep_urgency(session, parts, who, kept, merged)
        audit.record(session, parts, who.actor, "intake_merged", f"intake:{merged.id}", into=str(kept.id))
        return kept.id


def _walls(session: Session, both: set[UUID]) -> frozenset[int]:
    """Who may not hear one of the two may not hear the other: it is one person."""
    return frozenset().union(*session.scalars(select(Intake.screened_off).where(Intake.id.in_(both))))


def _refuse_booked(session: Session, merged: Intake) -> None:
    still = select(Consultation.id).where(Consultation.intake_id == merged.id, Consultation.state.in_(COUNTS))
    if session.scalar(still.limit(1)) is not None:
        raise StillBooked(merged.id)


def _keep_urgency(session: Session, parts: Parts, who: SignedIn, kept: Intake, merged: Intake) -> None:
    """What she told last may be a date that the older does not know: nobody waits longer, and no call counts anew."""
    try:
        answers = open_answers(parts, kept)
    except KeyGone:
        raise NotThere from None
    answers.update(merging.missed(parts, kept, answers, merged))
    now, level = parts.clock.now(), Level(merged.urgency or Level.N)
    kept.must_be_seen_by = min((at for at in (kept.must_be_seen_by, merged.must_be_seen_by) if at), default=None)
    if level.rank < Level(kept.urgency or Level.N).rank:
        answers["judged"] = {"level": level, "at": now.isoformat(), "by": str(who.id), "reason": ""}
    Run(session, parts, kept, answers, now).look()


def _hashes(parts: Parts, answers: Answers) -> set[tuple[str, bytes]]:
    key = parts.keyring.firm("search")
    return identities.hashes(key, identities.applicant(key, answers))


def _find(
    session: Session, hashes: set[tuple[str, bytes]], own: UUID, now: datetime, *conditions: ColumnElement[bool]
) -> tuple[Alike, ...]:
    alone = {digest for kind, digest in hashes if kind in ALONE}
    whole = {digest for kind, digest in hashes if kind in {"name", "birth_year"}}
    has_year = any(kind == "birth_year" for kind, _digest in hashes)
    near = and_(SearchHash.kind.in_(("name", "birth_year")), SearchHash.hash.in_(whole))
    everything = select(SearchHash.intake_id).where(near).group_by(SearchHash.intake_id)
    everything = everything.having(func.count() == len(whole) if has_year else false())
    anything = select(SearchHash.intake_id).where(SearchHash.kind.in_(ALONE), SearchHash.hash.in_(alone))
    wanted = select(Intake.id, Intake.ref, Intake.created_at).where(
        Intake.id != own,
        Intake.state.not_in((*UNSEEN, IntakeState.MERGED)),
        Intake.created_at > now - LOOKED_BACK,
        or_(Intake.id.in_(everything), Intake.id.in_(anything)),
        *conditions,
    )
    return tuple(Alike(*row) for row in session.execute(wanted.order_by(Intake.created_at)))
