"""Whoever works here no longer takes no calls from then on; whoever comes back takes them as before."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import calendar_reading, outside
from scheduler.casework.access import Role
from scheduler.casework.parts import Parts
from scheduler.models import Audit, Person, Staff

ENDED = "staff_let_go"
"""The action of the link in the chain that says whose bookings ended with her sign-ins."""


def end(session: Session, parts: Parts, staff: Staff) -> tuple[list[int], int]:
    """
    Nobody books her from the caller's commit on: her numbers in the calendar, and how many calls to come are left.

    Each of those is a task for the desk; her calendars elsewhere are read no more.
    """
    numbers = [row.number for row in _rows(session, staff) if row.active and not _is_anothers(session, row, staff)]
    return numbers, _set(session, parts, numbers, takes_calls=False)


def take_back(session: Session, parts: Parts, staff: Staff) -> None:
    """Whom `end` took out is booked again, and the calls that were hers are no tasks any more."""
    mine = select(Audit.facts).where(Audit.subject == f"staff:{staff.id}", Audit.action == ENDED)
    said = session.scalar(mine.order_by(Audit.seq.desc()).limit(1)) or {}
    numbers = [row.number for row in _rows(session, staff) if row.number in said.get("people", ())]
    _set(session, parts, numbers, takes_calls=True)
    for number in numbers:
        calendar_reading.read_anew(session, number, parts.clock.now())


def _set(session: Session, parts: Parts, numbers: Sequence[int], *, takes_calls: bool) -> int:
    with outside.watched(session, parts, numbers, agreed=None) as left:
        for row in session.scalars(select(Person).where(Person.number.in_(numbers))):
            row.active = takes_calls
    return len({call.consultation_id for call in left})


def _rows(session: Session, staff: Staff) -> Sequence[Person]:
    """She as the calendar knows her; a number may also be that of the attorney whom she works for."""
    rows = session.scalars(
        select(Person).where(or_(Person.number == staff.person, func.lower(Person.email) == staff.email))
    )
    return [row for row in rows if _is_she(row, staff)]


def _is_she(row: Person, staff: Staff) -> bool:
    return Role.ATTORNEY in staff.roles or row.is_paralegal or row.email.casefold() == staff.email


def _is_anothers(session: Session, row: Person, staff: Staff) -> bool:
    """Whether she goes on here under another address."""
    others = session.scalars(select(Staff).where(Staff.person == row.number, Staff.active, Staff.id != staff.id))
    return any(_is_she(row, other) for other in others)
