"""A letter that leaves later than it was planned waits for her next safe hour (intake.md §4.1 no. 4)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scheduler.casework.documents import open_documents
from scheduler.casework.kinds import OTP
from scheduler.casework.parts import Parts
from scheduler.casework.telling import telling
from scheduler.engine.documents import Document
from scheduler.models import Intake, Outbox

IN_HAND = timedelta(minutes=10)
"""So long after a safe hour has ended a letter still leaves that was on its way."""

MINUTE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(days=7)


class NotNow(Exception):
    """It is no safe hour for her: the letter leaves not before `until`, and not at all where there is no such hour."""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(until)
        self.until = until


def refuse(session: Session, parts: Parts, row: Outbox, intake: Intake) -> None:
    """
    See whether a letter to a client may leave now; a code that she asked for may at any hour.

    Raises:
        NotNow: It may not.
        KeyGone: The intake was purged.
    """
    if row.kind == OTP:
        return
    answers = open_documents(parts, intake, Document.CONTACT, Document.PLACE)
    told = telling(session, parts, intake, answers, row.facts.get("zone"))
    if told.safe_from(told.now - IN_HAND, told.now + MINUTE) is None:
        raise NotNow(told.safe_from(told.now, row.not_after or told.now + LONGEST_WAIT))
