"""The desk: who must be seen first, what is booked, what is to do, and one client at a time."""

from typing import Any
from uuid import UUID

from flask import Flask, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from scheduler.casework import cases, desk, diary
from scheduler.casework.firm import firm
from scheduler.web import desk_words, said
from scheduler.web.parts import parts
from scheduler.web.signing import ours

TASKS = "/desk/tasks"
MOST_PAGES = 1000


def register(app: Flask) -> None:
    app.add_url_rule("/desk", "desk.waiting", waiting)
    app.add_url_rule("/desk/consultations", "desk.coming", coming)
    app.add_url_rule(TASKS, "desk.tasks", tasks)
    app.add_url_rule(f"{TASKS}/<uuid:task_id>/done", "desk.task_done", task_done, methods=["POST"])
    app.add_url_rule("/desk/intake/<uuid:intake_id>", "desk.intake", intake)


def page(template: str, door: str, **words: Any) -> str:
    """A page of the desk, with the numbers beside its doors."""
    return render_template(f"desk/{template}", door=door, counts=desk.counts(parts()), say=desk_words, **words)


def waiting() -> ResponseReturnValue:
    """Who must be seen first."""
    asked = request.args.get("page", 1, type=int)
    return page("waiting.html", "waiting", queue=desk.queue(parts(), min(max(asked, 1), MOST_PAGES)))


def coming() -> ResponseReturnValue:
    """Today's consultations and those to come."""
    now, house = parts().clock.now(), firm()
    _begins, ends = desk.day_of_firm(house, now)
    rows = diary.coming(parts())
    today = [row for row in rows if row.starts_at < ends]
    later = [row for row in rows if row.starts_at >= ends]
    return page("consultations.html", "consultations", today=today, later=later)


def tasks() -> ResponseReturnValue:
    """What is to do, and what is overdue."""
    return page("tasks.html", "tasks", rows=diary.to_do(parts()), back=TASKS)


def task_done(task_id: UUID) -> ResponseReturnValue:
    """Tick a task off, and go back to where it stood."""
    diary.do_task(parts(), g.staff, task_id)
    return redirect(ours(request.form.get("back", "")) or TASKS, 303)


def intake(intake_id: UUID) -> ResponseReturnValue:
    """One client, as far as her reader may see her."""
    case = cases.open_case(parts(), g.staff, intake_id)
    now = parts().clock.now()
    answers = said.sections(case.answers, firm().today(now), now)
    return page("intake.html", "waiting", case=case, sections=answers, back=request.path)
