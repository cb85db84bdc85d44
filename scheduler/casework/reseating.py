"""Others are on a call at the time it has: another attorney, an interpreter more or less, a second of ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import able, announcing, changes, seats, slots, tasks
from scheduler.casework.announcing import Before
from scheduler.casework.cases import NotThere
from scheduler.casework.changes import Change
from scheduler.casework.moving import NOTHING
from scheduler.casework.parts import Parts
from scheduler.casework.rows import Attorney
from scheduler.casework.slots import Clash, NotOffered, SlotTaken
from scheduler.casework.wanted import Wanted, wanted
from scheduler.engine.intervals import Interval
from scheduler.engine.states import Actor, ConsultationState, Refused
from scheduler.engine.triage_rules import WISH
from scheduler.models import Consultation, Intake, Person, db

STANDS = frozenset({ConsultationState.TENTATIVE, ConsultationState.BOOKED, ConsultationState.CONFIRMED})
MAY = frozenset({Actor.RECEPTIONIST, Actor.ATTORNEY})
MINUTE = timedelta(minutes=1)


class NoReason(Exception):
    """Whoever changes who is on a call says why."""


class NobodyFits(Exception):
    """They cannot be on this call: by language, by the list of those screened off, or by their hours."""


@dataclass(frozen=True, slots=True)
class Reseat:
    """Who shall be on the call; `reason` is a code, staff is named by its id."""

    consultation_id: UUID
    attorney: int
    interpreter: bool
    second: int | None
    reason: str
    actor: Actor
    staff_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is on a call, and who else of the firm could be: names by number; whether an interpreter must not be some."""

    attorney: int
    interpreter: int | None
    second: int | None
    names: Mapping[int, str] = field(repr=False)
    attorneys: tuple[int, ...]
    seconds: tuple[int, ...]
    interpreters: bool
    wish: bool


def choice(parts: Parts, consultation_id: UUID) -> Choice:
    """
    Who could be on this call at the time it has.

    Raises:
        NotThere: There is none, or it is over.
        NotBookable: The intake is closed.
    """
    session: Session = db.session()
    row = session.get(Consultation, consultation_id)
    if row is None or row.state not in STANDS:
        raise NotThere
    intake = session.get_one(Intake, row.intake_id)
    want = wanted(parts, intake, parts.clock.now(), is_booked=True)
    alone = _could(session, replace(want, interpreting=False), row)
    with_one = _could(session, replace(want, interpreting=True), row)
    names = {row.number: row.name for row in session.execute(select(Person.number, Person.name))}
    return Choice(
        attorney=row.attorney,
        interpreter=row.interpreter,
        second=row.second,
        names=names,
        attorneys=tuple(sorted({row.attorney, *(one.number for one in (*alone, *with_one))})),
        seconds=tuple(sorted({one.number for one in _could(session, _anybody(want), row)} - {row.attorney})),
        interpreters=any(one.beside for one in with_one),
        wish=WISH in intake.flags,
    )


def reseat(parts: Parts, request: Reseat) -> Consultation:
    """
    Change who is on a call, in one transaction; the time stays, and so nothing is told to the client.

    Raises:
        NoSuchConsultation: There is none.
        Refused: It is over, or this actor may not change it.
        NoReason: No reason was given.
        NobodyFits: They cannot be on this call.
        SlotTaken: One of them has something else then.
        NotBookable: The intake is closed.
        KeyGone: It was purged.
    """
    return changes.in_one_commit(lambda session: reseat_in(session, parts, request))


def reseat_in(
    session: Session, parts: Parts, request: Reseat, *, busy: Mapping[int, tuple[Interval, ...]] = NOTHING
) -> Consultation:
    """The same in a transaction that is already open; `busy` is time that is taken later in it, by number."""
    change = changes.begin(session, parts, request.consultation_id, request.actor, request.staff_id)
    row = change.consultation
    if change.state not in STANDS or request.actor not in MAY:
        raise Refused(change.state, change.state, request.actor)
    if not request.reason:
        raise NoReason(row.id)
    if (row.attorney, row.interpreter is not None, row.second) == _asked(request) and not busy.keys() & set(row.people):
        return row
    want = replace(wanted(parts, change.intake, change.now, is_booked=True), busy=busy)
    before = Before.of(row)
    one = _seated(change, replace(want, interpreting=request.interpreter, second=request.second), request)
    _write(change, one, before, request.reason)
    announcing.reseated(session, parts, row, change.intake, want.answers, before=before)
    if want.interpreter and row.interpreter is None:
        tasks.add(session, "find_interpreter", due_at=row.starts_at, now=change.now, consultation=row)
    change.chain("consultation_reseated", seats=" ".join(map(str, row.people)), reason=request.reason)
    return row


def who_could(session: Session, want: Wanted, row: Consultation) -> dict[int, str]:
    """The attorneys who have the time of this call, with as many others as are on it: names by number."""
    found = {one.number for one in _could(session, replace(want, interpreting=row.interpreter is not None), row)}
    names = select(Person.number, Person.name).where(Person.number.in_(found)).order_by(Person.number)
    return {row.number: row.name for row in session.execute(names)}


def _asked(request: Reseat) -> tuple[int, bool, int | None]:
    return request.attorney, request.interpreter, request.second


def _write(change: Change, one: Attorney, before: Before, reason: str) -> None:
    row = change.consultation
    seats.sit(row, one)
    if before.attorney != row.attorney:
        row.partstat = "NEEDS-ACTION"
    change.next_version()
    change.note(change.state, row.starts_at, reason)


def _seated(change: Change, want: Wanted, request: Reseat) -> Attorney:
    """
    The first team of those asked for that has the time, and has it now.

    Raises:
        NobodyFits: None of them ever could.
        SlotTaken: None of them can any more.
    """
    row, session = change.consultation, change.session
    want = _as_booked(want, row)
    for one in _could(session, want, row):
        if one.number == request.attorney and (not request.interpreter or len(one.beside) > (want.second is not None)):
            try:
                _take(change, want, one)
            except Clash:
                continue
            return one
    if any(one.number == request.attorney for one in slots.ever(session, want, row.starts_at)):
        raise SlotTaken(row.starts_at)
    raise NobodyFits(request.attorney)


def _take(change: Change, want: Wanted, one: Attorney) -> None:
    row, session = change.consultation, change.session
    end = row.starts_at + want.length * MINUTE
    with session.begin_nested(), slots.taking(session, want, one, row.starts_at, also=row.people):
        change.refuse_if_changed()
        seats.put(change, one, row.starts_at, end)
    row.ends_at = end


def _could(session: Session, want: Wanted, row: Consultation) -> list[Attorney]:
    """The teams that have this consultation's time."""
    try:
        return slots.candidates(session, _as_booked(want, row), row.starts_at)
    except (NotOffered, SlotTaken):
        return []


def _as_booked(want: Wanted, row: Consultation) -> Wanted:
    """The time stands, whatever she may choose from; it is as long as it was, and longer for a new interpreter."""
    length = int((row.ends_at - row.starts_at) / MINUTE)
    if want.interpreter and row.interpreter is None:
        length = max(length, want.length_interpreted)
    return replace(want, rules=(), length=length, bend=able.on_any_minute)


def _anybody(want: Wanted) -> Wanted:
    """Who sits beside the attorney need not speak with the client."""
    return replace(want, interpreting=False, languages=want.ours, paralegals=True)
