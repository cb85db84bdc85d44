"""Who is told what of a booking, a move, a cancellation: rows of the outbox or of the desk, in the caller's commit."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.casework import calls_due, outbox, triage
from scheduler.casework.firm import firm
from scheduler.casework.outbox import CLIENT, New
from scheduler.casework.parts import Parts
from scheduler.engine import events, reminders
from scheduler.engine.answers import Answers
from scheduler.engine.hours import open_minutes
from scheduler.engine.intervals import Interval, subtract
from scheduler.engine.safe_contact import safe_hours, way
from scheduler.engine.triage import needs_interpreter
from scheduler.engine.zones import DAY, instant, minute_ceil, minute_of
from scheduler.models import Consultation, Intake, Outbox

INVITATION, CANCELLATION = "invitation", "cancellation"
BOOKED, MOVED, CANCELLED_YOU, CANCELLED_US = "booked", "moved", "cancelled_you", "cancelled_us"
REMINDERS = ("remind_72h", "remind_24h", "remind_2h", "join")
OTP = "otp"
JOIN = "join"

OF_A_TIME = frozenset({BOOKED, MOVED, *REMINDERS})
"""What a client is told of a time: wrong as soon as it is another's or nobody's."""

LONGEST_WAIT = 7 * DAY
"""Minutes after which news that found no safe hour is left to a person."""


@dataclass(frozen=True, slots=True)
class Before:
    """A consultation as its readers knew it before it was moved."""

    attorney: int
    starts_at: datetime
    ends_at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What every letter of one change has in common."""

    session: Session = field(repr=False)
    parts: Parts = field(repr=False)
    consultation: Consultation
    intake: Intake
    answers: Answers = field(repr=False)
    now: datetime
    silence: tuple[Interval, ...]
    place: str | None = field(repr=False)

    @property
    def zone(self) -> str:
        return self.consultation.client_zone


def booked(session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers) -> None:
    """Invite the attorney, confirm to the client, plan her reminders."""
    told = _told(session, parts, consultation, intake, answers)
    _put(told, _invitation(told), _news(told, BOOKED), *_reminders(told))


def moved(
    session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers, *, before: Before
) -> None:
    """Tell the new time to the attorney (or the old one that it is over) and to the client; plan reminders anew."""
    told = _told(session, parts, consultation, intake, answers)
    _forget(told)
    ended = None
    if before.attorney != consultation.attorney:
        ended = _to_attorney(told, CANCELLATION, before.attorney, before.starts_at, before.ends_at)
    _put(told, ended, _invitation(told), _news(told, MOVED), *_reminders(told))


def cancelled(
    session: Session,
    parts: Parts,
    consultation: Consultation,
    intake: Intake,
    answers: Answers,
    *,
    by: Literal["client", "firm"],
) -> None:
    """Tell attorney and client that there is no consultation any more; no reminder is left."""
    told = _told(session, parts, consultation, intake, answers)
    _forget(told)
    ended = _to_attorney(told, CANCELLATION, consultation.attorney, consultation.starts_at, consultation.ends_at)
    _put(told, ended, _news(told, CANCELLED_YOU if by == "client" else CANCELLED_US))


def code(session: Session, parts: Parts, intake: Intake, code: str, *, expires_at: datetime) -> None:
    """Send a code that the client asked for: at once, at any hour, and not once it has run out."""
    letter = New(
        kind=OTP,
        reader=CLIENT,
        due_at=parts.clock.now(),
        again=expires_at.isoformat(),
        facts={},
        extras={"code": code},
        not_after=expires_at,
    )
    outbox.put(session, parts, letter, intake=intake)


def _told(session: Session, parts: Parts, consultation: Consultation, intake: Intake, answers: Answers) -> _Told:
    now, zones = parts.clock.now(), events.EventZones(client=consultation.client_zone)
    silence = tuple(events.silence(answers, zones, firm().today(now)))
    place = triage.her_place(answers, now)
    label = place.sms_label if place.zone == consultation.client_zone else None
    return _Told(session, parts, consultation, intake, answers, now, silence, label)


