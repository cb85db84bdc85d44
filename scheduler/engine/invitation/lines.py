"""A calendar's text as components and properties (RFC 5545 §3.1), of whoever wrote it: bounded, nothing guessed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MOST_EVENTS = 5000
DEEPEST = 8
FOLD = re.compile(r"(?:\r\n|\n|\r)[ \t]")
ENDS = re.compile(r"\r\n|\n|\r")
MARKS = re.compile(r'[";:]')
COUNTED = frozenset({"VEVENT", "VFREEBUSY"})
LEFT_OUT = frozenset({"VALARM", "VTODO", "VJOURNAL"})
KEPT = frozenset(
    {
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "SEQUENCE",
        "STATUS",
        "TRANSP",
        "SUMMARY",
        "ATTENDEE",
        "ORGANIZER",
        "FREEBUSY",
        "TZID",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "X-WR-TIMEZONE",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    }
)
"""Properties that say when somebody is busy; no other is looked at."""


class NotACalendar(Exception):
    """It is no calendar, or one that was cut; or a part of it means nothing, so that nobody knows when it is."""


class TooMuch(Exception):
    """More events, or more repeated, than a person's calendar has."""


@dataclass(frozen=True, slots=True)
class Property:
    """One line: names of parameters in capitals, quotation marks taken off."""

    value: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END: properties in order by name, and the components in it."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """The properties of a name; may be none."""
        return self.properties.get(name, [])

    def first(self, name: str) -> Property | None:
        """The first of a name."""
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        """The value of the first of a name, without spaces around it; empty where there is none."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def walk(self, *names: str) -> Iterator["Component"]:
        """The components of these names directly in it, in order."""
        return (part for part in self.parts if part.name in names)


def read(text: str) -> list[Component]:
    """
    The calendars of a text, at least one.

    Raises:
        NotACalendar: There is none, or it does not end.
        TooMuch: It has more than 5,000 events.
    """
    stack, events = [Component("")], 0
    for line in ENDS.split(FOLD.sub("", text.removeprefix("\ufeff"))):
        name, found = _line(line)
        if name == "BEGIN":
            events += _begin(stack, found.value.strip().upper())
            if events > MOST_EVENTS:
                raise TooMuch("events")
        elif name == "END":
            _end(stack, found.value.strip().upper())
        elif len(stack) == 1 and line.strip():
            raise NotACalendar("text outside of it")
        elif name in KEPT:
            stack[-1].properties.setdefault(name, []).append(found)
    calendars = list(stack[0].walk("VCALENDAR"))
    if len(stack) > 1 or not calendars:
        raise NotACalendar("no end")
    return calendars


def _begin(stack: list[Component], name: str) -> bool:
    inside = stack[-1].name
    if len(stack) > DEEPEST or (not inside and name != "VCALENDAR") or (name in COUNTED and inside != "VCALENDAR"):
        raise NotACalendar("components")
    stack.append(Component(name))
    return name in COUNTED


def _end(stack: list[Component], name: str) -> None:
    if len(stack) == 1 or stack[-1].name != name:
        raise NotACalendar("components")
    done = stack.pop()
    if done.name not in LEFT_OUT:
        stack[-1].parts.append(done)


def _line(line: str) -> tuple[str, Property]:
    """The name in capitals and what stands there; no name where the line is none."""
    parts, since, is_quoted = [], 0, False
    for mark in MARKS.finditer(line):
        if mark.group() == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            parts.append(line[since : mark.start()])
            since = mark.end()
            if mark.group() == ":":
                return parts[0].strip().upper(), Property(line[since:], dict(map(_param, parts[1:])))
    return "", Property(line)


def _param(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().upper(), value.strip().strip('"')
