"""A fact is corrected after the answers were sent: urgency, times, reminders and what she is told follow at once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.casework import (
    announcing,
    audit,
    changes,
    conflict_search,
    conflicts,
    purging,
    rejections,
    search,
    tasks,
    triage,
    versions,
)
from scheduler.casework.announcing import Before
from scheduler.casework.changes import Change
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.intake import staff_languages
from scheduler.casework.parts import Parts
from scheduler.casework.promises import CALL_NOW_TASK
from scheduler.casework.rejections import Rejected
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import LOOKED_AT, Run
from scheduler.casework.versions import Overtaken
from scheduler.engine import branches, corrections
from scheduler.engine.answers import Answers
from scheduler.engine.states import Actor, ConsultationState
from scheduler.models import Intake

BEFORE = "facts/"
"""Before the name of a page whose refused corrections are kept."""

STANDING = (ConsultationState.TENTATIVE, ConsultationState.BOOKED, ConsultationState.CONFIRMED)


class Closed(Exception):
    """The intake is over: nothing of it is corrected any more."""


@dataclass(frozen=True, slots=True)
class Correction:
    """
    A page of facts as it is now, by the client or by one of the staff, and from where it is known.

    `version` is the one it was drawn from; empty where nobody looked at it before.
    """

    intake_id: UUID
    page: str
    answers: Answers = field(repr=False)
    staff_id: UUID | None = None
    source: str = "client_said"
    version: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of it: whether she must telephone now, whether the page asks once more, whether her clock changed."""

    call_now: bool
    asks_again: bool
    other_clock: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an intake and may be corrected; `rejected` are the pages of it that were refused."""

    answers: Answers = field(repr=False)
    rejected: tuple[Rejected, ...] = field(repr=False)


def known(parts: Parts, intake: Intake) -> Known:
    """
    The answers as their client may see them for correction.

    Raises:
        Closed: It is over.
        KeyGone: It was purged.
    """
    return Known(shown(intake.state, open_answers(parts, intake)), rejections.waiting(parts, intake, BEFORE))


def shown(state: str, answers: Answers) -> Answers:
    """
    Those of the answers that are shown for correction.

    Raises:
        Closed: An intake in this state is over.
    """
    if state not in LOOKED_AT:
        raise Closed(state)
    return {name: value for name, value in answers.items() if name not in corrections.UNSEEN}


def correct(parts: Parts, request: Correction) -> Corrected:
    """
    Correct the facts of a page; a time that is now too late becomes a task, her hour in another city is told her.

    Raises:
        NoSuchFacts: The page holds nothing that is corrected later.
        Closed: The intake is over.
        Overtaken: Somebody else was quicker.
        KeyGone: It was purged.
    """
    return changes.in_one_commit(lambda session: _correct(session, parts, request))


def reject(parts: Parts, intake_id: UUID, page: str, raw: dict[str, list[str]]) -> None:
    """
    Keep a refused page, sealed, until it is shown again.

    Raises:
        Closed: The intake is over.
    """
    with writing() as session:
        intake = _locked(session, intake_id)
        rejections.keep(parts, intake, Rejected(f"{BEFORE}{page}", raw))


def wanted_as_saved(parts: Parts, intake_id: UUID, page: str) -> None:
    """
    What was typed on a page is not shown again.

    Raises:
        Closed: The intake is over.
    """
    with writing() as session:
        rejections.drop(parts, _locked(session, intake_id), f"{BEFORE}{page}")


def _correct(session: Session, parts: Parts, request: Correction) -> Corrected:
    calls = purging.lock(session, parts, request.intake_id, STANDING, Actor.CLIENT, request.staff_id)
    intake = _locked(session, request.intake_id)
    now, house = parts.clock.now(), firm()
    today, languages = house.today(now), staff_languages(house)
    before = open_answers(parts, intake)
    said = corrections.saved(request.page, before, request.answers, today, staff_languages=languages)
    _refuse_to_overwrite(parts, request, before, said)
    checked = {**before.get("checked", {}), request.page: _source(request, now)}
    place = triage.her_place(said, now)
    intake.zone = place.zone
    if request.staff_id is None:
        rejections.drop(parts, intake, f"{BEFORE}{request.page}")
    changed = corrections.urgent_changes(before, said)
    if changed:
        intake.must_be_seen_by = None
    outcome = Run(session, parts, intake, {**said, "checked": checked}, now).look(changed)
    search.index(session, parts.keyring.firm("search"), intake.id, said)
    if any(said.get(name) != before.get(name) for name in corrections.KNOWN_BY):
        conflicts.check_again(session, parts, intake, conflict_search.questions(parts, said)[:1])
    if outcome.call_now:
        due_at = triage.call_promised(house, outcome.urgency, now)
        tasks.add(session, CALL_NOW_TASK, due_at=due_at, now=now, intake=intake, again=today.isoformat())
    moved = [_follow(call, said, place.zone) for call in calls]
    actor = f"staff:{request.staff_id}" if request.staff_id else str(Actor.CLIENT)
    audit.record(session, parts, actor, "facts_corrected", f"intake:{intake.id}", page=request.page)
    asks_again = bool(branches.notes(request.page, said, today, staff_languages=languages))
    return Corrected(outcome.call_now, asks_again, any(moved))


def _refuse_to_overwrite(parts: Parts, request: Correction, before: Answers, said: Answers) -> None:
    now = versions.drawn_from(parts, request.intake_id, request.page, before)
    if request.version and versions.overwritten(request.version, now, request.page, before, said):
        raise Overtaken(request.page)


def _follow(call: Change, answers: Answers, zone: str) -> bool:
    """Show a consultation by her clock of now, and remind her at hours that are safe now; whether the clock changed."""
    call.refuse_if_changed()
    row = call.consultation
    if row.client_zone == zone:
        announcing.reminded_anew(call.session, call.parts, row, call.intake, answers)
        return False
    known_as = Before.of(row)
    row.client_zone = zone
    call.next_version()
    call.note(call.state, row.starts_at, "other_clock")
    announcing.moved(call.session, call.parts, row, call.intake, answers, before=known_as)
    return True


def _source(request: Correction, now: datetime) -> dict[str, Any]:
    return {"source": request.source, "at": now.isoformat(), "by": str(request.staff_id or Actor.CLIENT)}


def _locked(session: Session, intake_id: UUID) -> Intake:
    intake = session.get(Intake, intake_id, with_for_update=True)
    if intake is None or intake.state not in LOOKED_AT:
        raise Closed(intake_id)
    return intake
