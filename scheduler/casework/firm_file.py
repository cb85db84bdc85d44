"""A firm as its administrator writes it down, read into the tables; loaded again it brings them up to the file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, calendar_reading, outside
from scheduler.casework.conflict_settings import SOURCE as NAMES_FROM
from scheduler.casework.conflicts import AUTO_CLEAR
from scheduler.casework.firm_words import (
    OFF,
    OWN,
    BadFirmFile,
    closing,
    day,
    firm_row,
    person_columns,
    weekly,
    windows,
    zone,
)
from scheduler.casework.later_names import TO_COMPARE
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.stays import Stay as Away
from scheduler.engine.stays import StayEndsBeforeItBegins, StaysOverlap, in_order
from scheduler.models import Closure, Firm, Override, Person, Stay, WorkingHours

SET_ELSEWHERE = (AUTO_CLEAR, NAMES_FROM, OFF, OWN, TO_COMPARE)

OF_THE_FILE = ("kind", "is_paralegal", "name", "email", "room_url")
"""What no page of ours changes of somebody: it is the file's, however often that is loaded."""

TIMES: tuple[Any, ...] = (WorkingHours, Override, Stay)

Said: TypeAlias = tuple[Mapping[str, Any], Mapping[str, Any]]
"""The columns of somebody, and what the file says of her."""

__all__ = ["BadFirmFile", "Loaded", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """
    What the file held, and what it was not put in place of.

    `kept` names, by person, what is otherwise here than in the file; `left` is how many calls the new hours leave
    outside of them, each a task for the desk.
    """

    alias: str
    people: int
    closures: int
    kept: Mapping[str, Sequence[str]]
    left: int


def load(parts: Parts, document: Mapping[str, Any], *, replace: bool = False) -> Loaded:
    """
    Put the firm of the document into the tables, or nothing of it.

    Hours, rules and closures are the document's for who is new to it; afterwards they are the desk's, and stay as they
    are there. With `replace` the document's are put in their place, and who is not named in it takes no more calls.

    Raises:
        BadFirmFile: Something is missing or malformed; the message says where.
    """
    row = Firm(id=1, **firm_row(document), last_reviewed_on=parts.clock.now().date())
    people = [(person_columns(one), one) for one in document.get("people", [])]
    closures = [closing(one) for one in document.get("closures", [])]
    with writing() as session:
        is_anew = replace or session.scalar(select(Firm.id).where(Firm.id == 1)) is None
        row.settings |= _set_elsewhere(session)
        session.merge(row)
        with outside.watched(session, parts, session.scalars(select(Person.number)).all(), agreed=None) as left:
            kept = {} if is_anew else _otherwise(session, people, closures)
            if is_anew:
                session.execute(delete(Closure))
                session.add_all(Closure(**one) for one in closures)
                _retire_others(session, {columns["email"] for columns, _one in people})
            for columns, one in people:
                _put_person(session, parts, columns, one, replace=is_anew)
        calls = len({call.consultation_id for call in left})
        audit.record(
            session, parts, "system", "firm_loaded", "firm:1", people=len(people), replace=replace, calls=calls
        )
    return Loaded(row.alias, len(people), len(closures), kept, calls)


def _set_elsewhere(session: Session) -> dict[str, Any]:
    """Settings that pages of ours change and no file does: they stay as they are."""
    said = session.scalar(select(Firm.settings).where(Firm.id == 1)) or {}
    return {name: said[name] for name in SET_ELSEWHERE if name in said}


def _retire_others(session: Session, staying: set[str]) -> None:
    for person in session.scalars(select(Person).where(Person.email.not_in(staying))):
        person.active = False


def _put_person(
    session: Session, parts: Parts, columns: Mapping[str, Any], said: Mapping[str, Any], *, replace: bool
) -> None:
    """Somebody new as she is said; of the one of this address what only the file says, or with `replace` all of it."""
    person = session.scalar(select(Person).where(Person.email == columns["email"]))
    if person is not None and not replace:
        for name in OF_THE_FILE:
            setattr(person, name, columns[name])
        return
    if person is None:
        number = (session.scalar(select(func.max(Person.number))) or 0) + 1
        person = Person(number=number, version=1)
        session.add(person)
    for name, value in columns.items():
        setattr(person, name, value)
    person.active = True
    session.flush()
    calendar_reading.read_anew(session, person.number, parts.clock.now())
    _put_hours(session, person, said)


def _put_hours(session: Session, person: Person, said: Mapping[str, Any]) -> None:
    """Her hours in place of the old."""
    for table in TIMES:
        session.execute(delete(table).where(table.person_id == person.id))
    session.add_all(
        WorkingHours(person_id=person.id, weekday=day, start=start, end=end) for day, start, end in weekly(said)
    )
    session.add_all(Override(person_id=person.id, day=on, start=start, end=end) for on, start, end in _days(said))
    session.add_all(
        Stay(person_id=person.id, first_day=one.first, last_day=one.last, zone=one.zone)
        for one in _stays(said.get("stays", []))
    )


def _otherwise(session: Session, people: Iterable[Said], closures: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What the desk has changed since, by name of the person; `closures` where other days are closed."""
    named, found = {columns["email"]: (columns, one) for columns, one in people}, {}
    for person in session.scalars(select(Person).order_by(Person.number)):
        if person.email in named:
            found[person.name] = _differences(session, person, *named[person.email])
        elif person.active:
            found[person.name] = ["not in the file"]
    days = set(session.scalars(select(Closure.day)))
    found["closures"] = ["other days"] if days != {one["day"] for one in closures} else []
    return {name: what for name, what in found.items() if what}


def _differences(session: Session, person: Person, columns: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """Of what is said of somebody, that which is otherwise here."""
    mine = {table: session.scalars(select(table).where(table.person_id == person.id)).all() for table in TIMES}
    here: dict[str, Any] = {
        "takes no calls": person.active,
        "weekly hours": {(row.weekday, row.start, row.end) for row in mine[WorkingHours]},
        "single days": {(row.day, row.start, row.end) for row in mine[Override]},
        "journeys": {(row.first_day, row.last_day, row.zone) for row in mine[Stay]},
    }
    there = {
        "takes no calls": True,
        "weekly hours": set(weekly(said)),
        "single days": set(_days(said)),
        "journeys": {(one.first, one.last, one.zone) for one in _stays(said.get("stays", []))},
    }
    rules = [name for name in columns if name in said and name not in OF_THE_FILE]
    return [what for what in here if here[what] != there[what]] + [
        name for name in rules if getattr(person, name) != columns[name]
    ]


def _days(said: Mapping[str, Any]) -> list[tuple[date, int | None, int | None]]:
    """Other windows on single days; none close one."""
    closed: list[tuple[int | None, int | None]] = [(None, None)]
    return [
        (day(one), *window) for one in said.get("overrides", []) for window in windows(one.get("windows", [])) or closed
    ]


def _stays(said: Iterable[Mapping[str, Any]]) -> tuple[Away, ...]:
    """The days in other zones, in order; no two of them share a day."""
    try:
        return in_order(tuple(Away(day(one, "first"), day(one, "last"), zone(str(one.get("zone")))) for one in said))
    except (StayEndsBeforeItBegins, StaysOverlap) as refused:
        raise BadFirmFile(
            f"stays: {refused} cannot be; each has its first and last day, and no day is in two"
        ) from None
