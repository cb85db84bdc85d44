"""Who is told what of a booking, a move, a cancellation: rows of the outbox or of the desk, in the caller's commit."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session

from scheduler.casework import calls_due, links, outbox, reminding, triage
from scheduler.casework.firm import firm
from scheduler.casework.invited import readers
from scheduler.casework.kinds import (
    BOOKED,
    CANCELLATION,
    CANCELLED_US,
    CANCELLED_YOU,
    FINISH,
    INVITATION,
    MOVED,
    NEVER_CALLED,
    OF_A_TIME,
    OTP,
    REMINDERS,
    TENTATIVE,
)
from scheduler.casework.outbox import CLIENT, New
from scheduler.casework.parts import Parts
from scheduler.casework.telling import Telling, about, telling
from scheduler.casework.wanted import is_open
from scheduler.engine.answers import Answers
from scheduler.engine.safe_contact import way
from scheduler.engine.states import ConsultationState
from scheduler.engine.triage import needs_interpreter
from scheduler.engine.zones import instant, minute_of
from scheduler.models import Consultation, Intake

LONGEST_WAIT = timedelta(days=7)
"""News that found no safe hour for so long is left to a person."""


@dataclass(frozen=True, slots=True)
class Before:
    """A consultation as its readers knew it before it was moved."""

    attorney: int
    starts_at: datetime
    ends_at: datetime
    sequence: int
    interpreter: int | None = None
    relay: int | None = None
    second: int | None = None

    @classmethod
    def of(cls, row: Consultation) -> "Before":
        """As it stands now."""
        return cls(row.attorney, row.starts_at, row.ends_at, row.sequence, row.interpreter, row.relay, row.second)


def booked(session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers) -> None:
    """Invite the attorney, confirm to the client, plan her reminders."""
    told = telling(session, parts, intake, answers, consultation.client_zone)
    _put(told, consultation, *_all_of_a_booking(told, consultation, BOOKED))


def saved(session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers) -> None:
    """
    Tell the client that a tentative time is hers until a person confirms it, and by when that is.

    The attorney is not invited, and nobody is reminded of what may not be.
    """
    told = telling(session, parts, intake, answers, consultation.client_zone)
    _put(told, consultation, _news(told, consultation, TENTATIVE, by=_confirmed_by(told, consultation)))


def confirmed(session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers) -> None:
    """What was tentative is booked: from here on as if it had been from the beginning."""
    told = telling(session, parts, intake, answers, consultation.client_zone)
    _forget(told, consultation)
    left = reminding.left(told, consultation)
    _put(told, consultation, *_all_of_a_booking(told, consultation, BOOKED, left))


def moved(
    session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers, *, before: Before
) -> None:
    """
    Tell the new time to the attorney (or the old one that it is over) and to the client; plan reminders anew.

    Of a tentative one the client alone is told: no attorney was invited.
    """
    told = telling(session, parts, intake, answers, consultation.client_zone)
    _forget(told, consultation)
    if consultation.state == ConsultationState.TENTATIVE:
        _put(told, consultation, _news(told, consultation, MOVED))
        return
    left = reminding.left(told, consultation)
    _put(told, consultation, *_ends(told, consultation, before), *_all_of_a_booking(told, consultation, MOVED, left))


def reseated(
    session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers, *, before: Before
) -> None:
    """Others are on the call at the same time: who left and who is there is told; the client knows the time already."""
    if consultation.state == ConsultationState.TENTATIVE:
        return
    told = telling(session, parts, intake, answers, consultation.client_zone)
    outbox.keep_true(session, consultation)
    _put(told, consultation, *_ends(told, consultation, before), *_invitations(told, consultation))


def reminded_anew(session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers) -> None:
    """Plan her reminders anew, because the hours or the way have changed and the time has not."""
    if consultation.state == ConsultationState.TENTATIVE:
        return
    told = telling(session, parts, intake, answers, consultation.client_zone)
    outbox.withdraw(session, consultation, {*REMINDERS, FINISH}, "superseded")
    planned = reminding.planned(told, consultation, reminding.left(told, consultation), told_at=told.now)
    _put(told, consultation, *(replace(letter, again=f"{letter.again}:{told.now.isoformat()}") for letter in planned))


def cancelled(
    session: Session,
    parts: Parts,
    consultation: Consultation,
    intake: Intake,
    answers: Answers,
    *,
    by: Literal["client", "firm"],
) -> None:
    """Tell attorney and client that there is no consultation any more, and the client how she comes back."""
    told = telling(session, parts, intake, answers, consultation.client_zone)
    _forget(told, consultation)
    if by == "client":
        news = _news(told, consultation, CANCELLED_YOU)
    else:
        promised = triage.call_promised(firm(), intake.urgency, told.now)
        news = _news(told, consultation, CANCELLED_US, by=promised, offers=is_open(intake))
    _put(told, consultation, *_ends(told, consultation, consultation, everybody=True), news)
    if way(answers, intake.flags) is not None:
        links.renew(session, parts, intake.id)


def code(session: Session, parts: Parts, intake: Intake, code: str, *, expires_at: datetime, again: str = "") -> None:
    """Send a code that the client asked for: at once, at any hour, and not once it has run out."""
    letter = New(
        kind=OTP,
        reader=CLIENT,
        due_at=parts.clock.now(),
        again=f"{expires_at.isoformat()}{again}",
        facts={},
        extras={"code": code},
        not_after=expires_at,
    )
    outbox.put(session, parts, letter, intake=intake)


def _all_of_a_booking(
    told: Telling, consultation: Consultation, kind: str, left: Collection[str] = ()
) -> list[New | None]:
    news = _news(told, consultation, kind)
    told_at = news.due_at if news is not None else told.now
    return [*_invitations(told, consultation), news, *reminding.planned(told, consultation, left, told_at=told_at)]


def _confirmed_by(told: Telling, consultation: Consultation) -> datetime:
    """By when a person says whether it stands: by her urgency, and before it begins."""
    return min(triage.names_decided(firm(), told.intake.urgency, told.now), consultation.starts_at)


def _forget(told: Telling, consultation: Consultation) -> None:
    outbox.withdraw(told.session, consultation, OF_A_TIME | {FINISH}, "superseded")
    calls_due.forget(told.session, consultation, told.now)


def _put(told: Telling, consultation: Consultation, *letters: New | None) -> None:
    """
    Attorneys' letters as they are; the client's by the way she allowed, else as tasks.

    Then a person calls her at the time of each letter.
    """
    wanted = [letter for letter in letters if letter is not None]
    if way(told.answers, told.intake.flags) is None:
        for letter in wanted:
            _call(told, consultation, letter)
        wanted = [letter for letter in wanted if letter.reader != CLIENT]
    outbox.put_all(told.session, told.parts, wanted, intake=told.intake, consultation=consultation)


def _call(told: Telling, consultation: Consultation, letter: New) -> None:
    if letter.reader == CLIENT and letter.kind not in NEVER_CALLED:
        calls_due.add(
            told.session,
            letter.kind,
            due_at=letter.due_at,
            now=told.now,
            intake=told.intake,
            consultation=consultation,
            again=letter.again,
        )


def _invitations(told: Telling, consultation: Consultation) -> list[New | None]:
    """One for each who is on the call: the same UID and version, and each its reader's alone."""
    return [_to_one(told, consultation, INVITATION, consultation, reader) for reader in readers(consultation)]


