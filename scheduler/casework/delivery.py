"""One letter on its way: claimed, written, sent while no transaction is open, settled behind the fence."""

import logging
from datetime import datetime

from scheduler.casework import after_no_show, calls_due, invitations, late, letters, outbox, promises, tasks
from scheduler.casework.documents import open_documents
from scheduler.casework.invited import NothingToEnd, StillOnItsWay, readers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.kinds import (
    AFTER_NO_SHOW,
    CANCELLATION,
    OF_AN_END,
    PLEASE_CALL,
    TENTATIVE,
    WE_CALL,
    WHILE_IT_STANDS,
)
from scheduler.casework.late import NotNow
from scheduler.casework.letters import Told
from scheduler.casework.outbox import DROPPED, FAILED, SENT, UNKNOWN, WITHHELD, Claim, Delivery
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import end_reading, keep, writing
from scheduler.channels.port import Mail, NotDelivered, Stage, Text, TryAgainLater, Undeliverable
from scheduler.engine.documents import Document
from scheduler.engine.invitation.write import NotAMeeting, NotAnAddress
from scheduler.engine.safe_contact import way
from scheduler.engine.states import OPEN_INTAKES, TAKES_TIME, ConsultationState
from scheduler.models import Consultation, Intake, Outbox, db

LETTER_FAILED = "letter_failed"
USUAL = Delivery()

log = logging.getLogger(__name__)


class Stale(Exception):
    """What the letter tells is true no more; it is dropped. The message is a code."""


class NotToBeWritten(Exception):
    """She may not be written to any more; a person calls her instead."""


def deliver_one(parts: Parts, delivery: Delivery = USUAL) -> bool:
    """
    Send the letter that is due the longest, or settle why not; False where none is due.

    Whatever happens between the claim and the settling, the row is due again when the claim runs out.
    """
    mine = outbox.claim(parts, delivery)
    if mine is None:
        return False
    try:
        letter = _written(parts, mine)
        _send(parts, letter)
    except Stale as stale:
        _settle(parts, mine, DROPPED, str(stale))
    except KeyGone:
        _settle(parts, mine, DROPPED, "purged")
    except NotToBeWritten:
        _withhold(parts, mine)
    except NotNow as refusal:
        _wait(parts, mine, refusal.until)
    except NotDelivered as problem:
        _not_delivered(parts, mine, delivery, problem)
    else:
        _settle(parts, mine, SENT)
    return True


def _written(parts: Parts, mine: Claim) -> Mail | Text:
    """
    The claimed letter in words; nothing is being read any more when it is returned.

    What goes wrong with one letter, whatever it is, is that letter's alone: the next ones leave.
    """
    try:
        return _write(parts, db.session().get_one(Outbox, mine.row, populate_existing=True))
    except (Stale, NotToBeWritten, NotNow, KeyGone):
        raise
    except NothingToEnd:
        raise Stale("nothing_to_end") from None
    except StillOnItsWay:
        raise TryAgainLater(Stage.WRITE) from None
    except (NotAnAddress, NotAMeeting):
        raise Undeliverable(Stage.WRITE) from None
    except Exception as problem:  # noqa: BLE001 - kept with a growing pause, then shown at the desk
        log.error("A letter could not be written: %s, %s", mine.row, type(problem).__name__)  # noqa: TRY400 - no names
        raise TryAgainLater(Stage.WRITE) from None
    finally:
        end_reading()


def _write(parts: Parts, row: Outbox) -> Mail | Text:
    session = db.session()
    intake = session.get_one(Intake, row.intake_id)
    consultation = session.get(Consultation, row.consultation_id) if row.consultation_id else None
    _refuse_stale(row, consultation, parts.clock.now())
    if row.kind == PLEASE_CALL and intake.state not in OPEN_INTAKES:
        raise Stale("over")
    if row.kind == WE_CALL and promises.is_kept(intake.id):
        raise Stale("called")
    if row.kind in AFTER_NO_SHOW and not (consultation and after_no_show.is_true(session, row, intake, consultation)):
        raise Stale("over")
    if row.reader != outbox.CLIENT and consultation is not None:
        return invitations.write(parts, row, intake, consultation)
    chosen = way(open_documents(parts, intake, Document.CONTACT), intake.flags)
    if chosen is None:
        raise NotToBeWritten
    late.refuse(session, parts, row, intake)
    return letters.write(parts, Told(row, intake, consultation), chosen)


