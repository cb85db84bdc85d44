"""What the firm's own site may know: when somebody ordinary could be called, and nothing of who takes the call."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain
from zoneinfo import ZoneInfo

from sqlalchemy import select

from scheduler.casework import openings, triage
from scheduler.casework.firm import FirmView, firm
from scheduler.casework.parts import Parts
from scheduler.casework.rows import INTERPRETER, Asking
from scheduler.casework.wanted import base_length, horizon, ours, wanted_by_all
from scheduler.engine.rules import MinimumNotice, Span
from scheduler.engine.triage import slot_length
from scheduler.engine.urgency import Level
from scheduler.engine.zones import instant
from scheduler.models import Person, db
from scheduler.words import FIRST

MOST_DAYS = timedelta(days=31)
A_DAY = timedelta(days=1)
ORIGINS = "embed_origins"
ANY = "other"
BETWEEN = select(Person.languages).where(Person.active, Person.kind == INTERPRETER)


class NoSuchDays(Exception):
    """The end is not after the beginning, or more than 31 days after it; she who asks must ask otherwise."""


class NotSpoken(Exception):
    """Nobody at the firm takes calls in this language."""


class Kind(StrEnum):
    """What makes a call longer than others."""

    STANDARD = "standard"
    CHILD = "child"
    INTERPRETED = "interpreted"


@dataclass(frozen=True, slots=True)
class Question:
    """Starts from `first` until before `end` are asked for: days of the firm's calendar, or aware instants."""

    first: date | datetime
    end: date | datetime
    language: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Times:
    """Free starts (UTC), sorted; `length` is minutes, `zone` the firm's own."""

    starts: tuple[datetime, ...]
    length: int
    zone: str


def public_times(parts: Parts, asked: Question) -> Times:
    """
    The starts that are free for somebody ordinary who lives by the firm's clock.

    Raises:
        NoSuchDays: Nothing, or too much, lies between the two ends.
        NotSpoken: Nobody takes calls in this language.
    """
    if not timedelta() < _plainly(asked.end) - _plainly(asked.first) <= MOST_DAYS:
        raise NoSuchDays(f"{asked.first} to {asked.end}")
    now, house = parts.clock.now(), firm()
    interpreted = asked.kind is Kind.INTERPRETED
    if asked.language not in (languages(house) if interpreted else ours(house)):
        raise NotSpoken(asked.language)
    is_child = asked.kind is Kind.CHILD
    length = slot_length(interpreter=interpreted, child=is_child, base=base_length(house))
    skills = house.child_skills if is_child else frozenset[str]()
    usual, rules = wanted_by_all(house, now)
    notice = MinimumNotice(triage.usual_notice(house).of(Level.N, interpreter_needed=interpreted))
    span = Span(_begin(house, asked.first, now), _begin(house, asked.end, now))
    asking, ask = Asking(db.session(), house, now, usual.span), replace(usual, length=length, skills=skills)
    find, spoken = openings.free, frozenset({asked.language})
    if interpreted:
        find, spoken = openings.free_interpreted, spoken - ours(house) or _interpreted(house)
    free = find(asking, spoken, ask, (*rules, notice, span))
    return Times(tuple(map(instant, free)), length, house.zone)


def languages(house: FirmView) -> frozenset[str]:
    """The languages of which somebody may speak one: the firm's own, and those that are interpreted."""
    return ours(house) | frozenset(chain.from_iterable(db.session.scalars(BETWEEN)))


def _interpreted(house: FirmView) -> frozenset[str]:
    """The languages for which an interpreter is needed; where none is interpreted, any that is not the firm's."""
    return languages(house) - ours(house) or frozenset({ANY})


def usual_language(house: FirmView) -> str:
    """The language that is meant where none is said."""
    return FIRST if FIRST in ours(house) else min(ours(house))


def may_ask(house: FirmView, origin: str) -> bool:
    """Whether pages of this origin may read the answer: exactly those that the firm has named."""
    return origin in (house.settings.get(ORIGINS) or ())


def _plainly(said: date | datetime) -> datetime:
    return said if isinstance(said, datetime) else datetime.combine(said, time(), UTC)


def _begin(house: FirmView, said: date | datetime, now: datetime) -> datetime:
    """An instant as it is, a day's first one by the firm's clock; of a day far off, that of one that is not."""
    if isinstance(said, datetime):
        return said
    today = house.today(now)
    near = min(max(said, today - A_DAY), today + (horizon(house) + 2) * A_DAY)
    return datetime.combine(near, time(), ZoneInfo(house.zone)).astimezone(UTC)
