"""A client's intake while she fills it in: begun with her first page, sealed page by page, gone when she leaves."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, erasing, floods, rejections
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.firm import FirmView, firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.lapses import has_lapsed
from scheduler.casework.links import digest
from scheduler.casework.parts import Parts
from scheduler.casework.promises import Promise, promise_of
from scheduler.casework.rejections import Rejected
from scheduler.casework.sending import CRITICAL, Sending
from scheduler.casework.transaction import writing
from scheduler.engine import branches
from scheduler.engine.answers import Answers
from scheduler.engine.questions import STAFF_LANGUAGES
from scheduler.engine.states import OPEN_INTAKES, Actor, IntakeState, move_intake
from scheduler.engine.urgency import Level
from scheduler.models import Intake, db

TOKEN_BYTES = 16
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_LENGTH = 8


class NoDraft(Exception):
    """No intake belongs to this browser's token; she begins at the first page."""


class AlreadySent(Exception):
    """The intake was sent, or we are to call: its pages can no longer be changed."""


@dataclass(frozen=True, slots=True)
class SavePage:
    """
    A page that was answered well, in the language it was read in; the versions are those of the notices and copy.

    `trapped`: a field was filled that no person sees.
    """

    page: str
    answers: Answers = field(repr=False)
    locale: str
    notice_version: str = ""
    copy_version: str = ""
    trapped: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake as the browser that fills it in may see it."""

    id: UUID
    ref: str
    state: IntakeState
    answers: Answers = field(repr=False)
    rejected: tuple[Rejected, ...] = field(repr=False)
    promise: Promise | None
    level: Level | None = None

    @property
    def is_open(self) -> bool:
        """Whether its pages can still be changed."""
        return self.state is IntakeState.DRAFT

    @property
    def is_critical(self) -> bool:
        """Whether a person must call at once whoever takes no time; no page says so."""
        return self.level in CRITICAL

    @property
    def calls_to_book(self) -> bool:
        """Whether a person finds her a time, and no page does (T25)."""
        return "T25" in (self.answers.get("reasons") or ())


def staff_languages(house: FirmView) -> frozenset[str]:
    """The languages of the firm's own people."""
    return frozenset(house.settings.get("staff_languages") or STAFF_LANGUAGES)


def begin(parts: Parts, locale: str, answers: Answers | None = None) -> str:
    """A new draft, empty or with these answers; the browser alone keeps the token that opens it."""
    token, intake_id, now = secrets.token_urlsafe(TOKEN_BYTES), uuid4(), parts.clock.now()
    parts.keyring.make(intake_id)
    try:
        with writing() as session:
            intake = Intake(
                id=intake_id,
                ref=_fresh_ref(session),
                state=move_intake(None, IntakeState.DRAFT, Actor.CLIENT),
                locale=locale,
                draft_hash=digest(token),
                created_at=now,
                changed_at=now,
            )
            if answers:
                seal_answers(parts, intake, answers)
            session.add(intake)
            audit.record(session, parts, "client", "intake_begun", f"intake:{intake_id}")
    except BaseException:
        parts.keyring.destroy(intake_id)
        raise
    return token


def find(parts: Parts, token: str) -> Draft | None:
    """The intake of this browser; None where there is none, or it is closed, lapsed or purged."""
    intake = db.session.scalar(select(Intake).where(Intake.draft_hash == digest(token)))
    if intake is None or intake.state not in OPEN_INTAKES:
        return None
    try:
        answers = open_answers(parts, intake)
    except KeyGone:
        return None
    if has_lapsed(intake, answers, parts.clock.now()):
        return None
    state, waiting = IntakeState(intake.state), rejections.waiting(parts, intake)
    level = Level(intake.urgency) if intake.urgency else None
    return Draft(intake.id, intake.ref, state, answers, waiting, promise_of(intake.id, state), level)


def first_open_page(answers: Answers, today: date, languages: frozenset[str]) -> str:
    """The page where she goes on: the first that wants something, at last the notices, which send everything."""
    page = branches.first_incomplete(answers, today, staff_languages=languages)
    return "notices" if page in (None, "time") else str(page)


def save_page(parts: Parts, token: str, request: SavePage) -> str:
    """
    Save an answered page and say what follows: a page, a stop, or `time` once everything was sent.

    Hidden answers are deleted. Where the person does not agree to be asked about, the whole draft is.

    Raises:
        NoDraft: The token opens nothing.
        AlreadySent: Nothing can be changed any more.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = _open_one(session, token)
        answers, following = _answered(parts, intake, request, now)
        if following == branches.ASK_FIRST:
            remove(session, parts, intake, "intake_ask_first")
        else:
            intake.locale, intake.changed_at = request.locale, now
            rejections.drop(parts, intake, request.page)
            seal_answers(parts, intake, answers)
            following = Sending(session, parts, intake, answers, now).after_page(request.page, following)
            if intake.state != IntakeState.DRAFT:
                intake.rejected = None
    return following


def reject(parts: Parts, token: str, rejected: Rejected) -> None:
    """
    Keep a refused page, sealed, until it is shown again; it goes when that page is saved.

    Raises:
        NoDraft: The token opens nothing.
    """
    with writing() as session:
        intake = mine(session, token)
        rejections.keep(parts, intake, rejected)
        intake.changed_at = parts.clock.now()


def _answered(parts: Parts, intake: Intake, request: SavePage, now: datetime) -> tuple[dict[str, Any], str]:
    """All answers with the page's own merged in, and what follows by the branches alone."""
    house = firm()
    today, languages = house.today(now), staff_languages(house)
    before, posted = open_answers(parts, intake), {**request.answers, "ui_locale": request.locale}
    answers = branches.saved(request.page, before, posted, today, staff_languages=languages)
    following = branches.next_page(request.page, answers, today, staff_languages=languages)
    if request.page != "notices":
        return answers, following
    first = first_open_page(answers, today, languages)
    if first != "notices":
        return answers, first
    intake.notice_version, intake.copy_version = request.notice_version, request.copy_version
    intake.flags = floods.marked(intake, trapped=request.trapped, now=now)
    return {**answers, "ticked": _ticks(request, now)}, following


def _ticks(request: SavePage, now: datetime) -> dict[str, Any]:
    """When, in which language and in which version each box of the notices was ticked."""
    ticked = {"at": now.isoformat(), "language": request.locale, "version": request.notice_version}
    return {name: ticked for name, value in request.answers.items() if value is True}


def mine(session: Session, token: str) -> Intake:
    """
    The row of this browser's intake, locked for this transaction; a second page saved meanwhile waits.

    Raises:
        NoDraft: The token opens nothing.
    """
    intake = session.scalar(select(Intake).where(Intake.draft_hash == digest(token)).with_for_update())
    if intake is None:
        raise NoDraft
    return intake


def _open_one(session: Session, token: str) -> Intake:
    """The row of an intake whose pages can still be changed."""
    intake = mine(session, token)
    if intake.state != IntakeState.DRAFT:
        raise AlreadySent(intake.id)
    return intake


def remove(session: Session, parts: Parts, intake: Intake, action: str) -> None:
    """Erase a draft, its key too, in the caller's transaction."""
    erasing.erase(session, parts, intake)
    audit.record(session, parts, "client", action, f"intake:{intake.id}")


def _fresh_ref(session: Session) -> str:
    """A reference nobody has: eight characters that cannot be misheard."""
    while True:
        ref = "".join(secrets.choice(CROCKFORD) for _ in range(REF_LENGTH))
        if session.scalar(select(Intake.id).where(Intake.ref == ref)) is None:
            return ref