def _ends(
    told: Telling, consultation: Consultation, before: Before | Consultation, *, everybody: bool = False
) -> list[New | None]:
    """The end of it for those who were on the call before and are no more."""
    still = frozenset() if everybody else set(readers(consultation))
    gone = (reader for reader in readers(before) if reader not in still)
    return [_to_one(told, consultation, CANCELLATION, before, reader) for reader in gone]


def _to_one(told: Telling, consultation: Consultation, kind: str, known: Before | Consultation, reader: str) -> New:
    """
    A letter with all that it says, so that each try says the same, to one who is on the call as `known`.

    The end of an invitation repeats what its reader was told last (RFC 5546 §3.2.5).
    """
    facts = {
        "attorney": known.attorney,
        "start": known.starts_at.isoformat(),
        "end": known.ends_at.isoformat(),
        "sequence": consultation.sequence,
        "dtstamp": consultation.dtstamp.isoformat(),
        "level": told.intake.urgency or "N",
        "language": told.intake.language or told.intake.locale,
        "interpreter": needs_interpreter(told.answers),
        "mode": consultation.call_mode,
        "client_zone": told.zone,
    }
    return New(kind, reader, told.now, str(consultation.sequence), facts)


def _news(
    told: Telling, consultation: Consultation, kind: str, *, by: datetime | None = None, **more: Any
) -> New | None:
    """A letter for the next safe minute; None where none comes in time for it to be of use."""
    last = by if kind == TENTATIVE and by else consultation.starts_at
    until = last if kind in OF_A_TIME else told.now + LONGEST_WAIT
    due_at = told.safe_from(told.now, until)
    if due_at is None:
        return None
    facts = {"by": by.isoformat()} if by else {}
    return about(told, consultation, kind, due_at, instant(minute_of(until)), **facts, **more)
