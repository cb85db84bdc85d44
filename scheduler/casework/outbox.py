"""Letters that wait to be sent: put there with what they tell, claimed one at a time, settled once."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, case, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.transaction import writing
from scheduler.models import Consultation, Intake, Outbox
from scheduler.models.prepared import Prepared

WAITING, SENDING = "waiting", "sending"
SENT, DROPPED, WITHHELD, FAILED = "sent", "dropped", "withheld", "failed"
UNSETTLED = (WAITING, SENDING)
UNKNOWN = "unknown"
"""A result: it may have left. That is not forgotten until it has left for certain."""

_INSERT = {
    dialect.__name__.rpartition(".")[2]: Prepared(
        dialect.insert(Outbox.__table__).on_conflict_do_nothing(index_elements=["dedupe"])
    )
    for dialect in (sqlite, postgresql)
}
"""A letter that is there already stays as it is."""

CLIENT = "client"
"""The reader of a letter to the client; an attorney's is `attorney:<number>`."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    How patiently letters are sent, in seconds of real time.

    A claim ends after `lease`, which is longer than any way out may take; the pause after a failure doubles from
    `first_pause` to `longest_pause`, and after `give_up` of pauses a person at the desk is told.
    """

    lease: int = 60
    first_pause: int = 60
    longest_pause: int = 3600
    give_up: int = 72 * 3600

    def pause(self, attempts: int) -> timedelta:
        """The pause after so many attempts, give or take a fifth, so that not all come back in one second."""
        return timedelta(seconds=self._nominal(attempts) * random.uniform(0.8, 1.2))  # noqa: S311 - no secret

    def is_exhausted(self, attempts: int) -> bool:
        """Whether the pauses after so many attempts would have lasted for `give_up`."""
        return sum(self._nominal(attempt) for attempt in range(1, attempts)) >= self.give_up

    def _nominal(self, attempts: int) -> int:
        return min(self.first_pause << min(attempts - 1, 32), self.longest_pause)


@dataclass(frozen=True, slots=True)
class New:
    """
    A letter to put into the outbox.

    `facts` names nobody (times, sequence, person numbers); `extras` will be sealed; the dedupe key is made of kind,
    reader, subject and `again`.
    """

    kind: str
    reader: str
    due_at: datetime
    again: str
    facts: Mapping[str, Any]
    extras: Mapping[str, Any] | None = None
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One row that is ours to send until its lease ends."""

    row: UUID
    token: UUID


def put(
    session: Session, parts: Parts, letter: New, *, intake: Intake, consultation: Consultation | None = None
) -> None:
    """Add a letter in the caller's transaction, once for its dedupe key."""
    put_all(session, parts, [letter], intake=intake, consultation=consultation)


def put_all(
    session: Session,
    parts: Parts,
    letters: Collection[New],
    *,
    intake: Intake,
    consultation: Consultation | None = None,
) -> None:
    """Add letters about one subject in the caller's transaction, each once for its dedupe key; in one statement."""
    if not letters:
        return
    session.flush()
    subject, now = consultation.id if consultation is not None else intake.id, parts.clock.now()
    key = parts.keyring.open(intake.id) if any(letter.extras is not None for letter in letters) else b""
    shared = {
        "intake_id": intake.id,
        "consultation_id": consultation.id if consultation is not None else None,
        "created_at": now,
    }
    rows = [_row(letter, subject, key) | shared for letter in letters]
    _INSERT[session.get_bind().dialect.name].write(session, *rows)


def _row(letter: New, subject: UUID, key: bytes) -> dict[str, Any]:
    row = uuid4()
    return {
        "id": row,
        "dedupe": f"{letter.kind}:{letter.reader}:{subject}:{letter.again}",
        "kind": letter.kind,
        "reader": letter.reader,
        "facts": dict(letter.facts),
        "extras": seal(letter.extras, key, place("outbox", "extras", row)) if letter.extras is not None else None,
        "due_at": letter.due_at,
        "not_after": letter.not_after,
    }


