"""Stored answers: their shape, whether one was given, and what a date that is only partly known may mean."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

Answers: TypeAlias = Mapping[str, Any]
"""Field name of the questionnaire to its stored form."""

ADULT = 18
"""Years of age from which the child protocol no longer applies."""


def given(value: object) -> bool:
    """Whether a stored value is an answer; an age of 0 and "I do not know" are answers, an empty box is not."""
    if isinstance(value, Mapping):
        return bool(value.get("unknown") or value.get("y"))
    return value is not None and value is not False and value not in ("", [], ())


def is_unknown(value: object) -> bool:
    """Whether a partial date, or a date, was answered with "I do not know"."""
    return bool(value.get("unknown")) if isinstance(value, Mapping) else value == "unknown"


def day_of(value: object) -> date | None:
    """The day a `date_or_unknown` names; None for `unknown`, `none`, an empty box and what is no date."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def bounds(partial: object) -> tuple[date, date] | None:
    """The earliest and the latest day a partial date may mean, both in it; None when it is unknown or no date."""
    if not isinstance(partial, Mapping) or partial.get("unknown") or not partial.get("y"):
        return None
    year, month, day = partial["y"], partial.get("m"), partial.get("d")
    try:
        first = date(year, month or 1, (day or 1) if month else 1)
    except ValueError:
        return None
    if month and day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, monthrange(year, last_month)[1])


def years_between(born: date, today: date) -> int:
    """Whole years lived on `today`; a birthday on 29 February is reached on 1 March of a common year."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def youngest_age(answers: Answers, today: date) -> int | None:
    """The youngest age in years her answers allow on the firm's day `today`; None when nothing about it is known."""
    span = bounds(answers.get("birth_date"))
    if span is not None:
        return max(0, years_between(min(span[1], today), today))
    about = answers.get("age_years")
    return about if isinstance(about, int) and is_unknown(answers.get("birth_date")) else None


def is_minor(answers: Answers, today: date) -> bool:
    """Whether she may be a minor on the firm's day `today`."""
    age = youngest_age(answers, today)
    return age is not None and age < ADULT
