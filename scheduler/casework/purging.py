"""What a purge does to one intake: nothing that she told can be opened any more; a stub, ids and times are left."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.casework import (
    audit,
    cancelling,
    changes,
    conflict_names,
    erasing,
    outbox,
    pieces,
    slots,
    tasks,
    uploads,
)
from scheduler.casework.changes import Change
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.outbox import CLIENT
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading
from scheduler.engine.answers import Answers
from scheduler.engine.retention import Record
from scheduler.engine.states import Actor, ConsultationState, IntakeState, move_consultation, move_intake
from scheduler.models import Audit, Consultation, Intake, Outbox, Staff, Upload, db

INVITED = (ConsultationState.BOOKED, ConsultationState.CONFIRMED)
"""A purge calls these off by itself; whatever else takes time was called off by the person who ended the intake."""

TO_COME = (ConsultationState.HELD, ConsultationState.TENTATIVE, *INVITED)

LOOKS = (
    "intake_viewed",
    "brief_read",
    "consultation_viewed",
    "phone_page_viewed",
    "names_viewed",
    "letter_read",
    "files_listed",
    "file_asked_for",
    "file_seen",
    "file_fetched",
)
"""Actions of the audit by which one of us has learned what an intake holds, of it or of a row about it."""

PURGED, STAFF = "purged", "staff:"


def lock(  # noqa: PLR0917 - whose, which, and by whom
    session: Session,
    parts: Parts,
    intake_id: UUID,
    states: Collection[ConsultationState] = INVITED,
    actor: Actor = Actor.SYSTEM,
    staff_id: UUID | None = None,
) -> list[Change]:
    """Her consultations to come in these states, their attorneys' rows locked in order: the first locks of a purge."""
    coming = (
        select(Consultation.id)
        .where(
            Consultation.intake_id == intake_id,
            Consultation.state.in_(states),
            Consultation.ends_at > parts.clock.now(),
        )
        .order_by(Consultation.attorney, Consultation.id)
    )
    found = [changes.begin(session, parts, one, actor, staff_id) for one in session.scalars(coming).all()]
    for number in sorted({number for change in found for number in change.consultation.people}):
        slots.lock(session, number)
    return found


def empty(  # noqa: PLR0917 - what the transaction has found out already
    session: Session, parts: Parts, intake: Intake, calls: Iterable[Change], why: Record, actor: str = Actor.SYSTEM
) -> None:
    """
    Purge an intake that is locked, in the caller's transaction: attorneys are told, letters dropped, a stub is left.

    `finish` must follow the commit; where it does not, the next look at what is due makes up for it.

    Raises:
        Refused: An intake in this state is not purged.
    """
    was = IntakeState(intake.state)
    answers = answers_left(parts, intake)
    for call in calls:
        cancelling.end(call, _called_off(call), answers, PURGED)
    if answers:
        exposed = _exposed(session, intake)
        conflict_names.keep_stub(session, parts, intake, answers, outcome=was, attorneys=exposed)
    move_intake(was, IntakeState.PURGED, Actor.SYSTEM)
    _take_away(session, parts, intake)
    audit.record(session, parts, actor, "intake_purged", f"intake:{intake.id}", why=why, was=was)


def replay(session: Session, parts: Parts, gone: Collection[str]) -> int:
    """
    Purge what the ledger names and a backup has brought back, in the caller's transaction; how many there were.

    Whatever state it is in: it was purged once, and its key is gone. The names for the conflict check are the backup's.
    """
    there = session.scalars(select(Intake).where(Intake.state != IntakeState.PURGED)).all()
    back = [intake for intake in there if str(intake.id) in gone]
    for intake in back:
        for call in lock(session, parts, intake.id):
            cancelling.end(call, _called_off(call), {}, PURGED)
        _take_away(session, parts, intake)
    if back:
        ids = [str(intake.id) for intake in back]
        audit.record(session, parts, Actor.SYSTEM, "purges_replayed", "firm:1", intakes=ids)
    return len(back)


def finish(parts: Parts, only: UUID | None = None) -> int:
    """
    Of what the rows call purged and the ledger does not name yet, remove files and keys; how much there was.

    The row comes first, then the key, last the ledger: whatever a crash leaves undone is found and done here.
    """
    gone = parts.keyring.ledger.names()
    purged = select(Intake.id).where(Intake.state == IntakeState.PURGED)
    ids = db.session.scalars(purged if only is None else purged.where(Intake.id == only)).all()
    left = {intake_id: erasing.letters(db.session(), intake_id) for intake_id in ids if str(intake_id) not in gone}
    end_reading()
    for intake_id, letters in left.items():
        erasing.forget_letters(parts, letters)
        uploads.forget(parts, intake_id)
        pieces.forget(parts, intake_id)
        parts.keyring.destroy(intake_id)
    return len(left)


def answers_left(parts: Parts, intake: Intake) -> Answers:
    """What can still be opened of an intake; nothing once its key is gone."""
    try:
        return open_answers(parts, intake)
    except KeyGone:
        return {}


def _exposed(session: Session, intake: Intake) -> set[int]:
    """The numbers of the attorneys who were to talk with her, or have opened what she told; no interpreter's."""
    calls = session.scalars(select(Consultation).where(Consultation.intake_id == intake.id)).all()
    booked = {number for call in calls for number in (call.attorney, call.second) if number is not None}
    files = session.scalars(select(Upload.id).where(Upload.intake_id == intake.id)).all()
    about = [f"intake:{intake.id}", *(f"consultation:{call.id}" for call in calls), *(f"upload:{one}" for one in files)]
    looked = select(Audit.actor).where(Audit.subject.in_(about), Audit.action.in_(LOOKS)).distinct()
    staff = [UUID(actor.removeprefix(STAFF)) for actor in session.scalars(looked) if actor.startswith(STAFF)]
    readers = select(Staff.person).where(Staff.id.in_(staff), Staff.person.is_not(None))
    return {*booked, *(number for number in session.scalars(readers) if number is not None)}


def _called_off(call: Change) -> ConsultationState:
    return move_consultation(call.state, ConsultationState.CANCELLED_FIRM, Actor.SYSTEM)


def _take_away(session: Session, parts: Parts, intake: Intake) -> None:
    now = parts.clock.now()
    intake.state, intake.changed_at = IntakeState.PURGED, now
    _drop_letters(session, parts, intake)
    erasing.wipe(session, intake)
    tasks.finish_every(session, intake.id, now)


def _drop_letters(session: Session, parts: Parts, intake: Intake) -> None:
    """Nothing more is sent to her; a letter that is being sent just now is its sender's no longer."""
    session.flush()
    session.execute(
        update(Outbox)
        .where(Outbox.intake_id == intake.id, Outbox.reader == CLIENT, Outbox.state.in_(outbox.UNSETTLED))
        .values(state=outbox.DROPPED, result=PURGED, claim=None, lease_until=None, settled_at=parts.clock.now())
    )
