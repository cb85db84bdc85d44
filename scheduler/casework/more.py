"""Part B: optional answers, taken once no conflict stands in the way, from her who has proved who she is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, conflict_search, conflicts, outbox, rejections, search, versions
from scheduler.casework.documents import open_answers, open_documents
from scheduler.casework.firm import firm
from scheduler.casework.intake import staff_languages
from scheduler.casework.kinds import FINISH
from scheduler.casework.parts import Parts
from scheduler.casework.rejections import Rejected
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import Run
from scheduler.casework.versions import Overtaken
from scheduler.engine import branches, more_pages
from scheduler.engine.answers import Answers, given
from scheduler.engine.documents import Document
from scheduler.engine.more_questions import MORE_PAGES, RESTRICTED
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, db

BEFORE = "more/"
"""Before the name of a page of Part B whose refused answers are kept."""

"""The task of looking at a name that came after the conflict check."""

SEARCHED = ("attorney_name", "trusted_person_name")
"""Answers of Part B that name somebody for the conflict check."""


class Stated(Protocol):
    """An intake, as a row or as its browser sees it."""

    @property
    def state(self) -> str: ...


class NotOpen(Exception):
    """Part B is not open to her: the conflict check is not done, the case is closed, or others see her device."""


@dataclass(frozen=True, slots=True)
class More:
    """
    Part B as its client sees it.

    `answers` lack what is never shown again; `hidden` names the pages on which such answers are kept, `kept` these.
    """

    intake_id: UUID
    answers: Answers = field(repr=False)
    pages: tuple[str, ...]
    hidden: frozenset[str] = field(repr=False)
    kept: frozenset[str] = field(repr=False)
    rejected: tuple[Rejected, ...] = field(repr=False)
    versions: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SaveMore:
    """
    A page that was answered well, and the version it was drawn from.

    `forget` takes back what is kept of it and not shown.
    """

    page: str
    answers: Answers = field(repr=False)
    version: str
    forget: bool = False


def part_b_open(intake: Stated, answers: Answers) -> bool:
    """Whether the firm may hear the rest, and nobody but her sees what she writes."""
    return intake.state == IntakeState.CLEARED and not branches.device_unsafe(answers)


def is_begun(answers: Answers) -> bool:
    """Whether she has answered anything of it."""
    return any(given(answers.get(name)) for page in MORE_PAGES for name in branches.fields_of(page))


def is_open(parts: Parts, intake: Intake) -> bool:
    """
    The same for an intake whose answers are still sealed.

    Raises:
        KeyGone: It was purged.
    """
    return part_b_open(intake, open_documents(parts, intake, Document.CONTACT))


def look(parts: Parts, intake_id: UUID) -> More:
    """
    Part B with what may be shown of it.

    Raises:
        NotOpen: It is not open.
        KeyGone: The intake was purged.
    """
    intake = db.session.get_one(Intake, intake_id)
    answers = _opened(parts, intake)
    shown = {name: value for name, value in answers.items() if name not in RESTRICTED}
    pages = _pages(parts, answers)
    hidden = frozenset(page for page in pages if any(_kept(page, answers).values()))
    kept = frozenset(name for name in RESTRICTED if given(answers.get(name)))
    drawn = {page: versions.drawn_from(parts, intake_id, page, answers) for page in pages}
    return More(intake_id, shown, pages, hidden, kept, rejections.waiting(parts, intake, BEFORE), drawn)


def save(parts: Parts, intake_id: UUID, request: SaveMore) -> None:
    """
    Save a page, look anew at what is urgent, and let the conflict check find whom she named.

    Raises:
        NotOpen: It is not open any more.
        Overtaken: Another tab has answered the page since it was drawn, otherwise than it says; nothing was changed.
        KeyGone: The intake was purged.
    """
    now, house = parts.clock.now(), firm()
    with writing() as session:
        intake = _locked(session, intake_id)
        known = _opened(parts, intake)
        posted = request.answers if request.forget else {**_kept(request.page, known), **request.answers}
        languages = staff_languages(house)
        answers = more_pages.saved(request.page, known, posted, house.today(now), staff_languages=languages)
        current = versions.drawn_from(parts, intake.id, request.page, known)
        if versions.overwritten(request.version, current, request.page, known, answers):
            raise Overtaken(request.page)
        rejections.drop(parts, intake, f"{BEFORE}{request.page}")
        outbox.withdraw_all(session, intake, {FINISH}, "begun")
        Run(session, parts, intake, answers, now).look()
        new = [str(answers[name]) for name in SEARCHED if answers.get(name) and answers[name] != known.get(name)]
        if any(answers.get(name) != known.get(name) for name in SEARCHED):
            search.index(session, parts.keyring.firm("search"), intake.id, answers)
        conflicts.check_again(session, parts, intake, [conflict_search.by_name(name) for name in new])
        audit.record(session, parts, "client", "more_saved", f"intake:{intake.id}", page=request.page)


def reject(parts: Parts, intake_id: UUID, page: str, raw: dict[str, list[str]]) -> None:
    """
    Keep a refused page, sealed, until it is shown again.

    Raises:
        NotOpen: It is not open any more.
    """
    with writing() as session:
        intake = _locked(session, intake_id)
        _opened(parts, intake)
        rejections.keep(parts, intake, Rejected(f"{BEFORE}{page}", raw))


def wanted_as_saved(parts: Parts, intake_id: UUID, page: str) -> None:
    """
    What was typed on a page is not shown again.

    Raises:
        NotOpen: It is not open any more.
    """
    with writing() as session:
        intake = _locked(session, intake_id)
        _opened(parts, intake)
        rejections.drop(parts, intake, f"{BEFORE}{page}")


def _locked(session: Session, intake_id: UUID) -> Intake:
    return session.scalars(select(Intake).where(Intake.id == intake_id).with_for_update()).one()


def _opened(parts: Parts, intake: Intake) -> dict[str, Any]:
    answers = open_answers(parts, intake)
    if not part_b_open(intake, answers):
        raise NotOpen(intake.id)
    return answers


def _pages(parts: Parts, answers: Answers) -> tuple[str, ...]:
    house = firm()
    today, languages = house.today(parts.clock.now()), staff_languages(house)
    return more_pages.pages(answers, today, staff_languages=languages, off=house.questions_off)


def _kept(page: str, answers: Answers) -> dict[str, Any]:
    """Answers of a page that stay although they are not shown, until she answers them anew."""
    names = RESTRICTED.intersection(branches.fields_of(page))
    return {name: answers[name] for name in names if given(answers.get(name))}
