"""A client's answers as she was asked and as she said them, in the language of the reader."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_skeleton

from forms.a_number import ANumberField, written
from forms.base import IntakePage
from forms.clocks import spoken_time
from forms.context import FirmLists, PageContext
from forms.fields import Question
from forms.flow import BY_SLUG
from forms.more.flow import BY_SLUG as MORE
from forms.more.own import OwnField
from forms.rows import FamilyField
from forms.ticks import Grid
from forms.times import TimeField
from scheduler.casework.firm import firm
from scheduler.words import _, _l, locale

SECTIONS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_l("Reaching her"), ("safety", "who", "language", "contact", "about")),
    (_l("Where she is"), ("where", "arrival")),
    (_l("Papers and dates that cannot wait"), ("dates",)),
    (_l("Names we must check"), ("names",)),
    (_l("For the call"), ("call",)),
    (_l("What she fears, and how she came"), ("reasons", "place", "entry")),
    (_l("Family, earlier applications, papers"), ("people", "past", "papers")),
)
"""Headings, and the pages of the intake under each."""

FORMS: Mapping[str, type[IntakePage]] = {**BY_SLUG, **MORE}

APART = frozenset({"safe_word"})
"""What stands apart from the other answers: it is for the one who calls, at the moment of the call."""


WRITTEN: Mapping[type[Question], Callable[[str], str]] = {ANumberField: written, TimeField: spoken_time}
"""Kinds of questions whose stored answer is written otherwise than it is said."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some questions with their answers, under one heading."""

    heading: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)


def sections(answers: Mapping[str, Any], today: date, now: datetime) -> tuple[Section, ...]:
    """The answers that are there, by section; a section without any is left out."""
    lists = FirmLists(venues=firm().venues, own=firm().own_questions)
    context = PageContext(today=today, locale=locale(), answers=answers, now=now, firm=lists)
    found = (Section(str(heading), tuple(_rows(pages, context))) for heading, pages in SECTIONS)
    return tuple(section for section in found if section.rows)


def _rows(pages: Iterable[str], context: PageContext) -> Iterable[tuple[str, str]]:
    for page in pages:
        for question in FORMS[page](None, context).questions():
            if question.name in context.answers and question.name not in APART:
                yield from _said(question, context.answers[question.name])
            elif question.name == "a_number" and "a_number_last3" in context.answers:
                yield question.text, f"••• ••• {context.answers['a_number_last3']}"


def _said(question: Question, value: Any) -> Iterable[tuple[str, str]]:
    """A question and its answer; several where the firm's own are one field."""
    if isinstance(question, OwnField):
        return question.said(value)
    return ((question.text, _words(question, value)),)


def told(question: Question, value: Any) -> Iterable[tuple[str, str]]:
    """A question and its answer, or that there is none."""
    return ((question.text, "—"),) if value is None or value == "" else _said(question, value)


def _words(question: Question, value: Any) -> str:
    """One stored answer as a person would say it."""
    named = {choice.code: str(choice.label) for choice in question.choices}
    if isinstance(question, tuple(WRITTEN)):
        return WRITTEN[type(question)](str(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(question, Grid):
        things = {thing.code: str(thing.label) for thing in question.things}
        return "; ".join(f"{things.get(thing, thing)}: {named.get(said, said)}" for thing, said in value.items())
    if isinstance(question, FamilyField):
        return "; ".join(_relative(question, row) for row in value)
    if isinstance(value, Mapping):
        return _date(value)
    if isinstance(value, list):
        return ", ".join(_person(one) if isinstance(one, Mapping) else named.get(str(one), str(one)) for one in value)
    return named.get(str(value)) or _day_or_text(str(value))


def _date(parts: Mapping[str, Any]) -> str:
    """A date as exactly as she knew it."""
    if parts.get("unknown") or not parts.get("y"):
        return _("I do not know")
    year, month, day = int(parts["y"]), parts.get("m"), parts.get("d")
    if not month:
        return str(year)
    if not day:
        return format_skeleton("yMMMM", date(year, int(month), 1), locale=locale())
    return format_date(date(year, int(month), int(day)), "long", locale=locale())


def _day_or_text(text: str) -> str:
    if text in {"unknown", "none"}:
        return _("I do not know") if text == "unknown" else _("There is no date yet")
    try:
        return format_date(date.fromisoformat(text), "full", locale=locale())
    except ValueError:
        return text


def _person(row: Mapping[str, Any]) -> str:
    return " – ".join(str(part) for part in (row.get("name"), row.get("role")) if part)


def _relative(question: FamilyField, row: Mapping[str, Any]) -> str:
    """Who somebody of her family is, how old, where, and whether help is needed."""
    named = {choice.code: str(choice.label) for choice in (*question.choices, *question.places)}
    said = [named.get(row["relation"], row["relation"]), str(row["age_years"]), named.get(row.get("where", ""), "")]
    return ", ".join([*filter(None, said), *([_("needs help, too")] if row.get("needs_help") == "yes" else [])])
