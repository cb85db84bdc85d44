"""What makes an intake unreadable: sealed bytes, hashes, links, the files of letters, and, for a draft, every row."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, delete, select, update
from sqlalchemy.orm import Session

from scheduler.casework.outbox import CLIENT
from scheduler.casework.parts import Parts
from scheduler.models import Base, ClientLink, Intake, Outbox, SearchHash


def wipe(session: Session, intake: Intake) -> None:
    """Take away what is sealed, what finds it, what opens it, and what the queue needed of it in clear."""
    intake.draft_hash = intake.language = intake.zone = None
    intake.urgency = intake.must_be_seen_by = intake.event_at = None
    intake.flags = []
    session.flush()
    for table, mine in _about(intake.id):
        columns = [column.name for column in table.columns if _may_be_emptied(column)]
        if columns:
            session.execute(update(table).where(mine).values(dict.fromkeys(columns)))
    session.execute(delete(SearchHash).where(SearchHash.intake_id == intake.id))
    session.execute(delete(ClientLink).where(ClientLink.intake_id == intake.id))
    session.expire(intake)


def erase(session: Session, parts: Parts, intake: Intake) -> None:
    """
    Delete a draft with every row about it, its letters' files and its key, in the caller's transaction.

    The key goes before the commit: where that fails, a row is left that nobody can open, and that lapses.
    """
    session.flush()
    forget_letters(parts, letters(session, intake.id))
    for table, mine in reversed(list(_about(intake.id))):
        session.execute(delete(table).where(mine))
    session.expunge(intake)
    parts.keyring.destroy(intake.id)


def letters(session: Session, intake_id: UUID) -> list[UUID]:
    """The rows of the letters that went to her."""
    mine = select(Outbox.id).where(Outbox.intake_id == intake_id, Outbox.reader == CLIENT)
    return list(session.scalars(mine))


def forget_letters(parts: Parts, rows: Iterable[UUID]) -> None:
    """Keep no file of these letters."""
    for row in rows:
        parts.mail.forget(row)
        parts.texts.forget(row)


def _about(intake_id: UUID) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table with rows about an intake, and which rows are hers; a table comes after those it points to."""
    for table in Base.metadata.sorted_tables:
        mine = table.columns.get("id" if table.name == "intake" else "intake_id")
        if mine is not None:
            yield table, mine == intake_id


def _may_be_emptied(column: Column[object]) -> bool:
    return isinstance(column.type, LargeBinary) and bool(column.nullable)
