"""What the desk says of why somebody is urgent, and of her year: the rules of triage in words."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date

from scheduler.casework.why import HerYear
from scheduler.words import _l, _n, locale

Words = Mapping[str, object]

REASONS: Words = {
    "T01": _l("In danger today"),
    "T02": _l("Held, perhaps held, or given a day to leave"),
    "T03": _l("Court or report time within 7 days"),
    "T04": _l("Court or report time in 8 to 21 days"),
    "T05": _l("Court or report time in 22 to 60 days"),
    "T05b": _l("Court papers, and the next date is not known"),
    "T06": _l("Removal order of the last 40 days, or perhaps of them: appeal window, verify"),
    "T06b": _l("Removal order 41 to 100 days ago: 90-day motions may matter"),
    "T06c": _l("Removal order more than 100 days ago"),
    "T06d": _l("Perhaps a removal order: look it up"),
    "T07": _l("A hearing missed, or perhaps missed: some motions run from the day of the order"),
    "T08": _l("Child: who is with the child matters"),
    "T09": _l("Interview about fear: coming, refused, or an answer awaited"),
    "T10": _l("A letter with a date to do something"),
    "T11": _l("Afraid of going back to Mexico: fear-of-Mexico screening"),
    "T12": _l("The year since the arrival is running"),
    "T13": _l("The year since the arrival may have passed: filing at once may still be in time"),
    "T13b": _l("Late: attorney to review exceptions"),
    "T14": _l("Was or is in the United States, and the day of arrival is not known"),
    "T15": _l("Said to have never been in the United States: no year is counted"),
    "T16": _l("The family was separated"),
    "T17": _l("Represented by somebody already"),
    "T18": _l("Needs an interpreter"),
    "T19": _l("Helped by somebody who is no lawyer"),
    "T20": _l("Somebody may see the device or the phone"),
    "T21": _l("Health, or a child expected"),
    "T22": _l("Needs to be called in a certain way"),
    "T25": _l("Did not come to two calls or more"),
    "T26": _l("Answers that do not fit together: ask again"),
    "T27": _l("Out of reach: talk to the helper only"),
    "T28": _l("A date within 36 hours, or no time is free a day before it"),
    "interpreter_wish": _l("Special interpreter request"),
    "entries": _l("Entered more than once"),
    "staff": _l("Somebody of the firm set the level"),
    "confided": _l("Something told in confidence: whoever hears her reads it"),
}
"""Each rule of triage by its id; what the system computed of it is said beside it."""

YEARS: Words = {
    "running": _l("Running"),
    "possibly_passed": _l("Possibly passed"),
    "passed": _l("Passed"),
}
BASES: Words = {
    "last_arrival": _l("the last arrival"),
    "attorney_review": _l("the arrival that was told, as if it counted: an attorney must say whether it does"),
    "not_started": _l("the arrival that was told, though said to have never been there: ask again"),
}


def day(of: date) -> str:
    """A day with weekday and year, the month as a word."""
    return format_date(of, "full", locale=locale())


def left(year: HerYear) -> str:
    """How far the safe date is ahead, or over."""
    days = year.counted.days_left
    if days < 0:
        return _n("{count} day over", "{count} days over", -days)
    return _n("{count} day left", "{count} days left", days)
