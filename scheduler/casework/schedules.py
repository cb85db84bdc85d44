"""When a person works, where and what she can: her rows as texts, and the hours and codes that they say."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, reduce
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, String, bindparam, cast, func, literal_column, select

from scheduler.engine.hours import Hours, Window
from scheduler.engine.stays import Stay as Away
from scheduler.models import Override, Person, Stay, WorkingHours

SPACE: Any = literal_column("' '")
FIRST: BindParameter[date] = bindparam("first")
LAST: BindParameter[date] = bindparam("last")


def _said(table: type[WorkingHours | Override | Stay], *columns: Any, when: Sequence[ColumnElement[bool]] = ()) -> Any:
    """All rows of a person in one text, `a/b/c a/b/c`: no second statement is needed for them."""
    texts: Iterable[Any] = (func.coalesce(cast(column, String), "") for column in columns)
    row = reduce(lambda said, more: said + "/" + more, texts)
    whose = table.person_id == Person.__table__.c.id
    return select(func.aggregate_strings(row, SPACE)).where(whose, *when).scalar_subquery()


WEEKLY = _said(WorkingHours, WorkingHours.weekday, WorkingHours.start, WorkingHours.end).label("weekly")
DATED = _said(Override, Override.day, Override.start, Override.end, when=[Override.day.between(FIRST, LAST)]).label(
    "dated"
)
AWAY = _said(
    Stay, Stay.first_day, Stay.last_day, Stay.zone, when=[Stay.last_day >= FIRST, Stay.first_day <= LAST]
).label("away")
"""Columns of a statement about people; the dates `first` to `last`, which are bound, are those that matter."""


LANGUAGES = cast(Person.__table__.c.languages, String).label("languages")
SKILLS = cast(Person.__table__.c.skills, String).label("skills")


@lru_cache(maxsize=256)
def codes(text: str) -> frozenset[str]:
    """What stands in one of these two columns."""
    return frozenset(json.loads(text))


def hours_of(row: Any, closed: frozenset[date]) -> Hours:
    """The hours of somebody of whom these columns and the zone were read; on these dates the firm is closed."""
    return _hours(row.zone, row.weekly or "", row.dated or "", row.away or "", closed)


@lru_cache(maxsize=256)
def _hours(zone: str, weekly: str, dated: str, away: str, closed: frozenset[date]) -> Hours:
    """The hours that these texts say; the same as long as they say the same."""
    by_weekday = {int(day): windows for day, windows in _by_day(weekly).items()}
    by_date = {date.fromisoformat(day): windows for day, windows in _by_day(dated).items()}
    return Hours(zone, by_weekday, by_date, closed, _stays(away))


def _by_day(text: str) -> dict[str, tuple[Window, ...]]:
    """The windows of each day; none where the day stands alone."""
    found: dict[str, tuple[Window, ...]] = {}
    for one in sorted(text.split()):
        day, start, end = one.split("/")
        found[day] = found.get(day, ()) + ((Window(int(start), int(end)),) if start else ())
    return found


def _stays(text: str) -> tuple[Away, ...]:
    spoken = (one.split("/", 2) for one in text.split())
    return tuple(Away(date.fromisoformat(first), date.fromisoformat(last), zone) for first, last, zone in spoken)
