"""Triage with the firm's own days and settings: what an intake's answers mean now, and what of it is stored."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from scheduler.casework.firm import FirmView, federal_holidays_of
from scheduler.engine.answers import Answers
from scheduler.engine.business import Office
from scheduler.engine.marks import with_marks
from scheduler.engine.one_year import OneYear
from scheduler.engine.places import Place, derive
from scheduler.engine.triage import Judged, Outcome, triage
from scheduler.engine.triage_facts import Facts
from scheduler.engine.urgency import DAY, HOUR, Level, Notice, decided_by, promised_by
from scheduler.models import Intake

OPENS, CLOSES = 9 * 60, 18 * 60
WEEKDAYS = (0, 1, 2, 3, 4)
LEAD = 24
"""Hours that it takes to find an interpreter, where the firm says no other number."""

YEARS_AROUND = 2
"""The one-year rule looks that far back and ahead for days on which nobody works."""


def office(firm: FirmView, now: datetime) -> Office:
    """The firm's office hours, with the holidays and closures of the years that triage looks at."""
    settings, year = firm.settings, firm.today(now).year
    hours = ((settings.get("opens", OPENS), settings.get("closes", CLOSES)),)
    windows = dict.fromkeys(settings.get("weekdays", WEEKDAYS), hours)
    federal = federal_holidays_of(year - YEARS_AROUND, year + YEARS_AROUND)
    return Office(firm.zone, windows, federal, firm.closures)


def her_place(answers: Answers, now: datetime) -> Place:
    """Where her clock is, by what she answered."""
    return derive(answers, now)


def assess(
    firm: FirmView,
    answers: Answers,
    now: datetime,
    *,
    since: Mapping[str, Any] | None = None,
    judged: Mapping[str, Any] | None = None,
    seen_by: datetime | None = None,
    slot_before_court: bool = True,
    changed: Collection[str] = (),
) -> Outcome:
    """
    What the answers mean at `now`; `since` is the sealed `first_held`, `seen_by` the `must_be_seen_by` of the intake.

    `judged` is the sealed level that a person set. `slot_before_court` is False where no free slot ends a day before
    her court date (T03). `changed` are the answers that nobody has judged as they are now.
    """
    return triage(
        answers,
        now,
        office(firm, now),
        firm.venues.zones(answers, her_place(answers, now).zone),
        since={key: datetime.fromisoformat(said) for key, said in (since or {}).items()},
        judged=Judged(Level(judged["level"]), datetime.fromisoformat(judged["at"])) if judged else None,
        seen_by=seen_by,
        slot_before_court=slot_before_court,
        notice=usual_notice(firm),
        changed=changed,
    )


def assess_again(
    firm: FirmView, intake: Intake, answers: Answers, now: datetime, changed: Collection[str] = ()
) -> Outcome:
    """What the answers of a stored intake mean at `now`; never a later see-by time than before."""
    since, judged = answers.get("first_held"), answers.get("judged")
    return assess(firm, answers, now, since=since, judged=judged, seen_by=intake.must_be_seen_by, changed=changed)


def her_year(firm: FirmView, answers: Answers, now: datetime) -> OneYear | None:
    """The year of her arrival as it is counted at `now`; None where no arrival is known. Never for a client."""
    return Facts(answers, now, office(firm, now), firm.venues.zones(answers, her_place(answers, now).zone)).year


def store(intake: Intake, outcome: Outcome) -> None:
    """Put what the queue needs in clear into the row; `sealed` is for the answers."""
    intake.urgency = outcome.urgency.value
    intake.must_be_seen_by = outcome.must_be_seen_by
    intake.event_at = outcome.event_at
    intake.flags = with_marks(outcome.flags, intake.flags or ())
    intake.triage_version = outcome.version


def sealed(outcome: Outcome) -> dict[str, Any]:
    """Why it is urgent, and since when each line has held: for the confidential answers, never in clear."""
    since = {key: instant.isoformat() for key, instant in outcome.since.items()}
    return {"reasons": list(outcome.reasons), "first_held": since}


def opening(firm: FirmView, now: datetime) -> datetime | None:
    """When the office opens next; None while it is open."""
    opens = office(firm, now).after(now, 0)
    return opens if opens > now else None


def call_promised(firm: FirmView, level: Level | str | None, now: datetime) -> datetime:
    """The instant by which a person calls her back: what is said on the page is what stands in the task."""
    return promised_by(Level(level or Level.N), now, office(firm, now))


def names_decided(firm: FirmView, level: Level | str | None, now: datetime) -> datetime:
    """The instant by which somebody decides on the names she gave."""
    return decided_by(Level(level or Level.N), now, office(firm, now))


def usual_notice(firm: FirmView) -> Notice:
    """The least notice by level; the firm may set another than a day for a normal case, and for an interpreter."""
    minutes, lead = firm.settings.get("notice_minutes"), int(firm.settings.get("interpreter_lead_hours", LEAD))
    return Notice(normal=DAY if minutes is None else int(minutes), interpreter=lead * HOUR)
