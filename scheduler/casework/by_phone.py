"""Who wanted to be called is asked on the telephone: page after page, the notices read aloud, and then it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, looks, rejections, search, tasks, versions
from scheduler.casework.access import sees
from scheduler.casework.cases import NotThere, at_the_desk
from scheduler.casework.documents import open_answers
from scheduler.casework.firm import firm
from scheduler.casework.intake import first_open_page, staff_languages
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.promises import CUT_OFF_TASK
from scheduler.casework.rejections import Rejected
from scheduler.casework.sending import LAST, Sending
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.casework.triage_runs import Run
from scheduler.casework.versions import Overtaken
from scheduler.engine import branches, corrections
from scheduler.engine.answers import Answers
from scheduler.engine.states import INTAKE_NEXT, IntakeState
from scheduler.models import Audit, Intake, db

PAGES = branches.PAGES[branches.PAGES.index("language") : branches.PAGES.index("time")]
"""
A call is asked for from the fourth page on: the first three were answered before (intake.md §1.1).

The third is asked again where the firm has nobody any more who speaks her language.
"""

BEFORE = "phone/"
"""Before the name of a page whose typed answers wait until she is called again."""

TYPED_BY = "typed_by"
"""Beside what was typed: which of the staff typed it, who sees all of it again."""

VIEWED = "phone_page_viewed"
CALLED_BACK_IN = timedelta(minutes=3)


class NotAsked(Exception):
    """The intake does not wait for such a call: it was sent meanwhile, or it is over."""


@dataclass(frozen=True, slots=True)
class Asking:
    """
    An intake that is asked by phone: all its `answers` for the branches, `shown` without what its reader may not see.

    `locale` is the language of the client's pages; `rejected` are pages that were typed when the line broke.
    """

    ref: str
    locale: str
    answers: Answers = field(repr=False)
    shown: Answers = field(repr=False)
    rejected: tuple[Rejected, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A page answered on the telephone, and the version it was drawn from.

    Of the notices: the language they were read aloud in, and the versions of their words and of all pages.
    """

    intake_id: UUID
    page: str
    answers: Answers = field(repr=False)
    version: str
    read_in: str = ""
    notice_version: str = ""
    copy_version: str = ""


def asking(parts: Parts, who: SignedIn, intake_id: UUID) -> Asking:
    """
    Open an intake to ask on; within the hour one look is written down as one, however many pages there are.

    Raises:
        NotThere: It is none that the desk can open.
        NotAsked: It does not wait for such a call.
    """
    intake = _waiting(db.session(), intake_id)
    try:
        answers = open_answers(parts, intake)
    except KeyGone:
        raise NotThere from None
    _write_down(parts, who, intake)
    typed = tuple(_seen_of(who, one) for one in rejections.waiting(parts, intake, BEFORE))
    return Asking(intake.ref, intake.locale, answers, _shown(who, answers), typed)


def save(parts: Parts, who: SignedIn, asked: Asked) -> str | None:
    """
    Save a page and say which follows; None once everything was asked, and by that sent.

    Raises:
        NotThere: It is none that the desk can open.
        NotAsked: It was sent meanwhile, or is over.
        Overtaken: Somebody else of the firm has saved this page since it was drawn.
    """
    with writing() as session:
        intake = _waiting(session, asked.intake_id, lock=True)
        before = open_answers(parts, intake)
        answers = _answered(parts, who, asked, before)
        now, house = parts.clock.now(), firm()
        today, languages = house.today(now), staff_languages(house)
        first = first_open_page(answers, today, languages)
        is_sent = asked.page == LAST == first
        intake.changed_at = now
        rejections.drop(parts, intake, f"{BEFORE}{asked.page}")
        if is_sent:
            intake.rejected = None
            intake.notice_version, intake.copy_version = asked.notice_version, asked.copy_version
            ticked = {**answers, "ticked": _read_aloud(who, asked, now.isoformat())}
            actor = who.one_of(INTAKE_NEXT[IntakeState.CALL_REQUESTED][IntakeState.SUBMITTED])
            Sending(session, parts, intake, ticked, now, actor, who.actor).by_phone()
        else:
            Run(session, parts, intake, answers, now).look(corrections.urgent_changes(before, answers))
            search.index(session, parts.keyring.firm("search"), intake.id, answers)
            audit.record(session, parts, who.actor, "asked_by_phone", f"intake:{intake.id}", page=asked.page)
    following = branches.next_page(asked.page, answers, today, staff_languages=languages)
    return None if is_sent else first if asked.page == LAST else following