def _refuse_stale(row: Outbox, consultation: Consultation | None, now: datetime) -> None:
    if row.not_after is not None and row.not_after <= now:
        raise Stale("too_late")
    if consultation is not None:
        _refuse_of_another_time(row, consultation)


def _refuse_of_another_time(row: Outbox, consultation: Consultation) -> None:
    is_alive = consultation.state in TAKES_TIME
    if row.kind in WHILE_IT_STANDS and not is_alive:
        raise Stale("cancelled")
    if row.kind in OF_AN_END and is_alive:
        raise Stale("booked_again")
    if row.kind in WHILE_IT_STANDS and row.facts["sequence"] < consultation.sequence:
        raise Stale("moved")
    if row.kind == CANCELLATION and is_alive and row.reader in readers(consultation):
        raise Stale("invited_again")
    if row.kind == TENTATIVE and consultation.state != ConsultationState.TENTATIVE:
        raise Stale("confirmed")


def _send(parts: Parts, letter: Mail | Text) -> None:
    if isinstance(letter, Mail):
        parts.mail.send(letter)
    else:
        parts.texts.send(letter)


def _settle(parts: Parts, mine: Claim, state: str, result: str | None = None) -> None:
    with writing() as session:
        if not outbox.settle(session, mine, parts.clock.now(), state, result):
            log.warning("A letter was settled by another claim: %s", mine.row)


def _wait(parts: Parts, mine: Claim, until: datetime | None) -> None:
    """Keep it for her next safe hour; without one in time it is dropped."""
    if until is None:
        _settle(parts, mine, DROPPED, "too_late")
        return
    with writing() as session:
        outbox.wait(session, mine, until)


def _withhold(parts: Parts, mine: Claim) -> None:
    """Not written, but a person calls: in the same commit, where she was not promised that already."""
    now = parts.clock.now()
    with writing() as session:
        row = session.get_one(Outbox, mine.row, populate_existing=True)
        keep(session, row.intake_id)
        if not outbox.settle(session, mine, now, WITHHELD, "not_to_be_written"):
            return
        if row.kind not in {WE_CALL, *AFTER_NO_SHOW}:
            calls_due.add(
                session,
                row.kind,
                due_at=row.due_at,
                now=now,
                intake=session.get_one(Intake, row.intake_id),
                consultation=session.get(Consultation, row.consultation_id) if row.consultation_id else None,
                again=str(row.facts.get("sequence", "")),
            )


def _not_delivered(parts: Parts, mine: Claim, delivery: Delivery, problem: NotDelivered) -> None:
    """Keep it for another try, or give up and tell the desk."""
    with writing() as session:
        row = session.get_one(Outbox, mine.row, populate_existing=True)
        keep(session, row.intake_id)
        perhaps_sent = isinstance(problem, TryAgainLater) and problem.perhaps_sent
        is_hopeless = not isinstance(problem, TryAgainLater) or delivery.is_exhausted(row.attempts)
        if is_hopeless or (perhaps_sent and row.result == UNKNOWN):
            result = UNKNOWN if perhaps_sent else str(problem)
            if outbox.settle(session, mine, parts.clock.now(), FAILED, result):
                _tell_the_desk(parts, row)
        else:
            until = parts.clock.real_now() + delivery.pause(row.attempts)
            outbox.put_off(session, mine, until, UNKNOWN if perhaps_sent else str(problem))
    log.warning("A letter was not delivered: %s, %s", mine.row, problem)


def _tell_the_desk(parts: Parts, row: Outbox) -> None:
    session, now = db.session(), parts.clock.now()
    tasks.add(
        session,
        LETTER_FAILED,
        due_at=now,
        now=now,
        intake=session.get(Intake, row.intake_id),
        consultation=session.get(Consultation, row.consultation_id) if row.consultation_id else None,
        again=str(row.id),
    )
