"""A firm as its administrator writes it down, read into the tables; loaded again it brings them up to the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit
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

__all__ = ["BadFirmFile", "Loaded", "load"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the file held."""

    alias: str
    people: int
    closures: int


def load(parts: Parts, document: Mapping[str, Any]) -> Loaded:
    """
    Put the firm of the document into the tables, or nothing of it; people that it does not name take no more calls.

    Raises:
        BadFirmFile: Something is missing or malformed; the message says where.
    """
    row = Firm(id=1, **firm_row(document), last_reviewed_on=parts.clock.now().date())
    people = [(person_columns(one), one) for one in document.get("people", [])]
    closures = [closing(one) for one in document.get("closures", [])]
    with writing() as session:
        row.settings |= _set_elsewhere(session)
        session.merge(row)
        session.execute(delete(Closure))
        session.add_all(Closure(**one) for one in closures)
        _retire_others(session, {columns["email"] for columns, _one in people})
        for columns, one in people:
            _put_person(session, columns, one)
        audit.record(session, parts, "system", "firm_loaded", "firm:1", people=len(people), closures=len(closures))
    return Loaded(row.alias, len(people), len(closures))


def _set_elsewhere(session: Session) -> dict[str, Any]:
    """Settings that pages of ours change and no file does: they stay as they are."""
    said = session.scalar(select(Firm.settings).where(Firm.id == 1)) or {}
    return {name: said[name] for name in SET_ELSEWHERE if name in said}


def _retire_others(session: Session, staying: set[str]) -> None:
    for person in session.scalars(select(Person).where(Person.email.not_in(staying))):
        person.active = False
        person.version += 1


def _put_person(session: Session, columns: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    """Somebody new, or the one of this address with what is said of her now, and her hours in place of the old."""
    person = session.scalar(select(Person).where(Person.email == columns["email"]))
    if person is None:
        number = (session.scalar(select(func.max(Person.number))) or 0) + 1
        person = Person(number=number, version=0)
        session.add(person)
    for name, value in columns.items():
        setattr(person, name, value)
    person.active, person.version = True, person.version + 1
    session.flush()
    session.execute(delete(WorkingHours).where(WorkingHours.person_id == person.id))
    session.execute(delete(Override).where(Override.person_id == person.id))
    session.execute(delete(Stay).where(Stay.person_id == person.id))
    session.add_all(
        WorkingHours(person_id=person.id, weekday=day, start=start, end=end) for day, start, end in weekly(said)
    )
    for one in said.get("overrides", []):
        _override(session, person, one)
    session.add_all(
        Stay(person_id=person.id, first_day=one.first, last_day=one.last, zone=one.zone)
        for one in _stays(said.get("stays", []))
    )


def _override(session: Session, person: Person, said: Mapping[str, Any]) -> None:
    """Other windows on one day; none close it."""
    times: list[tuple[int, int]] | list[tuple[None, None]] = windows(said.get("windows", [])) or [(None, None)]
    session.add_all(Override(person_id=person.id, day=day(said), start=start, end=end) for start, end in times)


def _stays(said: Iterable[Mapping[str, Any]]) -> tuple[Away, ...]:
    """The days in other zones, in order; no two of them share a day."""
    try:
        return in_order(tuple(Away(day(one, "first"), day(one, "last"), zone(str(one.get("zone")))) for one in said))
    except (StayEndsBeforeItBegins, StaysOverlap) as refused:
        raise BadFirmFile(
            f"stays: {refused} cannot be; each has its first and last day, and no day is in two"
        ) from None
