"""Time off at the desk: who, from when to when, and what becomes of every call that is in the way."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, time_off
from scheduler.casework.time_off import GIVE, KEEP, MOVE, REASONS, NotATime, Rehoming, StillBooked, TimeOff
from scheduler.web.parts import parts
from scheduler.web.timetable import slot_id, start_of
from scheduler.web.views.desk import page

ALL = "/desk/time-off"
NOT_SAID = Rehoming("")
DIGITS = 9
WHY_KEPT = ("attorney_comes_back", "client_wishes", "other")


def register(app: Flask) -> None:
    app.add_url_rule(ALL, "time_off.ask", ask)
    app.add_url_rule(ALL, "time_off.save", save, methods=["POST"])


def ask() -> ResponseReturnValue:
    """Who is away, and when."""
    return _page({}, note=request.args.get("note", ""))


def save() -> ResponseReturnValue:
    """Take the time; where calls are in the way, ask what becomes of each, the most urgent first."""
    typed = request.form
    try:
        off = _time_off(typed)
        time_off.save(parts(), g.staff, off, _settled(typed))
    except (NotATime, ValueError):
        return _page(typed, note="no_time"), 400
    except StillBooked:
        found = time_off.hits(parts(), off)
        return _page(typed, hits=found, note="taken" if any(_homes(typed)) else "hit")
    return redirect(f"{ALL}?note=saved", 303)


def _page(typed: Mapping[str, str], *, note: str, **words: Any) -> str:
    lists = {"people": cases.bookable(), "reasons": REASONS, "kept": WHY_KEPT, "slot_id": slot_id}
    return page("time_off.html", "consultations", typed=typed, note=note, **lists, **words)


def _time_off(typed: Mapping[str, str]) -> TimeOff:
    """
    What was typed.

    Raises:
        ValueError: It is no number, no day, or no time of day.
    """
    first, last = (datetime.fromisoformat(f"{typed[f'{end}_day']}T{typed[f'{end}_time']}") for end in ("first", "last"))
    naive = (first.replace(tzinfo=None), last.replace(tzinfo=None))
    return TimeOff(_number(typed["person"]), *naive, typed.get("reason", ""), int(typed.get("weeks") or 1))


def _number(said: str) -> int:
    """The number of one of us, as far as a column holds it."""
    return int(said[:DIGITS])


def _homes(typed: Mapping[str, str]) -> list[str]:
    return [value for name, value in typed.items() if name.startswith("home-") and value]


def _settled(typed: Mapping[str, str]) -> dict[UUID, Rehoming]:
    """By consultation: what was chosen, and nothing where that cannot be read."""
    found: dict[UUID, Rehoming] = {}
    for name, value in typed.items():
        if name.startswith("home-") and value:
            with suppress(ValueError):
                call = UUID(name.removeprefix("home-"))
                found[call] = _rehoming(value, typed.get(f"why-{call}", ""))
    return found


def _rehoming(value: str, why: str) -> Rehoming:
    how, _colon, what = value.partition(":")
    if how == GIVE:
        return Rehoming(GIVE, attorney=_number(what))
    if how == MOVE:
        return Rehoming(MOVE, start=start_of(what))
    return Rehoming(KEEP, reason=why) if how == KEEP and why in WHY_KEPT else NOT_SAID
