"""The desk: who must be seen first, what is booked, what is to do, and one client at a time."""

from typing import Any
from uuid import UUID

from flask import Flask, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, desk, diary, duplicates, judging, trying, walls, why
from scheduler.casework.duplicates import OlderIsOver, StillBooked
from scheduler.casework.firm import firm
from scheduler.casework.judging import MayNotLower, NoReason, SetLevel
from scheduler.engine.calls import Cause
from scheduler.engine.states import Refused
from scheduler.engine.urgency import Level
from scheduler.web import call_words, desk_words, said, why_words
from scheduler.web.parts import parts
from scheduler.web.phone_words import to_say
from scheduler.web.signing import ours

TASKS = "/desk/tasks"
INTAKE = "/desk/intake/<uuid:intake_id>"
MOST_PAGES = 1000
LONGEST_REASON = 300


def register(app: Flask) -> None:
    app.add_url_rule("/desk", "desk.waiting", waiting)
    app.add_url_rule("/desk/consultations", "desk.coming", coming)
    app.add_url_rule(TASKS, "desk.tasks", tasks)
    app.add_url_rule(f"{TASKS}/<uuid:task_id>/done", "desk.task_done", task_done, methods=["POST"])
    app.add_url_rule(INTAKE, "desk.intake", intake)
    app.add_url_rule(f"{INTAKE}/level", "desk.level", set_level, methods=["POST"])
    app.add_url_rule(f"{INTAKE}/merge/<uuid:other_id>", "desk.merge", merge, methods=["POST"])


def page(template: str, door: str, **words: Any) -> str:
    """A page of the desk, with the numbers beside its doors."""
    return render_template(f"desk/{template}", door=door, counts=desk.counts(parts()), say=desk_words, **words)


def waiting() -> ResponseReturnValue:
    """Who must be seen first."""
    asked = request.args.get("page", 1, type=int)
    queue = desk.queue(parts(), min(max(asked, 1), MOST_PAGES), *walls.seen_by(g.staff))
    note = request.args.get("note", "")
    return page("waiting.html", "waiting", queue=queue, note=note)


def coming() -> ResponseReturnValue:
    """Today's consultations and those to come."""
    now, house = parts().clock.now(), firm()
    _begins, ends = desk.day_of_firm(house, now)
    rows = diary.coming(parts(), *walls.seen_by(g.staff))
    today = [row for row in rows if row.starts_at < ends]
    later = [row for row in rows if row.starts_at >= ends]
    return page("consultations.html", "consultations", today=today, later=later)


def tasks() -> ResponseReturnValue:
    """What is to do, and what is overdue."""
    return page("tasks.html", "tasks", rows=diary.to_do(parts(), *walls.seen_by(g.staff)), back=TASKS)


def task_done(task_id: UUID) -> ResponseReturnValue:
    """Tick a task off, and go back to where it stood."""
    diary.do_task(parts(), g.staff, task_id)
    return redirect(ours(request.form.get("back", "")) or TASKS, 303)


def intake(intake_id: UUID) -> ResponseReturnValue:
    """One client, as far as her reader may see her."""
    return _intake(intake_id, note=request.args.get("note", ""))


def set_level(intake_id: UUID) -> ResponseReturnValue:
    """Say how urgent she is; what was refused is told where it was asked, with what was typed."""
    level, reason = request.form.get("level", ""), request.form.get("reason", "")[:LONGEST_REASON]
    if level not in set(Level):
        return _intake(intake_id, note="choose_level", reason=reason), 400
    try:
        judging.set_level(parts(), g.staff, SetLevel(intake_id, Level(level), reason))
    except MayNotLower:
        return _intake(intake_id, note="may_not_lower", level=level, reason=reason), 400
    except NoReason:
        return _intake(intake_id, note="no_reason", level=level, reason=reason), 400
    return redirect(f"/desk/intake/{intake_id}?note=level_set", 303)


def merge(intake_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Two intakes are one person's: go on with the older."""
    try:
        kept = duplicates.merge(parts(), g.staff, intake_id, other_id)
    except StillBooked:
        return redirect(f"/desk/intake/{intake_id}?note=still_booked", 303)
    except OlderIsOver:
        return redirect(f"/desk/intake/{intake_id}?note=older_over", 303)
    except Refused:
        return redirect(f"/desk/intake/{intake_id}?note=not_merged", 303)
    return redirect(f"/desk/intake/{kept}", 303)


def _intake(intake_id: UUID, *, note: str, level: str = "", reason: str = "") -> str:
    case = cases.open_case(parts(), g.staff, intake_id)
    now = parts().clock.now()
    answers = said.sections(case.answers, firm().today(now), now)
    typed = {"level": level or case.level, "reason": reason}
    words: dict[str, object] = {"levels": list(Level), "typed": typed, "note": note}
    words |= {"alike": duplicates.alike(intake_id, *walls.seen_by(g.staff))}
    words |= {"to_say": to_say(case)}
    words |= {"causes": list(Cause), "calls": call_words, "tries": trying.shown(parts(), intake_id)}
    words |= {"why": why.why(parts(), g.staff, case), "why_words": why_words}
    return page("intake.html", "waiting", case=case, sections=answers, back=f"/desk/intake/{intake_id}", **words)
