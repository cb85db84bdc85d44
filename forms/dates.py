"""Questions about a day: three labelled selects, the month as a word, and ticks for not knowing it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from babel.dates import get_month_names

from forms.context import Choice, PageContext
from forms.fields import Choices, Question
from forms.validators import Unreadable, is_ticked, one, whole_number
from scheduler.words import _l

DAY, MONTH, YEAR, UNKNOWN, NONE = "-day", "-month", "-year", "-unknown", "-none"
PARTS_OF_DATE = {"es": (DAY, MONTH, YEAR), "en": (MONTH, DAY, YEAR)}
NO_SUCH_DAY = _l("That day does not exist. Check the day and the month.")
IN_THE_FUTURE = _l("The date cannot be in the future.")
CHECK_THE_DATE = _l("Please check this date.")
DO_NOT_KNOW = _l("I do not know")

PART_LABELS = {DAY: _l("Day"), MONTH: _l("Month"), YEAR: _l("Year")}


class DateQuestion(Question):
    """Day, month and year, and the ticks; years are offered from `years_back` before today's to `years_on` after it."""

    kind = "date"
    parts = (DAY, MONTH, YEAR, UNKNOWN, NONE)

    def __init__(
        self, label: object, *, years_back: int = 0, years_on: int = 0, unknown: object = DO_NOT_KNOW, **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.years_back = years_back
        self.years_on = years_on
        self.unknown = unknown
        self.none: object = ""
        self.order: tuple[str, ...] = PARTS_OF_DATE["en"]
        self.today = date.min

    def prepare(self, context: PageContext) -> None:
        self.today = context.today
        self.order = PARTS_OF_DATE.get(context.locale, PARTS_OF_DATE["en"])
        names = get_month_names("wide", "stand-alone", context.locale)
        years = range(self.today.year + self.years_on, self.today.year - self.years_back - 1, -1)
        self.offered = {
            DAY: tuple(Choice(str(day), str(day)) for day in range(1, 32)),
            MONTH: tuple(Choice(str(month), names[month]) for month in range(1, 13)),
            YEAR: tuple(Choice(str(year), str(year)) for year in years),
        }

    def selects(self) -> Iterator[tuple[str, object, Choices]]:
        """Suffix, label and choices of the three selects, in the order of the reader's language."""
        return ((part, PART_LABELS[part], self.offered[part]) for part in self.order)

    def ticks(self) -> Iterator[tuple[str, object]]:
        """Suffix and label of the ticks under the selects."""
        yield UNKNOWN, self.unknown
        if self.none:
            yield NONE, self.none

    def ticked(self, part: str) -> bool:
        """Whether a tick is set; "I do not know" outweighs a day that was chosen as well."""
        return is_ticked(self.typed.get(part, ()))

    def chosen(self, part: str, lowest: int, highest: int) -> int | None:
        """
        The number of one select, None where none was chosen.

        Raises:
            Unreadable: It was none of those offered.
        """
        text = one(self.typed.get(part, ())).strip()
        return whole_number(text, lowest, highest, self.error) if text else None

    def chosen_all(self) -> tuple[int | None, int | None, int | None]:
        """
        Year, month and day, each None where none was chosen.

        Raises:
            Unreadable: One of them was none of those offered, or the day does not exist.
        """
        year = self.chosen(YEAR, self.today.year - self.years_back, self.today.year + self.years_on)
        month = self.chosen(MONTH, 1, 12)
        day = self.chosen(DAY, 1, 31)
        if month and day and not _exists(year or 2000, month, day):
            raise Unreadable(NO_SUCH_DAY)
        return year, month, day


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


class PartialDateField(DateQuestion):
    """
    A day of the past of which only the year may be known.

    Stored as {"y", "m", "d", "precision": day|month|year|unknown, "unknown": bool}.
    """

    def __init__(self, label: object, *, tolerance: int = 0, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.tolerance = tolerance

    def shown(self, stored: Any) -> dict[str, list[str]]:
        if stored.get("unknown"):
            return {UNKNOWN: ["1"]}
        values = {YEAR: stored.get("y"), MONTH: stored.get("m"), DAY: stored.get("d")}
        return {part: [str(value)] for part, value in values.items() if value}

    def read(self) -> dict[str, Any] | None:
        if self.ticked(UNKNOWN):
            return partial_date(None, None, None)
        year, month, day = self.chosen_all()
        if year is None and month is None and day is None:
            return None
        if year is None or (day and not month):
            raise Unreadable(self.error)
        if (year, month or 1, day or 1) > self._latest():
            raise Unreadable(IN_THE_FUTURE)
        return partial_date(year, month, day)

    def _latest(self) -> tuple[int, int, int]:
        """The last day it may be, with a tolerance in days for those who live ahead of the firm's zone."""
        latest = date.fromordinal(self.today.toordinal() + self.tolerance)
        return latest.year, latest.month, latest.day

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        yield UNKNOWN, partial_date(None, None, None)


def partial_date(year: int | None, month: int | None, day: int | None) -> dict[str, Any]:
    """The stored form; a year of None means unknown."""
    precision = "day" if day else "month" if month else "year" if year else "unknown"
    return {"y": year, "m": month, "d": day, "precision": precision, "unknown": year is None}


class DateOrUnknownField(DateQuestion):
    """A whole day, stored as an ISO date, or `unknown`, or `none`. The limits are days from today."""

    def __init__(
        self, label: object, *, earliest: int | None = None, latest: int | None = None, none: object = "", **rest: Any
    ) -> None:
        super().__init__(label, **rest)
        self.earliest = earliest
        self.latest = latest
        self.none = none

    def shown(self, stored: Any) -> dict[str, list[str]]:
        if stored in {"unknown", "none"}:
            return {f"-{stored}": ["1"]}
        day = date.fromisoformat(stored)
        return {DAY: [str(day.day)], MONTH: [str(day.month)], YEAR: [str(day.year)]}

    def read(self) -> str | None:
        if self.ticked(UNKNOWN):
            return "unknown"
        if self.ticked(NONE):
            return "none"
        year, month, day = self.chosen_all()
        if year is None and month is None and day is None:
            return None
        if not (year and month and day):
            raise Unreadable(self.error)
        self.refuse_outside(date(year, month, day))
        return date(year, month, day).isoformat()

    def refuse_outside(self, day: date) -> None:
        """
        Hold the day to the limits.

        Raises:
            Unreadable: It is before the earliest or after the latest.
        """
        distance = day.toordinal() - self.today.toordinal()
        if self.earliest is not None and distance < self.earliest:
            raise Unreadable(CHECK_THE_DATE)
        if self.latest is not None and distance > self.latest:
            raise Unreadable(CHECK_THE_DATE)

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        yield UNKNOWN, "unknown"
        yield NONE, "none"
        yield YEAR, self.today.isoformat()
