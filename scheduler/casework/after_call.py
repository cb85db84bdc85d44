"""After a call: the letter she is given while nothing is signed, her dates that are near, what is done next by whom."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, outbox, promising, tasks
from scheduler.casework.cases import NotThere
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.kinds import MESSAGE_WAITING
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.trying import LONGEST_WAIT, Trying
from scheduler.engine import her_dates
from scheduler.engine.answers import Answers
from scheduler.engine.calls import Letter, Step
from scheduler.engine.documents import Document
from scheduler.engine.her_dates import Told
from scheduler.engine.marks import UNREACHABLE
from scheduler.engine.states import OPEN_INTAKES, IntakeState
from scheduler.models import AfterCall, Consultation, Intake, Staff, Task, db

READ_LETTER, DATES_NEAR = "read_letter", "dates_near"


class NoLetter(Exception):
    """Before it is closed she is given the letter, or an agreement; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Next:
    """What one of ours does next for her, and whether her dates were looked through with her."""

    dates_checked: bool
    step: Step | None = None
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What the letter says: when we talked, by which clock, and the dates to come that she told us."""

    talked_at: datetime
    zone: str
    dates: tuple[Told, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """The same as the desk reads it; `by` is the name of one of ours."""

    dates_checked: bool
    step: str | None
    by: str | None = field(repr=False)
    letter: str
    is_given: bool


def note(tried: Trying, consultation: Consultation, following: Next | None, letter: Letter | None) -> AfterCall:
    """What was said after a call, in the caller's transaction; what was said of it before stays."""
    row = tried.session.get(AfterCall, consultation.id)
    if row is None:
        row = AfterCall(consultation_id=consultation.id, intake_id=consultation.intake_id, letter=Letter.NONE)
        tried.session.add(row)
    if following is not None:
        row.dates_checked, row.step, row.step_by = following.dates_checked, following.step, following.by
    if letter is not None and row.given_at is None:
        row.letter = letter
        row.given_at = tried.now if _is_given(tried, consultation, letter) else None
    if tried.intake.state in OPEN_INTAKES:
        not_signed(tried.session, tried.intake, tried.answers, tried.now, str(consultation.id))
    return row


def refuse_without_letter(tried: Trying, row: AfterCall) -> None:
    """
    See whether she has what she must have before a call is closed; whose request has ended has another letter.

    Raises:
        NoLetter: She has not.
    """
    if row.given_at is None and tried.intake.state in OPEN_INTAKES:
        raise NoLetter


def signed(session: Session, intake: Intake, now: datetime) -> None:
    """She is a client now: nobody tells her any more that she is none."""
    for kind in (READ_LETTER, DATES_NEAR):
        tasks.finish_all(session, kind, intake.id, now)
    outbox.withdraw_all(session, intake, (MESSAGE_WAITING,), "signed")


def not_signed(session: Session, intake: Intake, answers: Answers, now: datetime, again: str) -> None:
    """Somebody looks after a date of hers that is near, until she is a client; once for each `again`."""
    is_open = (Task.intake_id == intake.id, Task.kind == DATES_NEAR, Task.done_at.is_(None))
    if not her_dates.is_near(answers, firm().today(now)) or session.scalar(select(Task.id).where(*is_open).limit(1)):
        return
    tasks.add(session, DATES_NEAR, due_at=now, now=now, intake=intake, again=again)


def letter(parts: Parts, intake: Intake) -> Written | None:
    """
    The letter that waits for her, of the last call after which she was to have it; None where none does.

    Raises:
        KeyGone: She was purged.
    """
    given = (AfterCall.intake_id == intake.id, AfterCall.letter == Letter.AFTER_CALL, AfterCall.given_at.is_not(None))
    calls = select(Consultation).join(AfterCall, AfterCall.consultation_id == Consultation.id).where(*given)
    call = db.session.scalar(calls.order_by(Consultation.starts_at.desc()).limit(1))
    if call is None or intake.state != IntakeState.CLEARED:
        return None
    answers = open_documents(parts, intake, Document.PLACE)
    return Written(call.starts_at, call.client_zone, her_dates.to_come(answers, firm().today(parts.clock.now())))


def read_to_her(parts: Parts, who: SignedIn, intake_id: UUID) -> tuple[str, Written]:
    """
    Her reference, and the letter that one of ours reads to her; the look is written down.

    Raises:
        NotThere: There is none.
    """
    intake = db.session.get(Intake, intake_id)
    try:
        found = letter(parts, intake) if intake is not None else None
    except KeyGone:
        raise NotThere from None
    if intake is None or found is None:
        raise NotThere
    with writing() as session:
        audit.record(session, parts, who.actor, "letter_read", f"intake:{intake_id}")
    return intake.ref, found


def shown(consultation_id: UUID) -> Shown | None:
    """What was said after this call; None where nothing was."""
    mine = select(AfterCall, Staff.name).outerjoin(Staff, Staff.id == AfterCall.step_by)
    found = db.session.execute(mine.where(AfterCall.consultation_id == consultation_id)).first()
    if found is None:
        return None
    row, name = found
    return Shown(row.dates_checked, row.step, name, row.letter, row.given_at is not None)


def _is_given(tried: Trying, consultation: Consultation, chosen: Letter) -> bool:
    """
    Whether she has it now: sent by us ourselves, waiting behind a link she is written, or in the hands of who calls.

    Of whom nothing may reach any more, nobody writes and nobody calls.
    """
    if chosen is not Letter.AFTER_CALL or tried.intake.state != IntakeState.CLEARED:
        return chosen is Letter.ENGAGEMENT
    if UNREACHABLE.intersection(tried.intake.flags):
        return False
    if not promising.message_waiting(tried.session, tried.parts, tried.intake, tried.answers, LONGEST_WAIT):
        due, now = tried.next_call(), tried.now
        tasks.add(tried.session, READ_LETTER, due_at=due, now=now, intake=tried.intake, consultation=consultation)
    return True
