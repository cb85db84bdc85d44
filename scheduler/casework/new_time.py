"""Who has no time any more comes back by the link of a letter: nothing is told before she has proved who she is."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduler.casework import audit, links
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.leaving import stays_on_screen
from scheduler.casework.links import AGAIN, digest
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.visits import NoSuchPage
from scheduler.casework.wanted import is_open
from scheduler.engine.documents import Document
from scheduler.engine.retention import WAITS_FOR_HER, Life, due_at
from scheduler.engine.states import Actor, IntakeState
from scheduler.models import Intake, db

SESSION_BYTES = 16
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Return:
    """One look by such a link; `subject` is what a proof is good for, `stays` how long without a touch."""

    intake: Intake = field(repr=False)
    now: datetime
    stays: timedelta

    @property
    def subject(self) -> str:
        return f"{AGAIN}:{self.intake.id.hex}"

    @property
    def can_choose(self) -> bool:
        """Whether she may choose a time herself, or telephones."""
        return is_open(self.intake)

    @property
    def deleted_on(self) -> datetime | None:
        """As `gone_on`."""
        return gone_on(self.intake)


def gone_on(intake: Intake) -> datetime | None:
    """By when what she told is deleted, where the firm does not take her: then a letter waits for her; else None."""
    if intake.state == IntakeState.DECLINED_CONFLICT:
        return intake.changed_at + A_DAY
    if intake.state not in WAITS_FOR_HER:
        return None
    life = Life(IntakeState(intake.state), since=intake.changed_at, read_at=intake.letter_opened_at)
    return due_at(life, firm().settings.get("retention"))


def token_of(parts: Parts, seen: Return) -> str:
    """The long token, for whoever has proved who she is by the short one."""
    return links.again(parts, seen.intake.id, AGAIN)


def is_return(parts: Parts, token: str) -> bool:
    """Whether a token is that of such a link, and alive."""
    link = links.find(parts, token)
    return link is not None and link.purpose == AGAIN


def visit(parts: Parts, token: str, purpose: str = AGAIN) -> Return:
    """
    Open the page by its link of that purpose.

    Raises:
        NoSuchPage: The link opens no such page.
    """
    link = links.find(parts, token)
    if link is None or link.purpose != purpose:
        raise NoSuchPage
    intake = db.session.get_one(Intake, link.intake_id)
    try:
        contact = open_documents(parts, intake, Document.CONTACT)
    except KeyGone:
        raise NoSuchPage from None
    return Return(intake, parts.clock.now(), stays_on_screen(contact))


def go_on(parts: Parts, token: str) -> str:
    """
    A new token by which one browser, in which she has proved who she is, goes on with her intake; no other does then.

    Raises:
        NoSuchPage: The link opens no such page.
    """
    with writing() as session:
        seen, fresh = visit(parts, token), secrets.token_urlsafe(SESSION_BYTES)
        seen.intake.draft_hash = digest(fresh)
        audit.record(session, parts, Actor.CLIENT, "browser_opened", f"intake:{seen.intake.id}")
    return fresh
