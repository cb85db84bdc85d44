"""The letter after a call, while nothing is signed: when we talked, and the dates that she told us (intake.md §4.6)."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup

from scheduler.casework import when
from scheduler.casework.after_call import Written
from scheduler.engine.her_dates import Told
from scheduler.web.in_language import in_each
from scheduler.words import _, _l

DATES: Mapping[str, object] = {
    "next_hearing_date": _l("court"),
    "poe_report_date": _l("border crossing"),
    "fear_interview_date": _l("interview about your fear"),
    "other_deadline_date": _l("letter with a date"),
}
"""What each date of hers is for."""


def words(letter: Written) -> dict[str, str]:
    """What it says, in the language spoken now: the day by her own clock, her dates as she told them."""
    talked_on = letter.talked_at.astimezone(ZoneInfo(letter.zone)).date()
    return {"date": when.day(talked_on), "dates": "; ".join(map(_date, letter.dates))}


def letters(letter: Written) -> Mapping[str, Markup]:
    """The letter as part of a page, by language."""
    return in_each("client/after_call.html", lambda: words(letter))


def _date(told: Told) -> str:
    name, day = told
    return _("{what}: {day}, {year}", what=DATES[name], day=when.day(day), year=day.year)