def _forget(told: _Told) -> None:
    outbox.withdraw(told.session, told.consultation, OF_A_TIME, "superseded")
    calls_due.forget(told.session, told.consultation, told.now)


def _put(told: _Told, *letters: New | None) -> None:
    """
    Attorneys' letters as they are; the client's by the way she allowed, else as tasks.

    Then a person calls her at the time of each letter.
    """
    wanted = [letter for letter in letters if letter is not None]
    if way(told.answers, told.intake.flags) is None:
        for letter in wanted:
            _call(told, letter)
        wanted = [letter for letter in wanted if letter.reader != CLIENT]
    outbox.put_all(told.session, told.parts, wanted, intake=told.intake, consultation=told.consultation)


def _call(told: _Told, letter: New) -> None:
    if letter.reader == CLIENT and letter.kind != JOIN:
        calls_due.add(
            told.session,
            letter.kind,
            due_at=letter.due_at,
            now=told.now,
            intake=told.intake,
            consultation=told.consultation,
            again=letter.again,
        )


def _invitation(told: _Told) -> New:
    consultation = told.consultation
    return _to_attorney(told, INVITATION, consultation.attorney, consultation.starts_at, consultation.ends_at)


def _to_attorney(told: _Told, kind: str, attorney: int, start: datetime, end: datetime) -> New:
    """
    A letter with all that it says, so that each try says the same.

    The end of an invitation repeats what that attorney was told last (RFC 5546 §3.2.5).
    """
    facts = {
        "attorney": attorney,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "sequence": told.consultation.sequence,
        "dtstamp": told.consultation.dtstamp.isoformat(),
        "level": told.intake.urgency or "N",
        "language": told.intake.language or told.intake.locale,
        "interpreter": needs_interpreter(told.answers),
        "mode": told.consultation.call_mode,
        "client_zone": told.zone,
    }
    return New(kind, f"attorney:{attorney}", told.now, str(told.consultation.sequence), facts)


def _news(told: _Told, kind: str) -> New | None:
    """A letter for the next safe minute; None where none comes in time for it to be of use."""
    consultation = told.consultation
    first, ends = minute_of(told.now), minute_of(consultation.starts_at)
    last = ends if kind in OF_A_TIME else first + LONGEST_WAIT
    safe = [span for span in _safe(told, first, last) if span.end > minute_ceil(told.now)]
    if not safe:
        return None
    due_at = max(told.now, instant(safe[0].start))
    return _letter(told, kind, due_at, instant(last))


def _reminders(told: _Told) -> list[New]:
    consultation = told.consultation
    call = reminders.Call(
        start=minute_of(consultation.starts_at),
        safe=safe_hours(told.answers, told.zone),
        silence=told.silence,
        mode=consultation.call_mode,
    )
    planned = reminders.plan(call, now=told.now.timestamp() / 60, counted=_counted(told))
    letters = (_letter(told, one.kind, instant(one.due_at), instant(one.not_after)) for one in planned)
    return [replace(letter, again=f"{letter.again}:{letter.due_at.isoformat()}") for letter in letters]


def _letter(told: _Told, kind: str, due_at: datetime, not_after: datetime) -> New:
    consultation = told.consultation
    facts = {"start": consultation.starts_at.isoformat(), "sequence": consultation.sequence, "zone": told.zone}
    if kind == CANCELLED_US:
        facts["by"] = triage.call_promised(firm(), told.intake.urgency, told.now).isoformat()
    return New(kind, CLIENT, due_at, str(consultation.sequence), facts, {"place": told.place}, not_after)


def _safe(told: _Told, first: int, last: int) -> list[Interval]:
    """The minutes of [first, last) at which she may be written to; may be empty."""
    if last <= first:
        return []
    hours = safe_hours(told.answers, told.zone)
    return subtract(open_minutes(hours, Interval(first, last)), list(told.silence))


def _counted(told: _Told) -> int:
    """How many reminders of this consultation have left already; none of one that is just booked."""
    if told.consultation.sequence == 0:
        return 0
    left = select(func.count(Outbox.id)).where(
        Outbox.consultation_id == told.consultation.id, Outbox.kind.in_(REMINDERS), Outbox.state == outbox.SENT
    )
    return told.session.scalar(left) or 0
