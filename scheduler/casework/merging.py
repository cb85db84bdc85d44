"""What comes along when an intake is merged into an older one: it is one person, and nothing of her counts anew."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import trying
from scheduler.casework.documents import open_answers
from scheduler.casework.keyring import KeyGone
from scheduler.casework.open_calls import DECIDE
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal
from scheduler.engine.answers import Answers
from scheduler.engine.marks import MISSED_ONE, with_marks
from scheduler.models import CallTry, Intake, SearchHash, Task

CONTACTS = ("phone", "email")
MISSED, MISSED_BEFORE = "no_shows", "no_shows_merged"


def hand_over(session: Session, parts: Parts, kept: Intake, merged: Intake) -> None:
    """The calls in vain, what is to do and how she is reached become the older's, in the caller's transaction."""
    _calls(session, parts, kept, merged)
    _tasks(session, parts, kept, merged)
    _contacts(session, kept, merged)


def missed(parts: Parts, kept: Intake, answers: Answers, merged: Intake) -> Mapping[str, Any]:
    """
    To how many calls she did not come, with those of the merged intake: for the older's sealed answers (T25).

    Where there were any the older is marked: such a client is called before her next one.
    """
    try:
        more = int(open_answers(parts, merged).get(MISSED) or 0)
    except KeyGone:
        more = 0
    if not more:
        return {}
    kept.flags = with_marks(kept.flags, [MISSED_ONE])
    return {name: int(answers.get(name) or 0) + more for name in (MISSED, MISSED_BEFORE)}


def _calls(session: Session, parts: Parts, kept: Intake, merged: Intake) -> None:
    """Their causes are sealed anew with the older's key; a call about a booked time stays about it."""
    rows = session.scalars(select(CallTry).where(CallTry.intake_id == merged.id, CallTry.cause.is_not(None))).all()
    if not rows:
        return
    causes, key = [one.cause for one in trying.opened(parts, rows)], parts.keyring.open(kept.id)
    for row, cause in zip(rows, causes, strict=True):
        row.intake_id = kept.id
        row.cause = seal({"cause": cause}, key, place("call_try", "cause", row.id))


def _tasks(session: Session, parts: Parts, kept: Intake, merged: Intake) -> None:
    """What is open is done for the older, by when it was promised first; names are decided on where they stand."""
    open_ones = session.scalars(
        select(Task).where(Task.intake_id.in_((kept.id, merged.id)), Task.done_at.is_(None)).order_by(Task.due_at)
    ).all()
    hers = {task.kind: task for task in open_ones if task.intake_id == kept.id}
    for task in (one for one in open_ones if one.intake_id == merged.id):
        same = hers.get(task.kind)
        if same is None and task.kind != DECIDE:
            task.intake_id = kept.id
            hers[task.kind] = task
            continue
        task.done_at = parts.clock.now()
        if same is not None:
            same.due_at = min(same.due_at, task.due_at)


def _contacts(session: Session, kept: Intake, merged: Intake) -> None:
    """By the newer's phone and address the older is found, too: the bookings of one contact are counted by them."""
    mine = select(SearchHash.kind, SearchHash.hash).where(SearchHash.kind.in_(CONTACTS))
    hers = {(row.kind, row.hash) for row in session.execute(mine.where(SearchHash.intake_id == kept.id))}
    also = {(row.kind, row.hash) for row in session.execute(mine.where(SearchHash.intake_id == merged.id))}
    session.add_all(SearchHash(intake_id=kept.id, kind=kind, hash=digest) for kind, digest in also - hers)
