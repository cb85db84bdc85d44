"""The firm as the rest of casework and the pages need it: its rules, its words, its days."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import String, func, literal_column, select
from sqlalchemy import cast as as_type

from scheduler.engine import own_questions
from scheduler.engine.courts import Venues, venue
from scheduler.engine.own_questions import OwnQuestion
from scheduler.models import Closure, Firm, db
from scheduler.models.prepared import Prepared
from scheduler.words import SOURCE, locale

EMPTY_PHONE = ""
KEPT = "firm"

COMMA: Any = literal_column("','")
CLOSURES = select(func.aggregate_strings(as_type(Closure.day, String), COMMA)).scalar_subquery()
FIRM = Prepared(
    select(
        Firm.alias,
        Firm.phone,
        Firm.zone,
        as_type(Firm.settings, String).label("settings"),
        as_type(Firm.texts, String).label("texts"),
        CLOSURES.label("closures"),
    ).where(Firm.id == 1)
)


@dataclass(frozen=True, slots=True)
class FirmView:
    """
    The firm's row, read.

    `settings`: opens, closes (minutes of the day), weekdays, horizon_days, base_length, notice_minutes,
    interpreter_lead_hours, event_margin_hours, staff_languages, child_skill, video_pattern, retention,
    neutral_site by country.
    `texts`: cost, emergency and the like, by name and language.
    """

    alias: str
    phone: str
    zone: str
    settings: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)
    closures: frozenset[date] = frozenset()

    @property
    def dialled(self) -> str:
        """Its number as a text carries it, without the spaces that make it readable."""
        return self.phone.replace(" ", "")

    @property
    def venues(self) -> Venues:
        """The courts and crossings that are offered: the firm's own lists, or those that come with Cita."""
        own = {name: self.settings[name] for name in ("courts", "ports") if self.settings.get(name)}
        return Venues(**{name: tuple(map(venue, rows)) for name, rows in own.items()})

    @property
    def child_skills(self) -> frozenset[str]:
        """The skill of those who may talk with a child; none where the firm names none."""
        named = self.settings.get("child_skill")
        return frozenset({str(named)}) if named else frozenset()

    @property
    def questions_off(self) -> frozenset[str]:
        """The optional questions that the firm does not ask."""
        return frozenset(self.settings.get("questions_off") or ())

    @property
    def own_questions(self) -> tuple[OwnQuestion, ...]:
        """The firm's own questions, which Part B ends with."""
        return own_questions.read(self.settings.get("own_questions") or ())

    def today(self, now: datetime) -> date:
        """The firm's own date at this instant."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def text(self, name: str) -> str:
        """A text of the firm in the language spoken now, or in English."""
        versions = self.texts.get(name, {})
        return str(versions.get(locale()) or versions.get(SOURCE) or "")

    def closed_days(self, first: int, last: int) -> frozenset[date]:
        """Federal holidays of these years, both included, and the firm's own closures."""
        return federal_holidays_of(first, last) | self.closures


def firm() -> FirmView:
    """
    The firm; before the first set-up an empty one, so that every page can still be shown.

    Within one transaction it is read once.
    """
    session = db.session()
    transaction, kept = session.info.get(KEPT, (None, None))
    if kept is None or transaction is not session.get_transaction():
        kept = _read()
        session.info[KEPT] = (session.get_transaction(), kept)
    return cast("FirmView", kept)


def firm_anew() -> FirmView:
    """The firm as it stands by now, although this transaction has read it before."""
    db.session.info.pop(KEPT, None)
    return firm()


def _read() -> FirmView:
    row = FIRM.first(db.session())
    return _view(row) if row else FirmView(alias="Citas", phone=EMPTY_PHONE, zone="America/Los_Angeles")


@lru_cache(maxsize=8)
def _view(row: Any) -> FirmView:
    """The firm that a row of texts says; the same as long as they say the same."""
    closures = frozenset(map(date.fromisoformat, row.closures.split(","))) if row.closures else frozenset[date]()
    return FirmView(row.alias, row.phone, row.zone, json.loads(row.settings), json.loads(row.texts), closures)


@cache
def federal_holidays_of(first: int, last: int) -> frozenset[date]:
    """The federal holidays of these years, both included."""
    return frozenset().union(*map(federal_holidays, range(first, last + 1)))


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The federal holidays of a year as observed."""
    return frozenset(holidays.country_holidays("US", years=year).keys())
