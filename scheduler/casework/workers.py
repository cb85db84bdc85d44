"""The people who can be booked, as an administrator sees and changes them; whoever comes gets the next number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.casework import audit, calendar_reading, outside, slots
from scheduler.casework.cases import NotThere
from scheduler.casework.firm_words import BOUNDS, KINDS, PARALEGAL, of_kind
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.working import Change, NotHours, zone_of
from scheduler.engine.intervals import Pair
from scheduler.engine.invitation.write import is_bare
from scheduler.engine.teams import GENDERS
from scheduler.models import Closure, Person, Stay, db

CAPS = frozenset({"daily_cap", "weekly_cap"})
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Rules:
    """How somebody is booked; a cap of None is none."""

    zone: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    buffer_before: int
    buffer_after: int
    grid_step: int
    grid_offset: int
    daily_cap: int | None
    weekly_cap: int | None
    gender: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who was not with the firm before."""

    kind: str
    name: str = field(repr=False)
    email: str = field(repr=False)
    zone: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Days, both included, in another zone."""

    id: UUID
    first: date
    last: date
    zone: str


@dataclass(frozen=True, slots=True)
class Worker:
    """One person: rules, weekly windows by weekday (Monday is 0), days of their own from today on, stays not over."""

    number: int
    kind: str
    name: str = field(repr=False)
    rules: Rules
    week: Mapping[int, Sequence[Pair]]
    days: Mapping[date, Sequence[Pair]]
    stays: tuple[Elsewhere, ...]


def everybody(today: date) -> tuple[Worker, ...]:
    """All of them, who takes no calls any more last."""
    people = db.session.scalars(select(Person).order_by(Person.active.desc(), Person.number))
    return tuple(_worker(person, today) for person in people)


def one(number: int, today: date) -> Worker:
    """
    One of them.

    Raises:
        NotThere: There is none of this number.
    """
    person = db.session.scalar(select(Person).where(Person.number == number))
    if person is None:
        raise NotThere(number)
    return _worker(person, today)


def closures(today: date) -> Mapping[date, str]:
    """The days, from today on, on which the firm is closed beside the federal holidays; why."""
    rows = select(Closure.day, Closure.reason).where(Closure.day >= today).order_by(Closure.day)
    return {row.day: row.reason for row in db.session.execute(rows)}


def set_rules(parts: Parts, change: Change, rules: Rules) -> None:
    """
    Put these rules in place of hers.

    Raises:
        NotHours: `person`, `zone`, `languages` or `number` cannot be.
        CallsOutside: Calls would lie outside of her hours.
    """
    said = _checked(rules)
    with writing() as session:
        person = session.scalar(select(Person).where(Person.number == change.number))
        if person is None:
            raise NotHours("person")
        with outside.watched(session, parts, [change.number], change.agreed):
            if person.zone != said["zone"]:
                calendar_reading.read_anew(session, change.number, parts.clock.now())
            for name, value in said.items():
                setattr(person, name, value)
        names = ("zone", *BOUNDS, "active")
        facts = {name: said[name] for name in names} | {"languages": len(rules.languages)}
        audit.record(session, parts, change.who.actor, "rules_set", f"person:{change.number}", **facts)


def add(parts: Parts, who: SignedIn, new: Newcomer) -> int:
    """
    Somebody comes, who has no hours yet; her number.

    Raises:
        NotHours: `name`, `email`, `zone` or `languages` are missing or cannot be; or somebody has this address.
    """
    columns = _told(new)
    with writing() as session:
        slots.lock_all(session, session.scalars(select(Person.number)).all())
        if session.scalar(select(Person.id).where(func.lower(Person.email) == new.email.lower())) is not None:
            raise NotHours("email")
        number = (session.scalar(select(func.max(Person.number))) or 0) + 1
        session.add(Person(number=number, **columns))
        audit.record(session, parts, who.actor, "person_added", f"person:{number}", kind=new.kind)
    return number


def _told(new: Newcomer) -> dict[str, Any]:
    texts = {"name": new.name.strip(), "email": new.email.strip()}
    if new.kind not in KINDS or not 0 < len(texts["name"]) <= LONGEST or not texts["name"].isprintable():
        raise NotHours("name")
    if not is_bare(texts["email"]) or len(texts["email"]) > LONGEST:
        raise NotHours("email")
    return {**of_kind(new.kind), **texts, "zone": zone_of(new.zone), "languages": _languages(new.languages)}


def _checked(rules: Rules) -> dict[str, Any]:
    """The columns that they say."""
    said = asdict(rules)
    for name, (least, most) in BOUNDS.items():
        value = said[name]
        if not (value is None and name in CAPS) and not (isinstance(value, int) and least <= value <= most):
            raise NotHours("number")
    if rules.gender is not None and rules.gender not in GENDERS:
        raise NotHours("gender")
    languages, skills = _languages(rules.languages), sorted(set(rules.skills))
    return {**said, "zone": zone_of(rules.zone), "languages": languages, "skills": skills}


def _languages(codes: Collection[str]) -> list[str]:
    if not codes:
        raise NotHours("languages")
    return list(dict.fromkeys(codes))


def _worker(person: Person, today: date) -> Worker:
    week: dict[int, list[Pair]] = {}
    for row in sorted(person.hours, key=lambda one: (one.weekday, one.start)):
        week.setdefault(row.weekday, []).append((row.start, row.end))
    days: dict[date, list[Pair]] = {}
    for other in sorted(person.overrides, key=lambda one: (one.day, one.start or 0)):
        if other.day >= today:
            windows = days.setdefault(other.day, [])
            windows += [] if other.start is None or other.end is None else [(other.start, other.end)]
    kind = PARALEGAL if person.is_paralegal else person.kind
    return Worker(person.number, kind, person.name, _rules(person), week, days, _stays(person, today))


def _rules(person: Person) -> Rules:
    said: dict[str, Any] = {name: getattr(person, name) for name in ("zone", "gender", "active", *BOUNDS)}
    return Rules(**said, languages=tuple(person.languages), skills=tuple(person.skills))


def _stays(person: Person, today: date) -> tuple[Elsewhere, ...]:
    session: Session = db.session()
    mine = select(Stay).where(Stay.person_id == person.id, Stay.last_day >= today).order_by(Stay.first_day)
    return tuple(Elsewhere(row.id, row.first_day, row.last_day, row.zone) for row in session.scalars(mine))
