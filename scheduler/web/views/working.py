"""Who works when and where: weekly hours, single days, journeys and rules of each, and when the firm is closed."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forms.choices import LANGUAGES
from scheduler.casework import desk, workers, working
from scheduler.casework.access import Permission
from scheduler.casework.firm import firm
from scheduler.casework.firm_words import BadFirmFile, windows
from scheduler.casework.outside import CallsOutside
from scheduler.casework.workers import CAPS, Newcomer, Rules
from scheduler.casework.working import Change, NotHours, OverMidnight
from scheduler.web import desk_words, working_words
from scheduler.web.parts import parts

ALL = "/desk/people"
ONE = f"{ALL}/<int(max=999999999):number>"
CLOSURES = "/desk/closures"
WEEK = range(7)
LONGEST = 200
AGREED, NIGHT, AGAIN = "agreed", "night", "again"
"""Fields that say: these calls may lie outside, these hours are meant over midnight, show once more what was typed."""


def register(app: Flask) -> None:
    app.add_url_rule(ALL, "working.list", show_all)
    app.add_url_rule(ALL, "working.add", add, methods=["POST"])
    app.add_url_rule(ONE, "working.one", show_one)
    app.add_url_rule(ONE, "working.rules", set_rules, methods=["POST"])
    app.add_url_rule(f"{ONE}/week", "working.week", set_week, methods=["POST"])
    app.add_url_rule(f"{ONE}/day", "working.day", set_day, methods=["POST"])
    app.add_url_rule(f"{ONE}/stay", "working.stay", add_stay, methods=["POST"])
    app.add_url_rule(f"{ONE}/stay/<uuid:stay_id>", "working.end_stay", end_stay, methods=["POST"])
    app.add_url_rule(CLOSURES, "working.close", close, methods=["POST"])


def show_all() -> ResponseReturnValue:
    """Everybody, and the closed days."""
    return _all()


def show_one(number: int) -> ResponseReturnValue:
    """One person's hours and rules."""
    return _one(number)


def set_week(number: int) -> ResponseReturnValue:
    """The weekly hours."""
    return _changed(number, lambda change: working.set_week(parts(), change, {day: _typed(str(day)) for day in WEEK}))


def set_day(number: int) -> ResponseReturnValue:
    """Other hours on one day, or the week's again."""
    is_gone = "remove" in request.form
    return _changed(
        number, lambda change: working.set_day(parts(), change, _day("day"), None if is_gone else _typed("windows"))
    )


def add_stay(number: int) -> ResponseReturnValue:
    """A journey."""
    where = request.form.get("zone", "")[:LONGEST]
    return _changed(number, lambda change: working.add_stay(parts(), change, _day("first"), _day("last"), where))


def end_stay(number: int, stay_id: UUID) -> ResponseReturnValue:
    """A journey ends on another day, or never was."""
    is_gone = "remove" in request.form
    return _changed(
        number, lambda change: working.end_stay(parts(), change, stay_id, None if is_gone else _day("until"))
    )


def set_rules(number: int) -> ResponseReturnValue:
    """How somebody is booked."""
    return _changed(number, lambda change: workers.set_rules(parts(), change, _rules()))


def add() -> ResponseReturnValue:
    """Somebody comes."""
    texts = {name: request.form.get(name, "")[: LONGEST + 1] for name in ("kind", "name", "email", "zone")}

    def act() -> str:
        return f"{ALL}/{workers.add(parts(), g.staff, Newcomer(**texts, languages=_languages()))}"

    return _tried(act, _all)


def close() -> ResponseReturnValue:
    """The firm is closed on a day, or is open again."""
    reason = request.form.get("reason", "")[:LONGEST]

    def act() -> str:
        if "remove" in request.form:
            working.open_again(parts(), g.staff, _day("day"))
        else:
            working.close(parts(), g.staff, _day("day"), reason, _agreed())
        return ALL

    return _tried(act, _all)


def _changed(number: int, change: Callable[[Change], None]) -> ResponseReturnValue:
    """Change something of one person."""
    here = f"{ALL}/{number}"
    if AGAIN in request.form:
        return _one(number)

    def act() -> str:
        change(Change(g.staff, number, _agreed(), frozenset(request.form.getlist(NIGHT, type=working_words.night))))
        return here

    return _tried(act, lambda wrong: _one(number, wrong))


def _tried(act: Callable[[], str], again: Callable[[str], str]) -> ResponseReturnValue:
    """Do it and go on; where calls would lie outside or hours go over midnight ask, where it cannot be done say why."""
    try:
        there = act()
    except CallsOutside as refused:
        shown = [call for call in refused.calls if g.staff.person not in call.screened]
        return _asked("working_outside.html", calls=refused.calls, shown=shown)
    except OverMidnight as refused:
        return _asked("working_night.html", nights=refused.nights)
    except NotHours as refused:
        return again(str(refused)), 400
    except BadFirmFile:
        return again("hours"), 400
    return redirect(f"{there}?note=saved", 303)


def _asked(template: str, **words: Any) -> str:
    """Ask before it is done; the page sends all of it once more, with the answer."""
    again = {"csrf_token", AGREED} if "calls" in words else {"csrf_token"}
    fields = [(name, said) for name, said in request.form.items(multi=True) if name not in again]
    return _page(template, fields=fields, here=request.path, **words)


def _all(wrong: str = "") -> str:
    today = firm().today(parts().clock.now())
    return _page("working.html", people=workers.everybody(today), closures=workers.closures(today), wrong=wrong)


def _one(number: int, wrong: str = "") -> str:
    today = firm().today(parts().clock.now())
    return _page("working_one.html", one=workers.one(number, today), wrong=wrong)


def _page(template: str, **words: Any) -> str:
    counts = desk.counts(parts()) if g.staff.may(Permission.SEE_DESK) else None
    lists = {"code": working_words, "languages": [choice.code for choice in LANGUAGES if choice.code != "other"]}
    note = request.args.get("note", "")
    typed = request.form
    return render_template(
        f"desk/{template}", door="people", say=desk_words, counts=counts, note=note, typed=typed, **lists, **words
    )


def _typed(field: str) -> Sequence[tuple[int, int]]:
    """
    Windows that were written in a field.

    Raises:
        BadFirmFile: They are none.
    """
    return windows(request.form.get(field, "")[:LONGEST].replace("–", "-").replace(",", " ").split())


def _day(field: str) -> date:
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        raise NotHours("day") from None


def _agreed() -> frozenset[UUID]:
    return frozenset(request.form.getlist(AGREED, type=UUID))


def _rules() -> Rules:
    said: dict[str, Any] = {name: _number(name) for name in working_words.BOUNDS}
    skills = tuple(request.form.get("skills", "")[:LONGEST].replace(",", " ").split())
    zone = request.form.get("zone", "")[:LONGEST]
    gender = request.form.get("gender") or None
    said |= {"zone": zone, "skills": skills, "gender": gender, "active": "active" in request.form}
    return Rules(languages=_languages(), **said)


def _languages() -> tuple[str, ...]:
    known = {choice.code for choice in LANGUAGES}
    return tuple(code for code in request.form.getlist("languages") if code in known)


def _number(field: str) -> int | None:
    said = request.form.get(field, "").strip()
    if not said and field in CAPS:
        return None
    if not (said.isascii() and said.isdigit()):
        raise NotHours("number")
    return int(said[:9])
