"""
Who can be booked and when, remembered in this process for as long as the rows say the same.

What is remembered of a person is used again only where her row, her version in it, the firm's closed days and the days
asked for are what they were. All of that is read each time; a version grows in the commit that changes what is taken.
Holds are not remembered: they end by the clock. Who has one, and who meets the asking intake, is read anew.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, bindparam, select, union
from sqlalchemy.orm import Session

from scheduler.casework import rows
from scheduler.casework.rows import NOBODYS, Asking, Attorney
from scheduler.engine.availability import starts_within
from scheduler.engine.intervals import Interval, Pair
from scheduler.engine.rules import Ask
from scheduler.engine.zones import DAY
from scheduler.models import Block, Consultation
from scheduler.models.database import WRITING
from scheduler.models.prepared import Prepared

MOST_LENGTHS = 8
"""Of so many lengths a person's starts are remembered at once; the firm books three."""

ONE_BY_ONE = 4
"""The time of so many people is read for each of them; of more, in one go for everybody."""

OWN: BindParameter[UUID] = bindparam("own")
CHANGING = Prepared(
    union(
        select(Block.person).where(Block.active, Block.expires_at.is_not(None)),
        select(Block.person).where(Block.active, Block.intake_id == OWN),
        *(select(person).where(Consultation.intake_id == OWN) for person in rows.SEATS),
    )
)
"""The numbers of those whose time ends by the clock, or is other for this intake than for everybody."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A person as a row and the closed days said it, and her starts by length: all those of the window."""

    row: Any
    closed: frozenset[date]
    window: Interval
    one: Attorney
    starts: dict[int, Sequence[int]] = field(default_factory=dict)

    def says(self, row: Any, closed: frozenset[date], window: Interval) -> bool:
        return self.row == row and self.window == window and self.closed == closed


_memory: WeakKeyDictionary[Any, dict[int, _Remembered]] = WeakKeyDictionary()
"""By database: what is remembered, by number."""


def people(asking: Asking) -> list[Attorney]:
    """All attorneys who can be booked, with what is taken near the asked starts; in order of their numbers."""
    if _is_writing(asking.session) or not asking.imports:
        return rows.with_their_time(asking, rows.everybody(asking))
    wide = replace(asking, span=_whole_days(asking.span), intake_id=None)
    closed, said = rows.closed_days(wide), {row.number: row for row in rows.said(wide)}
    own = asking.intake_id or NOBODYS
    changing = [row.person for row in CHANGING.rows(asking.session, own=own) if row.person in said]
    known = _recalled(wide, said, closed, changing)
    anew = _with_time(asking, [rows.attorney(said[number], closed) for number in changing])
    return [anew.get(number) or known[number].one for number in said]


def starts(asking: Asking, those: Iterable[Attorney], ask: Ask, allowed: Sequence[Pair]) -> list[int]:
    """The allowed starts that one of these has free, who are as they were handed out or changed since: sorted."""
    if not allowed:
        return []
    memory = _memory.get(_database(asking.session), {})
    found: set[int] = set()
    for one in those:
        known = memory.get(one.number)
        if known is not None and known.one is one and (ask.is_urgent or one.person.reserve is None):
            found.update(_all_starts(known, ask))
        else:
            found.update(starts_within(one.person, ask, allowed))
    free = sorted(found)
    return [start for first, end in allowed for start in free[bisect_left(free, first) : bisect_left(free, end)]]


def _recalled(
    wide: Asking, said: Mapping[int, Any], closed: frozenset[date], changing: Collection[int]
) -> dict[int, _Remembered]:
    """Everybody whose time ends not by the clock: from memory, or read and remembered."""
    before = _memory.get(_database(wide.session), {})
    known = {
        number: before[number]
        for number, row in said.items()
        if number in before and before[number].says(row, closed, wide.span)
    }
    new = [rows.attorney(row, closed) for number, row in said.items() if number not in known.keys() | changing]
    for number, one in _with_time(wide, new).items():
        known[number] = _Remembered(said[number], closed, wide.span, one)
    _memory[_database(wide.session)] = known
    return known


def _with_time(asking: Asking, those: Sequence[Attorney]) -> dict[int, Attorney]:
    if len(those) > ONE_BY_ONE:
        return {one.number: one for one in rows.with_their_time(asking, those)}
    alone = (rows.with_their_time(replace(asking, person=one.number), [one]) for one in those)
    return {one.number: one for each in alone for one in each}


def _all_starts(known: _Remembered, ask: Ask) -> Sequence[int]:
    """Every start of her window for a slot of that length, whoever asks."""
    found = known.starts.get(ask.length)
    if found is None:
        window = known.window
        found = starts_within(known.one.person, replace(ask, span=window), [(window.start, window.end)])
        if len(known.starts) >= MOST_LENGTHS:
            known.starts.clear()
        known.starts[ask.length] = found
    return found


def _whole_days(span: Interval) -> Interval:
    """The days in UTC that the span meets: the same ones all day long."""
    return Interval(span.start // DAY * DAY, -(-span.end // DAY) * DAY)


def _is_writing(session: Session) -> bool:
    """Whether what it sees may never be committed, and must not be remembered."""
    return bool(session.connection().get_execution_options().get(WRITING))


def _database(session: Session) -> Any:
    return session.get_bind()