def cut_off(parts: Parts, who: SignedIn, intake_id: UUID, typed: Rejected) -> None:
    """
    The line broke: what was typed waits as it is, and she is called back in three minutes.

    Raises:
        NotThere: It is none that the desk can open.
        NotAsked: It does not wait for such a call.
    """
    with writing() as session:
        intake, now = _waiting(session, intake_id, lock=True), parts.clock.now()
        rejections.keep(parts, intake, Rejected(f"{BEFORE}{typed.page}", {**typed.raw, TYPED_BY: [str(who.id)]}))
        intake.changed_at, due = now, now + CALLED_BACK_IN
        tasks.add(session, CUT_OFF_TASK, due_at=due, now=now, intake=intake, again=now.isoformat(), caller=who.id)
        audit.record(session, parts, who.actor, "call_cut_off", f"intake:{intake.id}")


def _answered(parts: Parts, who: SignedIn, asked: Asked, before: Answers) -> dict[str, Any]:
    house, shown = firm(), _shown(who, before)
    if asked.version != versions.drawn_from(parts, asked.intake_id, asked.page, shown):
        raise Overtaken(asked.page)
    today, unseen = house.today(parts.clock.now()), before.keys() - shown.keys()
    return corrections.written_over(
        asked.page, before, asked.answers, today, unseen=unseen, staff_languages=staff_languages(house)
    )


def _shown(who: SignedIn, answers: Answers) -> dict[str, Any]:
    """What her roles open of it, without what nobody sees again."""
    return {name: value for name, value in answers.items() if sees(name, who.roles) and name not in corrections.UNSEEN}


def _seen_of(who: SignedIn, typed: Rejected) -> Rejected:
    """All that she has typed herself; of what another has typed only what her roles open."""
    raw = {name: values for name, values in typed.raw.items() if name != TYPED_BY}
    if typed.raw.get(TYPED_BY) != [str(who.id)]:
        hidden = tuple(name for name in branches.fields_of(typed.page) if not sees(name, who.roles))
        raw = {name: values for name, values in raw.items() if not name.startswith(hidden)}
    return Rejected(typed.page, raw, typed.messages)


def _read_aloud(who: SignedIn, asked: Asked, at: str) -> Mapping[str, Any]:
    """Her consent by word of mouth: to what she said yes, when, in which language and version, and who read it out."""
    said = {"at": at, "language": asked.read_in, "version": asked.notice_version, "read_out_by": str(who.id)}
    return {name: said for name, value in asked.answers.items() if value is True}


def _waiting(session: Session, intake_id: UUID, *, lock: bool = False) -> Intake:
    intake = at_the_desk(session, intake_id, lock=lock)
    if intake.state != IntakeState.CALL_REQUESTED:
        raise NotAsked(intake.state)
    return intake


def _write_down(parts: Parts, who: SignedIn, intake: Intake) -> None:
    subject = f"intake:{intake.id}"
    with writing() as session:
        since = Audit.at > parts.clock.now() - looks.HOUR
        hers = (Audit.actor == who.actor, Audit.subject == subject, Audit.action == VIEWED, since)
        if session.scalar(select(Audit.seq).where(*hers).limit(1)) is None:
            audit.record(session, parts, who.actor, VIEWED, subject, **looks.watched(session, parts, who))
