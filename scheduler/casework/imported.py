"""Imported busy time: what of a calendar is not our own invitation coming back, and what follows where it is new."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import slots, tasks
from scheduler.casework.kinds import CANCELLATION, INVITATION
from scheduler.casework.rows import LONGEST_BLOCK, SEATS
from scheduler.engine.intervals import Interval, intersect, subtract, union
from scheduler.engine.invitation.busy import Busy as Read
from scheduler.engine.invitation.identity import named_in
from scheduler.engine.states import APPOINTED, TAKES_TIME
from scheduler.engine.zones import instant, minute_ceil, minute_of
from scheduler.models import Busy, Calendar, Consultation, Intake, Outbox

OVER_A_BOOKING = "busy_over_booking"
"""The task: something was put into an attorney's calendar where she has a call."""

AT_ONCE = 500
LOOK_BACK = timedelta(days=120)
"""No invitation that is older is for a call to come."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Times that we have told a person: those that stand, and those that no longer do since an instant."""

    current: frozenset[Interval]
    previous: frozenset[Interval]

    def are(self, shown: Interval) -> bool:
        """Whether a time that is shown is one of them, or several without a gap."""
        every = self.current | self.previous
        return union(one for one in every if shown.start <= one.start and one.end <= shown.end) == [shown]


@dataclass(frozen=True, slots=True)
class Times:
    """
    When she is busy, sorted and disjoint.

    `is_passing`: a time of ours was known by its times alone; it may be hers by the next good read, changed or not.
    """

    stretches: list[Interval]
    is_passing: bool


def ours(session: Session, number: int, *, since: datetime, now: datetime) -> Ours:
    """What a person's calendar may show because we invited her, if it has not followed us yet since an instant."""
    readers = (f"attorney:{number}", f"interpreter:{number}")
    letters = select(Outbox).where(
        Outbox.reader.in_(readers), Outbox.kind.in_((INVITATION, CANCELLATION)), Outbox.created_at > now - LOOK_BACK
    )
    told = defaultdict[UUID | None, list[Outbox]](list)
    for letter in session.scalars(letters.order_by(Outbox.created_at)):
        told[letter.consultation_id].append(letter)
    current, previous = set[Interval](), set[Interval]()
    for those in told.values():
        last = max(those, key=lambda letter: (int(letter.facts["sequence"]), letter.created_at))
        if last.kind == INVITATION:
            current.add(_told(last))
        if last.created_at > since:
            previous.update(map(_told, those))
    return Ours(frozenset(current), frozenset(previous - current))


def _told(letter: Outbox) -> Interval:
    start, end = (datetime.fromisoformat(letter.facts[name]) for name in ("start", "end"))
    return Interval(minute_of(start), minute_ceil(end))


def without_ours(session: Session, found: Collection[Read], own: Ours) -> Times:
    """
    What is left without our own invitations coming back.

    They are known by their UIDs, whatever has become of them; where a server shows times alone, or has given an
    invitation another UID, by being exactly ours: one, or several that it shows as one.
    """
    names = {one.uid: named_in(one.uid) for one in found}
    ours = set(_known_uids(session, {name for those in names.values() for name in those if name}))
    left, is_passing = list[Interval](), False
    for one in found:
        if not ours.isdisjoint(names[one.uid]):
            continue
        those = [each for each in one.stretches if one.by_times and own.are(each)]
        is_passing |= bool(those)
        left += [each for each in one.stretches if each not in those]
    return Times(union(left), is_passing)


def _known_uids(session: Session, uids: Collection[str]) -> Iterator[str]:
    asked = sorted(uids)
    for at in range(0, len(asked), AT_ONCE):
        yield from session.scalars(select(Consultation.uid).where(Consultation.uid.in_(asked[at : at + AT_ONCE])))


def replace(session: Session, calendar: Calendar, stretches: Iterable[Interval], now: datetime) -> bool:
    """
    Put these in the place of what the calendar took before; whether they are others.

    Its owner's row is locked already. Then its version grows, and the desk is told of calls that are newly covered.
    """
    known = session.execute(select(Busy.b0, Busy.b1).where(Busy.calendar_id == calendar.id).order_by(Busy.b0)).all()
    before, pieces = [Interval(b0, b1) for b0, b1 in known], [piece for one in stretches for piece in _pieces(one)]
    if pieces == before:
        return False
    slots.lock(session, calendar.person)
    session.execute(delete(Busy).where(Busy.calendar_id == calendar.id))
    if pieces:
        whose = {"calendar_id": calendar.id, "person": calendar.person}
        session.execute(insert(Busy), [{**whose, "b0": one.start, "b1": one.end} for one in pieces])
    _tell_of_covered(session, calendar, subtract(union(pieces), union(before)), now)
    return True


def _pieces(one: Interval) -> Iterator[Interval]:
    """No longer than a look at a day reads."""
    for start in range(one.start, one.end, LONGEST_BLOCK):
        yield Interval(start, min(one.end, start + LONGEST_BLOCK))


def _tell_of_covered(session: Session, calendar: Calendar, fresh: list[Interval], now: datetime) -> None:
    """A task for each call of its owner that lies in what is new."""
    if not fresh:
        return
    calls = select(Consultation).where(
        or_(*(seat == calendar.person for seat in SEATS)),
        Consultation.state.in_(APPOINTED & TAKES_TIME),
        Consultation.starts_at < instant(fresh[-1].end),
        Consultation.ends_at > max(now, instant(fresh[0].start)),
    )
    for call in session.scalars(calls.order_by(Consultation.starts_at)).all():
        covered = intersect([Interval(minute_of(call.starts_at), minute_ceil(call.ends_at))], fresh)
        if covered:
            intake = session.get_one(Intake, call.intake_id)
            again = f"{calendar.id}:{call.starts_at.isoformat()}:{covered[0].start}"
            tasks.add(session, OVER_A_BOOKING, due_at=now, now=now, intake=intake, consultation=call, again=again)
