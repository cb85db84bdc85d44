"""The words of a firm file: clock times, weekdays, zones, languages; whatever is wrong is refused by its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.engine import own_questions
from scheduler.engine.retention import TooLong, shortened
from scheduler.engine.teams import GENDERS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ATTORNEY, PARALEGAL = "attorney", "paralegal"
KINDS = frozenset({ATTORNEY, PARALEGAL, "interpreter"})
CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
OFF, OWN = "questions_off", "own_questions"
CODE = re.compile(r"[a-z][a-z0-9_]{1,30}", re.ASCII)
ORIGIN = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(?!443$)[1-9]\d{0,4})?", re.ASCII)
DAY = 24 * 60
BOUNDS: Mapping[str, tuple[int, int]] = {
    "buffer_before": (0, 240),
    "buffer_after": (0, 240),
    "grid_step": (1, 240),
    "grid_offset": (0, 239),
    "daily_cap": (0, 50),
    "weekly_cap": (0, 200),
}
"""
What may be said of a person in whole numbers, the least and the most of each; minutes, and calls for the caps.

A call and what is kept free around it are shorter than what is looked at beside a time (`rows.REACH`).
"""

LENGTHS = (15, 240)
"""The shortest and the longest ordinary consultation, in minutes."""

LEADS = (0, 168)
"""How long before a call its interpreter is looked for, in hours, the least and the most."""

ASSIGNMENTS = ("least_loaded", "round_robin")
"""Who takes a call that several could; the first is the usual one."""


class BadFirmFile(Exception):
    """The file says something that cannot be; the message says where and what."""


def firm_row(document: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the firm."""
    said = _table(document, "firm")
    settings = {
        "opens": minute(_text(said, "opens")),
        "closes": minute(_text(said, "closes")),
        "weekdays": [_weekday(day) for day in said.get("weekdays", DAYS[:5])],
        "horizon_days": _number(said, "horizon_days", 30),
        "base_length": _within("base_length", _number(said, "base_length", 45), LENGTHS),
        "notice_minutes": said.get("notice_minutes"),
        "interpreter_lead_hours": _within("interpreter_lead_hours", _number(said, "interpreter_lead_hours", 24), LEADS),
        "staff_languages": list(said.get("staff_languages", ["es", "en"])),
        "video_pattern": _text(said, "video_pattern"),
        "neutral_site": dict(_table(said, "neutral_site")),
        "event_margin_hours": _number(said, "event_margin_hours", 24),
        "flood_per_hour": _number(said, "flood_per_hour", 60),
        "calendar_max_age_hours": _number(said, "calendar_max_age_hours", 24),
        "child_skill": _text(said, "child_skill") if "child_skill" in said else "",
        "reserved_slots": _number(said, "reserved_slots", 1),
        "assignment": _one_of(said, "assignment", ASSIGNMENTS),
        "relay_languages": dict(said.get("relay_languages", {})),
        "retention": _retention(said.get("retention", {})),
    }
    settings |= {name: [_venue(one) for one in said[name]] for name in ("courts", "ports") if name in said}
    settings |= asked(said)
    settings["embed_origins"] = [_origin(one) for one in said.get("embed_origins", ())]
    texts = {"cost": dict(_table(said, "cost")), "emergency": _emergency(_table(said, "emergency"))}
    columns = {"alias": _text(said, "alias"), "phone": _text(said, "phone"), "zone": zone(_text(said, "zone"))}
    return {**columns, "settings": settings, "texts": texts}


