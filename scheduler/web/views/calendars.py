"""The calendars that attorneys keep elsewhere: how old what we know of them is; added, read, removed."""

from uuid import UUID

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import calendar_choice, calendar_reading, calendars
from scheduler.casework.calendar_choice import Choice, NoSuchChoice
from scheduler.casework.calendar_reading import Add
from scheduler.casework.calendars import NoSuchPerson
from scheduler.channels.calendars import Kind, NotRead, Source
from scheduler.channels.fetch import Login
from scheduler.web import calendar_words
from scheduler.web.parts import parts
from scheduler.web.views.desk import page

ALL = "/desk/calendars"
ONE = f"{ALL}/<uuid:calendar_id>"
LONGEST = 2000


def register(app: Flask) -> None:
    app.jinja_env.globals["late_calendars"] = lambda: calendars.late(parts()) or None
    app.add_url_rule(ALL, "calendars.list", show_all)
    app.add_url_rule(ALL, "calendars.add", add, methods=["POST"])
    app.add_url_rule(f"{ALL}/choose", "calendars.choose", choose, methods=["POST"])
    app.add_url_rule(f"{ONE}/read", "calendars.read", read, methods=["POST"])
    app.add_url_rule(f"{ONE}/remove", "calendars.remove", remove, methods=["POST"])


def show_all() -> ResponseReturnValue:
    """Every calendar, how old what we know of it is, and whether it closes its owner."""
    return _page(note=request.args.get("note", ""))


def add() -> ResponseReturnValue:
    """Read a calendar and keep reading it, or ask which, or say why not; its address is not repeated."""
    try:
        wanted = Add(request.form.get("person", 0, type=int), _source())
        choice = calendar_choice.add_or_ask(parts(), g.staff, wanted)
    except NotRead as failure:
        return _page(wrong=failure.fault), 400
    except (NoSuchPerson, ValueError):
        return _page(wrong="choose"), 400
    return _page(choice=choice) if choice else redirect(f"{ALL}?note=added", 303)


def choose() -> ResponseReturnValue:
    """Read those of a server's calendars that were chosen, and keep reading them."""
    numbers = request.form.getlist("calendar", type=int)
    try:
        calendar_choice.choose(parts(), g.staff, request.form.get("choice", ""), numbers)
    except NotRead as failure:
        return _page(wrong=failure.fault), 400
    except (NoSuchPerson, NoSuchChoice):
        return _page(wrong="choose"), 400
    return redirect(f"{ALL}?note=added", 303)


def read(calendar_id: UUID) -> ResponseReturnValue:
    """Read one now."""
    fault = calendar_reading.read(parts(), calendar_id)
    return redirect(f"{ALL}?note={fault or 'read'}", 303)


def remove(calendar_id: UUID) -> ResponseReturnValue:
    """Forget one."""
    calendars.remove(parts(), g.staff, calendar_id)
    return redirect(f"{ALL}?note=removed", 303)


def _source() -> Source:
    """
    What was typed.

    Raises:
        ValueError: It is neither of the two kinds.
    """
    typed = {name: request.form.get(name, "").strip()[:LONGEST] for name in ("url", "user", "password")}
    login = Login(typed["user"], typed["password"]) if typed["user"] else None
    return Source(Kind(request.form.get("kind", "")), typed["url"], login)


def _page(*, note: str = "", wrong: str = "", choice: Choice | None = None) -> str:
    kept, owners = calendars.kept(parts()), calendars.owners()
    words = {"rows": kept, "owners": owners, "note": note, "wrong": wrong, "choice": choice}
    return page("calendars.html", "calendars", code=calendar_words, **words)
