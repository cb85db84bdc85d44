"""One start and who takes it: offered or not, taken or not, and the lock under which it is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.casework import able, openings, rows
from scheduler.casework.rows import PERSON, Attorney
from scheduler.casework.wanted import Wanted, seen_anew
from scheduler.engine.availability import Person
from scheduler.engine.intervals import Interval
from scheduler.engine.states import Actor, ConsultationState, move_consultation
from scheduler.engine.teams import least_loaded, preferred_first, round_robin
from scheduler.engine.zones import EPOCH, minute_of
from scheduler.models import Block, Consultation, ConsultationChange
from scheduler.models.prepared import Prepared

GUARD = "block_no_overlap"
SILENTLY = {"synchronize_session": False}
ROUND_ROBIN = "round_robin"
"""A firm's setting `assignment`; `least_loaded` is the other and the usual one."""

A_YEAR, A_MINUTE = timedelta(days=365), timedelta(minutes=1)
HOLD = "hold"
"""The kind of a block that keeps a time free for a while and is nobody's appointment."""

_BUMP = (
    update(PERSON.number.table)
    .where(PERSON.number == bindparam("number_"))
    .values(version=PERSON.version + 1)
    .returning(PERSON.version)
)
BUMP, BUMP_AND_ASSIGN = Prepared(_BUMP), Prepared(_BUMP.values(last_assigned_at=bindparam("at")))

_STOOD = (Consultation.state != ConsultationState.HELD, Consultation.state != ConsultationState.EXPIRED_HOLD)
BEFORE = Prepared(
    select(Consultation.attorney)
    .where(Consultation.intake_id == bindparam("own"), *_STOOD)
    .order_by(Consultation.starts_at.desc())
    .limit(1)
)
"""The attorney of the last call that an intake had, whatever became of it."""


class SlotTaken(Exception):
    """Somebody was quicker, or everybody's day is full by now; the client is offered the slots that are left."""


class NotOffered(Exception):
    """This start is not among what is offered to this intake: past, too soon, off the grid, outside of the hours."""


