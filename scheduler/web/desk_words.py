"""What the desk says of codes and instants: short, in the reader's language, by a named clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from forms.choices import LANGUAGES
from scheduler.casework import invitations, when
from scheduler.casework.desk import Waiting
from scheduler.casework.reach import Reach
from scheduler.engine.places import NAMES
from scheduler.web.task_words import AT_CALENDARS, AT_THE_CALL, I_HAVE_IT, TASKS
from scheduler.words import _, _l, _lp, _n, locale

__all__ = ["AT_CALENDARS", "AT_THE_CALL", "I_HAVE_IT", "TASKS"]

HOUR, DAY = 60, 24 * 60
SOON = 4

Words = Mapping[str, object]

STATES: Words = {
    "held": _l("held"),
    "tentative": _l("tentative"),
    "booked": _l("booked"),
    "confirmed": _l("confirmed"),
    "in_progress": _l("running"),
    "completed": _l("completed"),
    "interrupted": _l("interrupted"),
    "no_show": _l("did not come"),
    "cancelled_client": _l("cancelled by the client"),
    "cancelled_firm": _l("cancelled by us"),
    "follow_up": _l("follow-up"),
    "closed": _l("closed"),
    "submitted": _l("sent"),
    "call_requested": _l("wants a call"),
    "conflict_review": _l("names are checked"),
    "cleared": _l("cleared"),
    "declined_conflict": _l("not taken"),
    "declined": _l("not taken"),
    "referred": _l("referred to another office"),
    "converted": _l("a client now"),
    "withdrawn": _l("withdrawn"),
    "merged": _l("merged into another"),
}
ANSWERS: Words = {
    "NEEDS-ACTION": _l("no answer yet"),
    "ACCEPTED": _l("accepted"),
    "TENTATIVE": _l("maybe"),
    "DECLINED": _l("declined"),
}
MODES: Words = invitations.MODES
LEVELS: Words = {
    "E": _l("E: danger now, or a date within hours"),
    "U1": _l("U1: critical"),
    "U2": _l("U2: urgent"),
    "U3": _l("U3: soon"),
    "N": _l("N: normal"),
}
SOURCES: Words = {
    "client_said": _l("The client said it"),
    "paper_seen": _l("We have seen the paper"),
    "acis_checked": _l("We looked it up at the court (ACIS)"),
}
FLAGS: Words = {
    "delete_asked": _l("wants everything deleted"),
    "now_detained": _l("was detained"),
    "now_removed": _l("was removed from the country"),
    "phone_taken": _l("her phone was taken"),
    "trapped": _l("filled a field that no person sees"),
    "like_a_machine": _l("sent faster than a person could, or by a program"),
    "missed_before": _l("did not come to an earlier call"),
    "manual_contact": _l("only a person may contact her"),
    "phone_only": _l("by phone only"),
    "helper_only": _l("through her helper only"),
    "interpreter": _l("interpreter"),
    "interpreter_wish": _l("special interpreter request"),
    "child_protocol": _l("child: a trained person calls"),
    "unaccompanied_child": _l("child without an adult"),
    "has_counsel": _l("has somebody who represents her"),
    "possible_bad_help": _l("perhaps badly helped"),
    "not_in_us": _l("not in the United States"),
    "access_needs": _l("needs to be called in her way"),
    "multiple_entries": _l("entered more than once"),
    "possible_duplicate": _l("perhaps asked before"),
    "calls_to_book": _l("a person finds her a time"),
    "check_facts": _l("ask again: answers do not fit together"),
}
REASONS: Words = {
    "attorney_ill": _l("The attorney is ill"),
    "attorney_busy": _l("The attorney must be elsewhere"),
    "firm_closed": _l("We are closed"),
    "conflict": _l("May not hear her"),
    "language": _l("Another language is needed"),
    "interpreter": _l("The interpreter"),
    "other": _lp("feminine", "Other"),
}
AWAY: Words = {
    "court": _l("In court"),
    "leave": _l("On leave"),
    "travel": _l("Travelling"),
    "other": _lp("feminine", "Other"),
}
WARNINGS: Words = {
    "too_soon": _l("With less notice than usual"),
    "too_far": _l("Further ahead than we book"),
    "near_event": _l("Less than a day before her date, or after it"),
    "silent_day": _l("On the day of her hearing, or in the hours before"),
    "unsafe_hours": _l("Outside the hours that are safe for her"),
    "too_late": _l("After she must be seen"),
    "outside_hours": _l("Outside the attorney’s hours"),
    "off_grid": _l("Not at one of the attorney’s usual minutes"),
    "over_cap": _l("More calls than the attorney takes in a day or week"),
    "busy_elsewhere": _l("The attorney’s own calendar says busy"),
}
WHY_BOOKED: Words = {
    "urgent": _l("It is urgent"),
    "only_time": _l("She can at no other time"),
    "attorney_agrees": _l("The attorney agrees"),
    "other": _lp("feminine", "Other"),
}
KEPT: Words = {
    "attorney_comes_back": _l("The attorney comes back for it"),
    "client_wishes": _l("The client wishes it"),
    "other": _lp("feminine", "Other"),
}
ROLES: Words = {
    "receptionist": _l("Reception"),
    "paralegal": _l("Paralegal"),
    "attorney": _l("Attorney"),
    "conflicts": _l("Conflict check"),
    "admin": _l("Administrator"),
}
_SPOKEN: Words = {choice.code: choice.label for choice in LANGUAGES}


def said(words: Words, code: str | None) -> str:
    """The words of a code; a code without words is shown as it is."""
    return str(words.get(code or "") or code or "").replace("_", " ")


def language(code: str) -> str:
    """The name of a spoken language."""
    return said(_SPOKEN, code)


def clock(at: datetime, zone: str) -> str:
    """Hour and minute there, `9:12 am`."""
    return when.short_hour(at, zone)


def day(at: datetime, zone: str) -> str:
    """The day there in short, `Tue, Nov 24`."""
    return format_skeleton("MMMEd", at.astimezone(ZoneInfo(zone)).date(), locale=locale())


def moment(at: datetime, zone: str, now: datetime) -> str:
    """Day and hour there; the day as today or tomorrow where it is."""
    days = (at.astimezone(ZoneInfo(zone)).date() - now.astimezone(ZoneInfo(zone)).date()).days
    named = {0: _("today"), 1: _("tomorrow")}.get(days) or day(at, zone)
    return f"{named} {clock(at, zone)}"


def place(zone: str, name: str | None = None) -> str:
    """The city that names a clock, as it is called in the reader's language."""
    return when.city(name or NAMES.get(zone) or zone.rsplit("/", 1)[-1].replace("_", " "))


