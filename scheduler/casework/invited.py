"""What an attorney was really sent about a consultation: an end is told to those alone who were invited to it."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import outbox
from scheduler.casework.kinds import CANCELLATION, INVITATION
from scheduler.models import Outbox

FOR_ATTORNEY, FOR_INTERPRETER = "attorney:", "interpreter:"


class Seated(Protocol):
    """Who is on a call."""

    @property
    def attorney(self) -> int: ...

    @property
    def interpreter(self) -> int | None: ...

    @property
    def relay(self) -> int | None: ...

    @property
    def second(self) -> int | None: ...


def readers(seated: Seated) -> list[str]:
    """The readers of the invitations to a call: each `attorney:<number>`, or `interpreter:<number>`."""
    ours = {FOR_ATTORNEY: (seated.attorney, seated.second), FOR_INTERPRETER: (seated.interpreter, seated.relay)}
    return [f"{role}{number}" for role, numbers in ours.items() for number in numbers if number is not None]


class NothingToEnd(Exception):
    """This attorney was never invited, or was told of the end already."""


class StillOnItsWay(Exception):
    """An invitation to this attorney is leaving just now; until that is settled nobody knows what she was told."""


def last_told(session: Session, end: Outbox) -> Outbox:
    """
    The last invitation that has left, or may have, to the attorney of this end: its time is what her calendar shows.

    Raises:
        NothingToEnd: There is none, an end has followed it already, or a later one has.
        StillOnItsWay: It is not settled yet.
    """
    hers = select(Outbox).where(Outbox.consultation_id == end.consultation_id, Outbox.reader == end.reader)
    rows = session.scalars(hers.where(Outbox.id != end.id)).all()
    if any(row.kind == INVITATION and row.state == outbox.SENDING for row in rows):
        raise StillOnItsWay
    invitations = [row for row in rows if row.kind == INVITATION and outbox.has_left(row)]
    last = max(invitations, key=_sequence, default=None)
    ends = [row for row in rows if row.kind == CANCELLATION and row.state == outbox.SENT]
    if last is None or _sequence(last) >= _sequence(end) or any(_sequence(row) > _sequence(last) for row in ends):
        raise NothingToEnd
    return last


def _sequence(row: Outbox) -> int:
    return int(row.facts["sequence"])
