"""A list of names is read in: sent, its columns named, tried without a trace, then kept; sealed until it is done."""

import base64
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import phonenumbers
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, conflict_names, conflict_settings, identities, later_names
from scheduler.casework.cases import NotThere
from scheduler.casework.conflict_names import LIST, NAMES, SEARCH, Entry
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine import name_lists
from scheduler.engine.conflicts import Who
from scheduler.engine.name_lists import PHONE, BadLine, Columns, Person, Sheet
from scheduler.models import ConflictList, db

KEPT = timedelta(days=1)
AT_ONCE = 500
"""So many lines are written in one transaction, so that bookings need not wait for the whole list."""

SHOWN = 5
MOST_ERRORS = 50
AT_HOME = "US"
"""Where a telephone number without its country is from."""


class NotEnough(Exception):
    """No column holds a name, or nothing says who these people are to the firm."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A list as it was sent, and what its columns mean as far as that is known."""

    id: UUID
    sheet: Sheet = field(repr=False)
    columns: Columns | None
    guessed: Columns

    @property
    def sample(self) -> Sequence[Sequence[str]]:
        """Its first rows, as they are."""
        return [row for _line, row in self.sheet.rows[:SHOWN]]


@dataclass(frozen=True, slots=True)
class Tried:
    """What would be kept: so many, of whom so many are new; which lines name nobody, and which cells stay out."""

    good: int
    new: int
    bad: tuple[tuple[int, str], ...]
    bad_in_all: int
    left_out: tuple[tuple[str, int], ...]
    sample: tuple[Person, ...] = field(repr=False)


def send(parts: Parts, who: SignedIn, content: bytes) -> UUID:
    """
    Keep a list, sealed, for a day; the one she sent before is forgotten.

    Raises:
        Unreadable: It is no list.
        TooLong: It is more than is read at once.
    """
    name_lists.read(content)
    now, list_id = parts.clock.now(), uuid4()
    with writing() as session:
        session.execute(
            delete(ConflictList).where(or_(ConflictList.staff_id == who.id, ConflictList.created_at <= now - KEPT))
        )
        file = {"file": base64.b64encode(content).decode()}
        session.add(ConflictList(id=list_id, staff_id=who.id, created_at=now, file=_seal(parts, list_id, "file", file)))
        audit.record(session, parts, who.actor, "names_sent", f"conflict_list:{list_id}")
    return list_id


def opened(parts: Parts, list_id: UUID) -> Opened:
    """
    A list that is being read in.

    Raises:
        NotThere: There is none, or it was forgotten.
    """
    return _opened(parts, _row(db.session(), parts, list_id))


def name_columns(parts: Parts, list_id: UUID, columns: Columns) -> None:
    """
    Say what the columns mean.

    Raises:
        NotThere: There is none, or it was forgotten.
        NotEnough: That would keep nobody.
    """
    if not columns.is_enough():
        raise NotEnough
    said = {"meanings": {str(number): said for number, said in columns.meanings.items()}, "all": columns.everybody}
    with writing() as session:
        row = _row(session, parts, list_id)
        row.columns = _seal(parts, list_id, "columns", said)


def try_it(parts: Parts, list_id: UUID) -> Tried:
    """
    What reading it in would do; nothing is kept.

    Raises:
        NotThere: There is none, or it was forgotten.
        NotEnough: Nobody has said what its columns mean.
    """
    lines = list(_lines(opened(parts, list_id)))
    good = [one for _line, one in lines if isinstance(one, Person)]
    bad = [(line, str(one)) for line, one in lines if isinstance(one, BadLine)]
    left_out = Counter(meaning for one in good for meaning in one.left_out)
    new = conflict_names.count_new(db.session(), parts, _entries(parts, good))
    return Tried(len(good), new, tuple(bad[:MOST_ERRORS]), len(bad), tuple(left_out.items()), tuple(good[:SHOWN]))


def read_in(parts: Parts, who: SignedIn, list_id: UUID) -> int:
    """
    Keep the people of a list; how many are new. One that was cut short is read in again, and nobody is kept twice.

    Who was cleared before is compared with those who are new, the first of them at once.

    Raises:
        NotThere: There is none, or it was forgotten.
        NotEnough: Nobody has said what its columns mean, or it names nobody.
    """
    good = [one for _line, one in _lines(opened(parts, list_id)) if isinstance(one, Person)]
    if not good:
        raise NotEnough
    entries, new = _entries(parts, good), 0
    while some := list(islice(entries, AT_ONCE)):
        with writing() as session:
            if added := conflict_names.add(session, parts, some):
                later_names.begin(session, parts)
                new += added
    with writing() as session:
        session.execute(delete(ConflictList).where(ConflictList.id == list_id))
        conflict_settings.note_source(session, parts, who, LIST)
        audit.record(session, parts, who.actor, "names_read_in", f"conflict_list:{list_id}", lines=len(good), new=new)
    later_names.compare(parts)
    return new


def forget(parts: Parts) -> None:
    """Forget the lists that nobody went on with for a day."""
    old = ConflictList.created_at <= parts.clock.now() - KEPT
    if db.session.scalar(select(ConflictList.id).where(old).limit(1)) is not None:
        with writing() as session:
            session.execute(delete(ConflictList).where(old))


def _lines(of: Opened) -> Iterator[tuple[int, Person | BadLine]]:
    if of.columns is None:
        raise NotEnough
    for line, row in of.sheet.rows:
        try:
            yield line, _with_its_phone(name_lists.person(row, of.columns))
        except BadLine as why:
            yield line, why


def _with_its_phone(one: Person) -> Person:
    """The telephone as everywhere else, or without it."""
    said = one.identity.phone
    if not said:
        return one
    region = next(iter(one.identity.countries), AT_HOME) if not said.startswith("+") else None
    phone = _as_everywhere(said, region)
    left_out = one.left_out if phone else (*one.left_out, PHONE)
    return replace(one, identity=replace(one.identity, phone=phone), left_out=left_out)


def _as_everywhere(said: str, region: str | None) -> str:
    """A telephone number as it is stored, E.164; empty where it is none."""
    try:
        number = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException:
        return ""
    is_one = phonenumbers.is_possible_number(number)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) if is_one else ""


def _entries(parts: Parts, people: Sequence[Person]) -> Iterator[Entry]:
    key = parts.keyring.firm(SEARCH)
    for one in people:
        yield Entry(one.who, replace(one.identity, a_number=identities.a_number(key, one.a_number)))


def _opened(parts: Parts, row: ConflictList) -> Opened:
    content = base64.b64decode(_unseal(parts, row, "file")["file"])
    sheet, said = name_lists.read(content), _unseal(parts, row, "columns")
    columns = None
    if said:
        meanings = {int(number): meaning for number, meaning in said["meanings"].items()}
        columns = Columns(meanings, Who(said["all"]) if said["all"] else None)
    return Opened(row.id, sheet, columns, Columns(name_lists.guess(sheet.headings)))


def _row(session: Session, parts: Parts, list_id: UUID) -> ConflictList:
    row = session.get(ConflictList, list_id)
    if row is None or row.created_at <= parts.clock.now() - KEPT:
        raise NotThere
    return row


def _seal(parts: Parts, list_id: UUID, column: str, said: dict[str, Any]) -> bytes:
    return seal(said, parts.keyring.firm(NAMES), place("conflict_list", column, list_id))


def _unseal(parts: Parts, row: ConflictList, column: str) -> dict[str, Any]:
    return unseal(getattr(row, column), parts.keyring.firm(NAMES), place("conflict_list", column, row.id))