class Clash(Exception):
    """This team cannot take it any more: seen under the locks, or refused by the database; the next one is tried."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(numbers)
        self.numbers = numbers


def candidates(session: Session, want: Wanted, start: datetime) -> list[Attorney]:
    """
    The attorneys who can take this start, the least loaded first.

    Raises:
        NotOffered: Nobody could, whatever is booked; or it is not among her times.
        SlotTaken: Nobody can any more.
    """
    minute = minute_of(start)
    end = want.span.end if want.bend is None else want.span.start + A_YEAR // A_MINUTE
    if start.second or start.microsecond or not want.span.start <= minute < end:
        raise NotOffered(start)
    looking = asking(session, want, start)
    people = able.people(looking, want)
    free = able.at(able.with_their_time(looking, people), want.ask(_only(minute)))
    if not free and not able.at(people, want.ask(_only(minute))):
        raise NotOffered(start)
    later = _later(session, want, minute)
    if not free:
        raise SlotTaken(start)
    if minute not in later:
        raise NotOffered(start)
    return in_order(looking, want, free)


def in_order(asking: rows.Asking, want: Wanted, free: Collection[Attorney]) -> list[Attorney]:
    """
    Who takes it before whom: with whom she would rather talk, whom she has talked with, then by the firm's rule.

    Of an attorney's teams the one first that she would rather have, then the one that has waited longest.
    """
    attorneys = {one.number: one.person for one in free}
    liked = frozenset(each.number for one in free for each in one.team if each.gender and each.gender == want.rather)
    ordered = _by_turn(asking, want, attorneys, liked) if len(attorneys) > 1 else list(attorneys)

    def turn(one: Attorney) -> tuple[Any, ...]:
        return ordered.index(one.number), [each.number not in liked for each in one.beside], *map(_waiting, one.beside)

    return sorted(free, key=turn)


def _by_turn(asking: rows.Asking, want: Wanted, attorneys: Mapping[int, Person], liked: frozenset[int]) -> list[int]:
    if asking.firm.settings.get("assignment") == ROUND_ROBIN:
        ordered = round_robin(attorneys.values())
    else:
        loads = rows.loads(asking, [Attorney(one, 0) for one in attorneys.values()])
        ordered = least_loaded(attorneys.values(), loads)
    known = frozenset(row.attorney for row in BEFORE.rows(asking.session, own=want.intake_id))
    return [one.number for one in preferred_first(ordered, [liked, known])]


def _waiting(one: Attorney) -> tuple[bool, datetime, int]:
    last = one.person.last_assigned
    return last is not None, last or EPOCH, one.number


def ever(session: Session, want: Wanted, start: datetime) -> list[Attorney]:
    """Those who could take this start if nothing were booked."""
    return able.at(able.people(asking(session, want, start), want), want.ask(_only(minute_of(start))))


def ahead(start: datetime, now: datetime, intake_id: UUID) -> list[tuple[Prepared, Mapping[str, Any]]]:
    """What `candidates` will ask for this start, where anybody can be asked for it."""
    return rows.ahead(_only(minute_of(start)), now, intake_id) if now <= start < now + A_YEAR else []


@contextmanager
def taking(
    session: Session, want: Wanted, one: Attorney, start: datetime, also: Collection[int] = ()
) -> Iterator[None]:
    """
    The caller writes the blocks in it: the rows of all on the call are locked and they still have the time.

    `also` are those who had it before: their rows are locked too, lowest number first.

    Raises:
        Clash: It is taken; the caller undoes what was written and lets go of the locks.
    """
    try:
        versions = _lock_team(session, want, one, also)
        unseen = any(versions[each.number] != each.version + 1 for each in one.team)
        stale = [
            block for each in (_look_again(session, want, one, start) if unseen else one).team for block in each.stale
        ]
        if stale:
            free(session, stale, want.now)
        yield
    except IntegrityError as refused:
        if GUARD not in str(refused.orig):
            raise
        raise Clash(one.numbers) from None


def free(session: Session, blocks: Collection[UUID], now: datetime) -> None:
    """Switch blocks off; a consultation that was no more than held by one of them has expired with it."""
    session.execute(update(Block).where(Block.id.in_(blocks)).values(active=False), execution_options=SILENTLY)
    of_them = select(Block.consultation_id).where(Block.id.in_(blocks))
    held = select(Consultation).where(Consultation.id.in_(of_them), Consultation.state == ConsultationState.HELD)
    for consultation in session.scalars(held):
        state = move_consultation(ConsultationState.HELD, ConsultationState.EXPIRED_HOLD, Actor.SYSTEM)
        change = ConsultationChange(
            consultation_id=consultation.id,
            at=now,
            actor=Actor.SYSTEM,
            old_state=consultation.state,
            new_state=state,
            old_start=consultation.starts_at,
        )
        session.add(change)
        consultation.state = state
    session.flush()


def free_own(session: Session, intake_id: UUID, now: datetime) -> None:
    """Let go of the time that is held for an intake."""
    held = select(Block.id).where(Block.intake_id == intake_id, Block.kind == HOLD, Block.active)
    free(session, session.scalars(held).all(), now)


def lock(session: Session, number: int, *, assigned_at: datetime | None = None) -> int:
    """
    Lock a person's row until the commit or the end of the savepoint; its version, counted up by one.

    `assigned_at` is noted as when she was last given a consultation.
    """
    given = {"number_": number} if assigned_at is None else {"number_": number, "at": assigned_at}
    bump = BUMP if assigned_at is None else BUMP_AND_ASSIGN
    return int(bump.first(session, **given).version)


def lock_all(session: Session, numbers: Iterable[int]) -> None:
    """Lock the rows of these people, lowest number first."""
    for number in sorted(set(numbers)):
        lock(session, number)


def _lock_team(session: Session, want: Wanted, one: Attorney, also: Collection[int]) -> dict[int, int]:
    """Lock the rows of those who get it and of those who had it; their versions. Who is new to it is assigned now."""
    fresh = set(one.numbers) - set(also)
    return {
        each: lock(session, each, assigned_at=want.now if each in fresh else None)
        for each in sorted({*one.numbers, *also})
    }


def _later(session: Session, want: Wanted, minute: int) -> Sequence[int]:
    """
    The starts that are hers where this one is after she must be seen; itself where it is not.

    Raises:
        NotOffered: There are times before that.
    """
    if want.bend is not None or minute <= minute_of(want.outcome.must_be_seen_by):
        return (minute,)
    found = openings.look(session, want)
    if found.in_time:
        raise NotOffered(minute)
    return found.later[: openings.LATER]


def _look_again(session: Session, want: Wanted, one: Attorney, start: datetime) -> Attorney:
    """The same team under the locks, since a row has changed after it was read."""
    minute, want = minute_of(start), seen_anew(session, want)
    looking = asking(session, want, start)
    for now in able.at(able.with_their_time(looking, able.people(looking, want)), want.ask(_only(minute))):
        if now.numbers == one.numbers:
            return now
    raise Clash(one.numbers)


def asking(session: Session, want: Wanted, start: datetime) -> rows.Asking:
    """The question about one start alone; what else is taken in its days matters where time is kept for the urgent."""
    span = _only(minute_of(start))
    beside = rows.REACH if want.reserve is None else rows.BESIDE
    return rows.Asking(session, want.firm, want.now, span, want.intake_id, imports=want.imports, beside=beside)


def _only(minute: int) -> Interval:
    return Interval(minute, minute + 1)
