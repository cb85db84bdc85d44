"""How long what is kept, and what then becomes of it (intake.md §5.4); pure, `now` is an argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from scheduler.engine.states import IntakeState


class Then(StrEnum):
    """What becomes of a record once its days are over."""

    DELETE = "delete"
    STUB = "stub"


class Record(StrEnum):
    """A kind of record that has days of its own."""

    DRAFT = "draft"
    DRAFT_UNSAFE = "draft_unsafe"
    NEVER_BOOKED = "never_booked"
    DECLINED_CONFLICT = "declined_conflict"
    DECLINED_READ = "declined_read"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CONSULTED = "consulted"
    LETTERS = "letters"
    AUDIT = "audit"
    STUB = "stub"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Rule:
    """So long a record is kept, and then that becomes of it."""

    kept: timedelta
    then: Then


LOOK_EVERY = timedelta(minutes=30)
"""So often it is looked what is due."""

_R = Record
_YEAR = 365

RULES: Mapping[Record, Rule] = MappingProxyType(
    {
        _R.DRAFT: Rule(timedelta(days=7), Then.DELETE),
        _R.DRAFT_UNSAFE: Rule(timedelta(hours=72), Then.DELETE),
        _R.NEVER_BOOKED: Rule(timedelta(days=30), Then.STUB),
        _R.DECLINED_CONFLICT: Rule(timedelta(days=1) - 2 * LOOK_EVERY, Then.STUB),
        _R.DECLINED_READ: Rule(timedelta(days=30), Then.STUB),
        _R.DECLINED: Rule(timedelta(days=60), Then.STUB),
        _R.WITHDRAWN: Rule(timedelta(days=30), Then.STUB),
        _R.CONSULTED: Rule(timedelta(days=_YEAR), Then.STUB),
        _R.LETTERS: Rule(timedelta(days=_YEAR), Then.DELETE),
        _R.AUDIT: Rule(timedelta(days=6 * _YEAR + 2), Then.DELETE),
        _R.STUB: Rule(timedelta(days=7 * _YEAR + 2), Then.DELETE),
        _R.BACKUP: Rule(timedelta(days=35), Then.DELETE),
    }
)
"""The table. After a declined conflict a day must not be over before two looks have found it; years have leap days."""

SHORTENABLE = frozenset({_R.NEVER_BOOKED, _R.DECLINED_READ, _R.DECLINED, _R.WITHDRAWN, _R.CONSULTED, _R.LETTERS})
"""What the firm may keep for fewer days; no record is kept for more."""

_BY_STATE: Mapping[IntakeState, Record] = MappingProxyType(
    {
        IntakeState.SUBMITTED: _R.NEVER_BOOKED,
        IntakeState.CLEARED: _R.NEVER_BOOKED,
        IntakeState.DECLINED_CONFLICT: _R.DECLINED_CONFLICT,
        IntakeState.DECLINED: _R.DECLINED,
        IntakeState.REFERRED: _R.DECLINED,
        IntakeState.WITHDRAWN: _R.WITHDRAWN,
        IntakeState.MERGED: _R.WITHDRAWN,
    }
)
"""What an intake in this state is a record of; in any other no clock runs."""

WAITS_FOR_HER = frozenset(state for state, record in _BY_STATE.items() if record is _R.DECLINED)
"""States in which a letter waits for her, and fewer days are left once she has opened it."""

WAITS_FOR_WORK = frozenset({IntakeState.SUBMITTED, IntakeState.CLEARED})
"""States in which an open consultation, call or task stops the clock (intake.md §3.3)."""


class TooLong(Exception):
    """The firm may keep a record for fewer days than the table, and for no more; the message is the record."""


@dataclass(frozen=True, slots=True)
class Life:
    """
    What says how long one intake is kept; instants.

    `since`: the last change of its state or of anything about it. `talked_at`: the end of its last consultation that
    took place. `read_at`: when she opened the letter that declined. `busy`: a consultation, a call or a task is open.
    `held`: an attorney's legal hold. `asked`: she wants it deleted at once.
    """

    state: IntakeState
    since: datetime
    talked_at: datetime | None = None
    read_at: datetime | None = None
    busy: bool = False
    held: bool = False
    asked: bool = False


def kept(record: Record, shortened: Mapping[str, int] | None = None) -> timedelta:
    """How long a record is kept by the table, or by the firm's own fewer days."""
    days = (shortened or {}).get(record) if record in SHORTENABLE else None
    return RULES[record].kept if days is None else min(timedelta(days=days), RULES[record].kept)


def shortened(said: Mapping[str, int]) -> dict[str, int]:
    """
    The firm's own days by record, looked through.

    Raises:
        TooLong: One is not the firm's to set, is below a day, or is more than the table's.
    """
    for name, days in said.items():
        if name not in SHORTENABLE or not timedelta(days=1) <= timedelta(days=days) <= RULES[Record(name)].kept:
            raise TooLong(name)
    return dict(said)


def record_of(life: Life) -> Record | None:
    """What kind of record an intake is; None where no clock runs."""
    record = _BY_STATE.get(life.state)
    if life.state in WAITS_FOR_WORK and life.busy:
        return None
    if record is Record.NEVER_BOOKED and life.talked_at is not None:
        return Record.CONSULTED
    if record is Record.DECLINED and life.read_at is not None and life.read_at >= life.since:
        return Record.DECLINED_READ
    return record


def due_at(life: Life, own: Mapping[str, int] | None = None) -> datetime | None:
    """When an intake is to be purged; None where no clock runs, or a hold stops it."""
    record = record_of(life)
    if record is None or life.held:
        return None
    if life.asked:
        return life.since
    if record is Record.DECLINED_READ and life.read_at is not None:
        return min(life.read_at + kept(record, own), life.since + kept(Record.DECLINED, own))
    return life.since + kept(record, own)


def why_due(life: Life, now: datetime, own: Mapping[str, int] | None = None) -> Record | None:
    """The kind of record whose days are over for this intake; None where it is not due."""
    due = due_at(life, own)
    return record_of(life) if due is not None and due <= now else None