def waited(since: datetime, now: datetime) -> str:
    """How long it is ago: minutes, then hours, then days."""
    minutes = max(0, int((now - since) / timedelta(minutes=1)))
    if minutes < HOUR:
        return _("{count} min", count=minutes)
    if minutes < SOON * HOUR and minutes % HOUR:
        return _("{hours} h {minutes} min", hours=minutes // HOUR, minutes=minutes % HOUR)
    if minutes < DAY:
        return _("{hours} h", hours=minutes // HOUR)
    return _n("{count} day", "{count} days", minutes // DAY)


def event(row: Waiting, zone: str) -> str:
    """The client's next event in days, with its date."""
    if row.event_at is None or row.event_days is None:
        return "—"
    if row.event_days < 0:
        return _("was on {day}", day=day(row.event_at, zone))
    if row.event_days == 0:
        return _("today {time}", time=clock(row.event_at, zone))
    left = _n("in {count} day", "in {count} days", row.event_days)
    return f"{left}, {day(row.event_at, zone)}"


def call(reach: Reach, zone: str, now: datetime) -> str:
    """Whether she may be called, by the clock of `zone`."""
    if not reach.number:
        return _("no number")
    if reach.after is not None:
        return _("from {time}", time=moment(reach.after, zone, now).removeprefix(f"{_('today')} "))
    return _("yes")