def extras_of(parts: Parts, row: Outbox) -> dict[str, Any]:
    """
    What was sealed into the row; empty where nothing was.

    Raises:
        KeyGone: The intake was purged.
    """
    if row.extras is None or row.intake_id is None:
        return {}
    return unseal(row.extras, parts.keyring.open(row.intake_id), place("outbox", "extras", row.id))


def withdraw(session: Session, consultation: Consultation, kinds: Collection[str], reason: str) -> None:
    """Drop the letters of these kinds that still wait to tell the client of this consultation."""
    _drop(session, Outbox.consultation_id == consultation.id, kinds, reason)


def keep_true(session: Session, consultation: Consultation) -> None:
    """What is on its way to the client is true of the next version too, which differs in nothing that she is told."""
    mine = (Outbox.consultation_id == consultation.id, Outbox.reader == CLIENT, Outbox.state.in_(UNSETTLED))
    for row in session.scalars(select(Outbox).where(*mine).with_for_update()):
        if row.facts.get("sequence") == consultation.sequence - 1:
            row.facts = {**row.facts, "sequence": consultation.sequence}


def withdraw_all(session: Session, intake: Intake, kinds: Collection[str], reason: str) -> None:
    """The same for whatever they are about."""
    _drop(session, Outbox.intake_id == intake.id, kinds, reason)


def _drop(session: Session, whose: ColumnElement[bool], kinds: Collection[str], reason: str) -> None:
    waits = (Outbox.reader == CLIENT, Outbox.state == WAITING, Outbox.kind.in_(kinds))
    session.execute(update(Outbox).where(whose, *waits).values(state=DROPPED, result=reason, extras=None))


def claim(parts: Parts, delivery: Delivery) -> Claim | None:
    """
    Take one letter that is due, the longest due first, and commit; None where none is.

    A row whose last claim ran out without being settled is due again.
    """
    now, real_now = parts.clock.now(), parts.clock.real_now()
    due = (
        select(Outbox)
        .where(
            Outbox.state.in_(UNSETTLED),
            Outbox.due_at <= now,
            or_(Outbox.lease_until.is_(None), Outbox.lease_until <= real_now),
        )
        .order_by(Outbox.due_at, Outbox.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with writing() as session:
        row = session.scalar(due)
        if row is None:
            return None
        if row.state == SENDING:
            row.result = UNKNOWN
        row.state, row.claim, row.attempts = SENDING, uuid4(), row.attempts + 1
        row.lease_until = real_now + timedelta(seconds=delivery.lease)
        return Claim(row.id, row.claim)


def settle(session: Session, mine: Claim, at: datetime, state: str, result: str | None = None) -> bool:
    """
    Write down, in the caller's transaction, what became of a claimed letter; what was sealed into it is forgotten.

    False, and nothing is changed, where the claim ran out and the row is another's.
    """
    said = result if state == SENT else _unless_unknown(result)
    return _fenced(session, mine, state=state, result=said, claim=None, lease_until=None, extras=None, settled_at=at)


def put_off(session: Session, mine: Claim, until: datetime, result: str) -> bool:
    """Keep a claimed letter for another try, not before `until` of real time; False as for `settle`."""
    return _fenced(session, mine, state=WAITING, result=_unless_unknown(result), claim=None, lease_until=until)


def wait(session: Session, mine: Claim, until: datetime) -> bool:
    """Keep a claimed letter that was not tried until it is due anew; False as for `settle`."""
    once_less = Outbox.attempts - 1
    return _fenced(session, mine, state=WAITING, claim=None, lease_until=None, due_at=until, attempts=once_less)


def has_left(row: Outbox) -> bool:
    """Whether a letter has left, or may have: then its reader knows what it says."""
    return row.state == SENT or row.result == UNKNOWN


def _unless_unknown(result: str | None) -> ColumnElement[str | None]:
    return case((Outbox.result == UNKNOWN, UNKNOWN), else_=literal(result))


def _fenced(session: Session, mine: Claim, **values: Any) -> bool:
    changed = session.execute(
        update(Outbox).where(Outbox.id == mine.row, Outbox.claim == mine.token).values(**values).returning(Outbox.id)
    )
    return changed.first() is not None
