"""Who may ask for what: a route is public, or stands in the policy, or does not exist for the asker."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from scheduler.casework import walls
from scheduler.casework.access import Permission
from scheduler.web.parts import parts
from scheduler.web.signing import LOGIN, here, who

PUBLIC = frozenset(
    {
        "asset",
        "booking.book",
        "booking.done",
        "booking.time",
        "calls.ask",
        "calls.save",
        "client.calendar",
        "client.cancel",
        "client.cancel_save",
        "client.move",
        "client.move_save",
        "client.not_now",
        "client.not_now_save",
        "client.page",
        "correct.choose",
        "correct.prove",
        "correct.save",
        "correct.show",
        "files.save",
        "files.show",
        "healthz",
        "helping.begin_next",
        "helping.hand_over",
        "helping.listed",
        "idle.ask",
        "idle.stay",
        "intake.ask_first",
        "intake.call_now",
        "intake.page",
        "intake.privacy",
        "intake.save",
        "intake.start",
        "intake.start_anew",
        "intake.tips",
        "intake.we_will_call",
        "leave.leave",
        "leave.left",
        "more.save",
        "more.show",
        "new_time.save",
        "new_time.share",
        "new_time.show",
        "pieces.begin",
        "pieces.put",
        "pieces.whole",
        "public.openapi",
        "public.slots",
        "resuming.ask",
        "resuming.code",
        "resuming.later",
        "resuming.number",
        "resuming.resume",
        "resuming.stop",
        "short.answer",
        "short.ask",
        "staff.check_code",
        "staff.check_password",
        "staff.code",
        "staff.login",
        "still_here.ask",
        "still_here.ask_short",
        "still_here.stay",
        "still_here.stay_short",
        "waiting_letter.prove",
        "waiting_letter.show",
    }
)
"""Endpoints that need no login; a test lists them."""

POLICY: Mapping[str, Permission] = MappingProxyType(
    {
        "staff.account": Permission.OWN_ACCOUNT,
        "staff.logout": Permission.OWN_ACCOUNT,
        "desk.waiting": Permission.SEE_DESK,
        "desk.coming": Permission.SEE_DESK,
        "desk.tasks": Permission.SEE_DESK,
        "desk.task_done": Permission.DO_TASKS,
        "desk.intake": Permission.SEE_CONTACT,
        "desk.level": Permission.SET_LEVEL,
        "desk.merge": Permission.MERGE,
        "call_tries.save": Permission.DO_TASKS,
        "by_phone.go_on": Permission.ASK_BY_PHONE,
        "by_phone.show": Permission.ASK_BY_PHONE,
        "by_phone.save": Permission.ASK_BY_PHONE,
        "checked.show": Permission.CORRECT_FACTS,
        "checked.save": Permission.CORRECT_FACTS,
        "desk.consultation": Permission.SEE_DESK,
        "desk.times": Permission.MOVE,
        "desk.move": Permission.MOVE,
        "desk.ask_cancel": Permission.CANCEL,
        "desk.cancel": Permission.CANCEL,
        "reports.ask": Permission.REPORT,
        "reports.save": Permission.REPORT,
        "people.ask": Permission.MOVE,
        "people.change": Permission.MOVE,
        "people.screen": Permission.DECIDE_CONFLICTS,
        "people.screen_off": Permission.DECIDE_CONFLICTS,
        "time_off.ask": Permission.MOVE,
        "time_off.save": Permission.MOVE,
        "working.list": Permission.SET_HOURS,
        "working.one": Permission.SET_HOURS,
        "working.week": Permission.SET_HOURS,
        "working.day": Permission.SET_HOURS,
        "working.stay": Permission.SET_HOURS,
        "working.end_stay": Permission.SET_HOURS,
        "working.rules": Permission.SET_PEOPLE,
        "working.add": Permission.SET_PEOPLE,
        "working.close": Permission.SET_PEOPLE,
        "desk_booking.times": Permission.MOVE,
        "desk_booking.keep": Permission.MOVE,
        "desk_booking.confirm": Permission.MOVE,
        "desk_booking.book": Permission.MOVE,
        "brief.read": Permission.READ_BRIEF,
        "papers.all": Permission.READ_FILES,
        "papers.ask": Permission.READ_FILES,
        "papers.fetch": Permission.READ_FILES,
        "papers.copy": Permission.READ_FILES,
        "calendars.list": Permission.SEE_DESK,
        "calendars.add": Permission.SET_CALENDARS,
        "calendars.choose": Permission.SET_CALENDARS,
        "calendars.read": Permission.SET_CALENDARS,
        "calendars.remove": Permission.SET_CALENDARS,
        "ageing.list": Permission.REVIEW_FACTS,
        "ageing.add": Permission.REVIEW_FACTS,
        "ageing.one": Permission.REVIEW_FACTS,
        "ageing.save": Permission.REVIEW_FACTS,
        "ageing.remove": Permission.REVIEW_FACTS,
        "keeping.hold": Permission.HOLD,
        "keeping.change_hold": Permission.HOLD,
        "keeping.ask_withdraw": Permission.WITHDRAW,
        "keeping.withdraw": Permission.WITHDRAW,
        "keeping.ask_end": Permission.END,
        "keeping.end": Permission.END,
        "keeping.undo_end": Permission.END,
        "keeping.share": Permission.DO_TASKS,
        "keeping.undo_withdraw": Permission.WITHDRAW,
        "silencing.silence": Permission.STOP_MESSAGES,
        "silencing.reach": Permission.STOP_MESSAGES,
        "looks.list": Permission.SEE_LOOKS,
        "questions.show": Permission.SET_QUESTIONS,
        "questions.save": Permission.SET_QUESTIONS,
        "names.show": Permission.LOOK_AT_NAMES,
        "names.confirm": Permission.CONFIRM_NAMES,
        "conflicts.list": Permission.DECIDE_CONFLICTS,
        "conflicts.one": Permission.DECIDE_CONFLICTS,
        "conflicts.letter": Permission.DO_TASKS,
        "conflicts.decide": Permission.DECIDE_CONFLICTS,
        "conflicts.ask_undo": Permission.DECIDE_CONFLICTS,
        "conflicts.undo": Permission.DECIDE_CONFLICTS,
        "conflicts.settings": Permission.DECIDE_CONFLICTS,
        "conflicts.none": Permission.READ_IN_NAMES,
        "name_lists.start": Permission.READ_IN_NAMES,
        "name_lists.send": Permission.READ_IN_NAMES,
        "name_lists.columns": Permission.READ_IN_NAMES,
        "name_lists.name_columns": Permission.READ_IN_NAMES,
        "name_lists.check": Permission.READ_IN_NAMES,
        "name_lists.read_in": Permission.READ_IN_NAMES,
        "conflicts.ask": Permission.SEARCH_NAMES,
        "conflicts.search": Permission.SEARCH_NAMES,
    }
)
"""What each other endpoint asks of those who are signed in; one that stands nowhere is nobody's."""


def register(app: Flask) -> None:
    """Deny by default."""
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    """Let in, send to the login, or answer as if there were no such page."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC:
        return None
    needed = POLICY.get(endpoint)
    if needed is None:
        abort(404)
    g.staff = who()
    if g.staff is None:
        return redirect(f"{LOGIN}{here()}", 303)
    if not g.staff.may(needed) or walls.is_screened_off(parts(), g.staff, request.view_args or {}, endpoint):
        abort(404)
    return None