def person_columns(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of somebody who can be booked."""
    kind = _text(said, "kind")
    if kind not in KINDS:
        raise BadFirmFile(f"kind: {kind!r} is neither attorney nor paralegal nor interpreter")
    columns: dict[str, Any] = {**of_kind(kind), "name": _text(said, "name"), "email": _text(said, "email")}
    columns["gender"] = _gender(said)
    columns |= {"zone": zone(_text(said, "zone")), "languages": list(said.get("languages", []))}
    columns |= {name: _within(name, _number(said, name, 0), BOUNDS[name]) for name in BOUNDS if name in said}
    columns["room_url"] = said.get("room_url")
    if not columns["languages"]:
        raise BadFirmFile(f"{columns['name']}: languages are missing")
    return columns


def of_kind(kind: str) -> dict[str, Any]:
    """The columns of a kind: a paralegal is one of ours who takes no call alone."""
    return {"kind": ATTORNEY if kind == PARALEGAL else kind, "is_paralegal": kind == PARALEGAL}


def _gender(said: Mapping[str, Any]) -> str | None:
    """What clients who would rather talk with a woman or a man go by; it need not be said."""
    gender = said.get("gender")
    if gender is not None and gender not in GENDERS:
        raise BadFirmFile(f"gender: {gender!r} is neither woman nor man; leave it out")
    return gender


def weekly(said: Mapping[str, Any]) -> list[tuple[int, int, int]]:
    """The weekly windows of a person as (weekday, start, end); Monday is 0."""
    hours = _table(said, "hours")
    return [(_weekday(day), *window) for day, spoken in hours.items() for window in windows(spoken)]


def windows(spoken: Iterable[str]) -> list[tuple[int, int]]:
    """Windows such as `9:00-12:30` in minutes of the day; one that ends before it begins ends on the next day."""
    found = []
    for text in spoken:
        start, dash, end = str(text).partition("-")
        if not dash or minute(start) in {minute(end), DAY}:
            raise BadFirmFile(f"{text!r} is no window such as 9:00-12:30")
        found.append((minute(start), minute(end)))
    return found


def closing(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a day on which the firm is closed."""
    return {"day": day(said), "reason": _text(said, "reason")}


def day(said: Mapping[str, Any], name: str = "day") -> date:
    """The day that a closure or an override is about, or the one of another name."""
    found = said.get(name)
    if not isinstance(found, date):
        raise BadFirmFile(f"{name} is a date such as 2026-12-24, without quotation marks")
    return found


def minute(text: str) -> int:
    """A clock time such as `9:30` as a minute of the day, up to 24:00."""
    found = CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minutes > DAY:
        raise BadFirmFile(f"{text!r} is no clock time such as 9:30")
    return minutes


def zone(name: str) -> str:
    """The name of a zone, if there is one of it."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadFirmFile(f"{name!r} is no time zone such as America/Tijuana") from None
    return name


def _retention(said: Mapping[str, Any]) -> dict[str, int]:
    """The firm's own days by record, none of them longer than the table's."""
    try:
        return shortened({name: _number(said, name, 0) for name in said})
    except TooLong as record:
        raise BadFirmFile(f"retention: {record} is not kept for so many days") from None


def asked(said: Mapping[str, Any]) -> dict[str, Any]:
    """The optional questions that the firm leaves out, and its own; what it does not name is not in it."""
    off = list(said.get("questions_off", ()))
    strange = sorted(set(off) - set(own_questions.optional()))
    if strange:
        raise BadFirmFile(f"questions_off: {strange[0]!r} is no question that may be left out")
    try:
        own = [question.row() for question in own_questions.read(said.get("own_questions", ()))]
    except own_questions.BadQuestion as refusal:
        raise BadFirmFile(str(refusal)) from None
    return ({OFF: off} if off else {}) | ({OWN: own} if own else {})


def _one_of(said: Mapping[str, Any], name: str, choices: Sequence[str]) -> str:
    value = str(said.get(name, choices[0]))
    if value not in choices:
        raise BadFirmFile(f"{name}: {value!r} is none of {', '.join(choices)}")
    return value


def _venue(said: Mapping[str, Any]) -> dict[str, str]:
    """A court or a crossing, which has its code, its name in both languages and its zone."""
    row = {name: _text(said, name) for name in ("code", "en", "es", "zone")}
    if not CODE.fullmatch(row["code"]):
        raise BadFirmFile(f"{row['code']!r} is no code such as el_paso")
    return {**row, "zone": zone(row["zone"])}


def _origin(said: Any) -> str:
    """The origin of a site as browsers say it: scheme and host, a port only where it is not the usual one."""
    if not ORIGIN.fullmatch(str(said)):
        raise BadFirmFile(f"embed_origins: {said!r} is no origin such as https://www.example.org")
    return str(said)


def _weekday(name: str) -> int:
    if name not in DAYS:
        raise BadFirmFile(f"{name!r} is no weekday; they are {', '.join(DAYS)}")
    return DAYS.index(name)


def _emergency(said: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers to call in danger, by country, each with what it is for in both languages."""
    for country, lines in said.items():
        for count, line in enumerate(lines, 1):
            if not all(isinstance(line.get(name), str) and line[name] for name in ("en", "es", "number")):
                raise BadFirmFile(f"emergency.{country}: line {count} needs en, es and number")
    return dict(said)


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    if not isinstance(found, Mapping) or not found:
        raise BadFirmFile(f"{name} is missing")
    return found


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or not found.strip():
        raise BadFirmFile(f"{name} is missing")
    return found.strip()


def _number(said: Mapping[str, Any], name: str, usual: int) -> int:
    found = said.get(name, usual)
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise BadFirmFile(f"{name} is a whole number")
    return found


def _within(name: str, value: int, bounds: tuple[int, int]) -> int:
    least, most = bounds
    if not least <= value <= most:
        raise BadFirmFile(f"{name}: {value} is not between {least} and {most}")
    return value
