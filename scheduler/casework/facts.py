"""Facts that age: what the pages say of them, and how somebody of the firm keeps them true."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import audit
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.models import Fact, Staff, db
from scheduler.words import SOURCE, languages, locale

GOOD_FOR = timedelta(days=90)
LONGEST_TEXT, LONGEST_VALUE = 600, 120
LINK = re.compile(r"https://[\w.-]+(?:/[\w./?=&%-]*)?", re.ASCII)
COUNT = re.compile(r"[1-9]\d{0,2}", re.ASCII)
NUMBER = re.compile(r"[+\d][\d ()-]{2,30}", re.ASCII)

TEXT, HOTLINE, SITE, LIST, HELP, DAYS = "text", "hotline", "site", "list", "help", "days"

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        TEXT: (),
        HOTLINE: ("number",),
        SITE: ("url",),
        LIST: (),
        DAYS: ("days",),
        HELP: ("city", "name", "phone", "hours", "spoken"),
    }
)
"""What a fact of each kind holds beside its words. A list is only looked over here; it stands in the firm's file."""

SHAPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"number": NUMBER, "url": LINK, "phone": NUMBER, "days": COUNT}
)
NEEDED = frozenset({"number", "url", "city", "name", "days"})


class NoSuchFact(Exception):
    """There is none of this id, or it is not of a kind that can be taken away."""


class BadFact(Exception):
    """What was typed cannot stand there; the message is the field's name, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact as it is read; `reviewer` is the name of who looked it over last."""

    id: UUID
    kind: str
    code: str
    words: Mapping[str, str]
    value: Mapping[str, str]
    reviewed_on: date | None
    reviewer: str | None
    is_stale: bool

    @property
    def text(self) -> str:
        """Its words in the language spoken now, or in English."""
        return self.words.get(locale()) or self.words.get(SOURCE) or ""


@dataclass(frozen=True, slots=True)
class SaveFact:
    """What a fact shall say, and whether somebody looked it over and found it true."""

    words: Mapping[str, str]
    value: Mapping[str, str] = field(default_factory=dict)
    reviewed: bool = False


def everything(parts: Parts) -> tuple[FactView, ...]:
    """All facts, by kind and code."""
    found = db.session.execute(
        select(Fact, Staff.name).outerjoin(Staff, Staff.id == Fact.reviewed_by).order_by(Fact.kind, Fact.code)
    )
    limit = _limit(parts)
    return tuple(_view(row, name, limit) for row, name in found)


def of_kind(parts: Parts, *kinds: str) -> dict[str, FactView]:
    """The facts of these kinds by code."""
    rows = db.session.scalars(select(Fact).where(Fact.kind.in_(kinds)).order_by(Fact.code))
    limit = _limit(parts)
    return {row.code: _view(row, None, limit) for row in rows}


def stale(parts: Parts) -> int:
    """How many were never looked over, or not within 90 days."""
    old = or_(Fact.last_reviewed_on.is_(None), Fact.last_reviewed_on < _limit(parts))
    return db.session.scalar(select(func.count(Fact.id)).where(old)) or 0


def save(parts: Parts, who: SignedIn, fact_id: UUID, request: SaveFact) -> None:
    """
    Put other words in a fact's place; those that were looked over before are to be looked over again.

    Raises:
        NoSuchFact: There is none.
        BadFact: Something cannot stand there.
    """
    with writing() as session:
        row = session.get(Fact, fact_id)
        if row is None:
            raise NoSuchFact(fact_id)
        words, value = _checked(row.kind, request)
        if (words, value) != (row.words, row.value):
            row.words, row.value, row.last_reviewed_on, row.reviewed_by = words, value, None, None
        if request.reviewed:
            row.last_reviewed_on, row.reviewed_by = firm().today(parts.clock.now()), who.id
        action = "fact_reviewed" if request.reviewed else "fact_changed"
        audit.record(session, parts, who.actor, action, f"fact:{row.id}", fact=f"{row.kind}/{row.code}")


def add_help(parts: Parts, who: SignedIn, request: SaveFact) -> UUID:
    """
    Add a place of help in a city.

    Raises:
        BadFact: Something cannot stand there.
    """
    words, value = _checked(HELP, request)
    fact_id = uuid4()
    with writing() as session:
        session.add(Fact(id=fact_id, kind=HELP, code=fact_id.hex[:12], words=words, value=value))
        _note(session, parts, who, "fact_added", fact_id)
    return fact_id


def remove_help(parts: Parts, who: SignedIn, fact_id: UUID) -> None:
    """
    Take a place of help off the list.

    Raises:
        NoSuchFact: There is none, or it is no place of help.
    """
    with writing() as session:
        row = session.get(Fact, fact_id)
        if row is None or row.kind != HELP:
            raise NoSuchFact(fact_id)
        session.delete(row)
        _note(session, parts, who, "fact_removed", fact_id)


def _note(session: Session, parts: Parts, who: SignedIn, action: str, fact_id: UUID) -> None:
    audit.record(session, parts, who.actor, action, f"fact:{fact_id}")


def _checked(kind: str, request: SaveFact) -> tuple[dict[str, str], dict[str, str]]:
    """Words and values as they may be stored: known names only, single spaces, of a fitting shape."""
    words = {code: _line(request.words.get(code, ""), LONGEST_TEXT, code) for code in languages()}
    value = {name: _line(request.value.get(name, ""), LONGEST_VALUE, name) for name in FIELDS[kind]}
    for name, text in value.items():
        shape = SHAPES.get(name)
        if (not text and name in NEEDED) or (text and shape and not shape.fullmatch(text)):
            raise BadFact(name)
    if kind != HELP and not all(words[code] for code in (SOURCE, *languages()[:1])):
        raise BadFact(SOURCE)
    return {code: text for code, text in words.items() if text}, {name: text for name, text in value.items() if text}


def _line(text: str, longest: int, name: str) -> str:
    line = " ".join(text.split())
    if len(line) > longest or not all(sign.isprintable() for sign in line):
        raise BadFact(name)
    return line


def _limit(parts: Parts) -> date:
    return firm().today(parts.clock.now()) - GOOD_FOR


def _view(row: Fact, reviewer: str | None, limit: date) -> FactView:
    is_stale = row.last_reviewed_on is None or row.last_reviewed_on < limit
    return FactView(row.id, row.kind, row.code, row.words, row.value, row.last_reviewed_on, reviewer, is_stale)
