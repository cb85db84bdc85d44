"""The letter to her whom the firm could not take: it waits for 30 days, though what she told is gone after one."""

import hmac
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from scheduler.casework import links
from scheduler.casework.links import AGAIN, AGAIN_LIVES, AGAIN_SHORT, digest
from scheduler.casework.new_time import A_DAY
from scheduler.casework.parts import Parts
from scheduler.casework.proofs import MOST_TRIES, WINDOW
from scheduler.casework.transaction import writing
from scheduler.casework.visits import NoSuchPage
from scheduler.engine.answers import Answers
from scheduler.models import ClientLink, Intake, WaitingLetter, db

KEY = "letters"
"""The firm's key for years of birth that outlive their intakes."""


class WrongYear(Exception):
    """That is not her year of birth, or too many were tried within the hour; which of the two is never told."""


def keep(session: Session, parts: Parts, intake: Intake, answers: Answers) -> None:
    """
    Let the letter wait behind the links she is sent now, in the caller's transaction.

    Whoever said no year of birth has nothing to prove herself with once her intake is gone: she is told by phone.
    """
    year = (answers.get("birth_date") or {}).get("y")
    if not year:
        return
    now = parts.clock.now()
    session.flush()
    long, short = (digest(links.again(parts, intake.id, purpose)) for purpose in (AGAIN, AGAIN_SHORT))
    session.execute(delete(WaitingLetter).where(WaitingLetter.sha256 == long))
    letter = WaitingLetter(sha256=long, short_sha256=short, birth=_of_year(parts, long, year), locale=intake.locale)
    letter.deleted_on, letter.expires_at = now + A_DAY, now + AGAIN_LIVES
    session.add(letter)


def take_back(session: Session, intake_id: UUID) -> None:
    """No letter waits for her after all, in the caller's transaction."""
    session.flush()
    hers = select(ClientLink.sha256).where(ClientLink.intake_id == intake_id)
    session.execute(delete(WaitingLetter).where(WaitingLetter.sha256.in_(hers)))


def find(parts: Parts, token: str) -> WaitingLetter:
    """
    The letter behind a token.

    Raises:
        NoSuchPage: There is none, or its days are over.
    """
    hashed = digest(token)
    wanted = select(WaitingLetter).where(or_(WaitingLetter.sha256 == hashed, WaitingLetter.short_sha256 == hashed))
    letter = db.session.scalar(wanted.where(WaitingLetter.expires_at > parts.clock.now()))
    if letter is None:
        raise NoSuchPage
    return letter


def prove(parts: Parts, token: str, year: int) -> datetime:
    """
    Open the letter by her year of birth: until when what she told is there, or was.

    Raises:
        NoSuchPage: There is none, or its days are over.
        WrongYear: Another year, or five wrong ones within an hour.
    """
    now = parts.clock.now()
    with writing() as session:
        letter = session.get_one(WaitingLetter, find(parts, token).id, with_for_update=True)
        if letter.tries_since is None or now - letter.tries_since >= WINDOW:
            letter.tries, letter.tries_since = 0, now
        is_hers = letter.tries < MOST_TRIES and hmac.compare_digest(letter.birth, _of_year(parts, letter.sha256, year))
        letter.tries += 0 if is_hers else 1
    if not is_hers:
        raise WrongYear
    return letter.deleted_on


def forget(parts: Parts) -> None:
    """Forget the letters whose days are over."""
    over = WaitingLetter.expires_at <= parts.clock.now()
    if db.session.scalar(select(WaitingLetter.id).where(over).limit(1)) is not None:
        with writing() as session:
            session.execute(delete(WaitingLetter).where(over))


def _of_year(parts: Parts, link: bytes, year: int) -> bytes:
    return hmac.digest(parts.keyring.firm(KEY), f"{link.hex()}:{year}".encode(), "sha256")
