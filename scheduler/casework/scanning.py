"""Files that wait for the word of a virus scanner; without it nobody opens them."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, more, promising, tasks
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sealed_files import open_file
from scheduler.casework.transaction import end_reading, keep, writing
from scheduler.casework.uploads import COPY, COUNTED, ORIGINAL, UploadState, path_of, where
from scheduler.channels.clamav import ClamAv, NoVerdict
from scheduler.engine.states import Actor
from scheduler.models import Intake, Upload, db

TOLD = "file_infected"
"""The task of asking her to send it anew, from another device."""


def scan_waiting(parts: Parts) -> int:
    """Ask about each file that waits, until the scanner does not answer; how many it gave its word on."""
    if parts.scanner is None:
        return 0
    waiting = select(Upload.id, Upload.intake_id).where(Upload.state == UploadState.WAITING)
    found = db.session.execute(waiting.order_by(Upload.created_at)).all()
    end_reading()
    settled = 0
    for upload_id, intake_id in found:
        try:
            is_clean = _ask(parts, parts.scanner, intake_id, upload_id)
            _settle(parts, intake_id, upload_id, is_clean=is_clean)
        except NoVerdict:
            break
        except (KeyGone, FileNotFoundError):
            continue
        settled += 1
    return settled


def _ask(parts: Parts, scanner: ClamAv, intake_id: UUID, upload_id: UUID) -> bool:
    key, path = parts.keyring.open(intake_id), path_of(parts, intake_id, upload_id, ORIGINAL)
    return scanner.is_clean(open_file(path, key, where(upload_id, ORIGINAL)))


def _settle(parts: Parts, intake_id: UUID, upload_id: UUID, *, is_clean: bool) -> None:
    """Release a clean file; of another one nothing is left but that it was there."""
    now = parts.clock.now()
    with writing() as session:
        keep(session, intake_id)
        row = session.scalars(select(Upload).where(Upload.id == upload_id).with_for_update()).one()
        if row.state != UploadState.WAITING:
            return
        is_said = is_one_lost(session, intake_id)
        row.state, row.settled_at = UploadState.CLEAN if is_clean else UploadState.INFECTED, now
        if not is_clean:
            _tell(session, parts, row, is_said=is_said)
        audit.record(session, parts, Actor.SYSTEM, f"file_{row.state}", f"upload:{upload_id}")
    if not is_clean:
        for part in (ORIGINAL, COPY):
            path_of(parts, intake_id, upload_id, part).unlink(missing_ok=True)


def is_one_lost(session: Session, intake_id: UUID) -> bool:
    """Whether a file of hers could not be kept, and she has sent none since."""
    lost, here = Upload.state == UploadState.INFECTED, Upload.state.in_(COUNTED)
    times = func.max(Upload.settled_at).filter(lost), func.max(Upload.created_at).filter(here)
    lost_at, sent_at = session.execute(select(*times).where(Upload.intake_id == intake_id)).one()
    return lost_at is not None and (sent_at is None or sent_at <= lost_at)


def may_send_again(parts: Parts, intake: Intake) -> bool:
    """Whether she is told that one was lost: while she may send another, and nobody else sees what she reads."""
    return more.is_open(parts, intake) and is_one_lost(db.session(), intake.id)


def _tell(session: Session, parts: Parts, row: Upload, *, is_said: bool) -> None:
    """The desk, by a task; her, where she may be written to and still sends files, once: that a message waits."""
    now, intake = parts.clock.now(), session.get_one(Intake, row.intake_id)
    row.facts = None
    tasks.add(session, TOLD, due_at=now, now=now, intake=intake, again=str(row.number))
    answers = open_answers(parts, intake)
    if not is_said and more.part_b_open(intake, answers):
        promising.message_waiting(session, parts, intake, answers)
