"""The names the firm keeps for its conflict checks: sealed under a key of their own, found by hashes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from scheduler.casework import identities
from scheduler.casework.identities import OTHERS
from scheduler.casework.keyring import Keyring
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, seal, unseal
from scheduler.engine.answers import Answers
from scheduler.engine.conflicts import Identity, Known, Who
from scheduler.engine.names import Name
from scheduler.models import ConflictHash, ConflictName, Intake

NAMES, SEARCH = "conflicts", "search"
"""The firm's keys: of what is sealed here, and of what is searched for."""

LIST, STUB = "list", "stub"
"""Ways by which a name comes here: a list that was read in, or an intake that was purged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to be kept, with the people of her matter as (name, role), and what else a stub remembers."""

    who: Who
    identity: Identity = field(repr=False)
    others: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)


def add(session: Session, parts: Parts, entries: Iterable[Entry], *, source: str = LIST) -> int:
    """Keep these people, in the caller's transaction; who is there already is not kept twice. How many are new."""
    rows = {row.same: (row, entry) for row, entry in _rows(parts, entries, source)}
    there = set(session.scalars(select(ConflictName.same).where(ConflictName.same.in_(rows))))
    new = [pair for same, pair in rows.items() if same not in there]
    _write(session, parts.keyring, new)
    return len(new)


def count_new(session: Session, parts: Parts, entries: Iterable[Entry]) -> int:
    """How many of these people are not kept yet."""
    key = parts.keyring.firm(SEARCH)
    asked = {_same(key, entry) for entry in entries}
    there = set(session.scalars(select(ConflictName.same).where(ConflictName.source == LIST)))
    return len(asked - there)


def keep_stub(
    session: Session,
    parts: Parts,
    intake: Intake,
    answers: Answers,
    *,
    outcome: str,
    attorneys: Iterable[int] = (),
) -> None:
    """
    What is left of an intake whose answers are destroyed (intake.md §5.4), in the caller's transaction, once.

    Args:
        outcome: A code, such as `conflict` or `withdrawn`.
        attorneys: The numbers of those who have read it.
    """
    key = parts.keyring.firm(SEARCH)
    facts = {"outcome": outcome, "attorneys": sorted(attorneys), "at": parts.clock.now().isoformat()}
    without_ways_to_reach_her = replace(identities.applicant(key, answers), phone="", email="")
    entry = Entry(Who.PROSPECT, without_ways_to_reach_her, identities.others(answers), facts)
    stub, _entry = next(iter(_rows(parts, [entry], STUB, str(intake.id))))
    stub.intake_id = intake.id
    session.execute(delete(ConflictName).where(ConflictName.intake_id == intake.id))
    _write(session, parts.keyring, [(stub, entry)])


def people(keyring: Keyring, row: ConflictName) -> tuple[Known, ...]:
    """Who stands in a row: first the one it is about, then those of her matter."""
    document = open_name(keyring, row)
    about = Known(Who(row.who), identities.of_document(document))
    return (about, *(identities.as_known(name, role) for name, role in document["others"]))


def open_name(keyring: Keyring, row: ConflictName) -> dict[str, Any]:
    """
    What a row says.

    Raises:
        Broken: It is another row's, or was changed.
    """
    return unseal(row.document, keyring.firm(NAMES), place("conflict_name", "document", row.id))


def _rows(parts: Parts, entries: Iterable[Entry], source: str, whose: str = "") -> Iterable[tuple[ConflictName, Entry]]:
    now: datetime = parts.clock.now()
    names, search = parts.keyring.firm(NAMES), parts.keyring.firm(SEARCH)
    for entry in entries:
        row_id: UUID = uuid4()
        said = {**identities.as_document(entry.identity), "others": entry.others, "facts": dict(entry.facts)}
        yield (
            ConflictName(
                id=row_id,
                who=entry.who,
                source=source,
                document=seal(said, names, place("conflict_name", "document", row_id)),
                same=_same(search, entry, whose),
                created_at=now,
            ),
            entry,
        )


def _same(key: bytes, entry: Entry, whose: str = "") -> bytes:
    """What two lines of a list have in common that are the same person, however it is written."""
    one = entry.identity
    names = sorted(" ".join(sorted(name.words)) for name in one.names)
    said = repr((names, one.birth, sorted(one.countries), one.phone, one.email, one.a_number))
    return identities.keyed(key, "same", whose or f"{entry.who}:{said}")


def _write(session: Session, keyring: Keyring, pairs: Iterable[tuple[ConflictName, Entry]]) -> None:
    key = keyring.firm(SEARCH)
    pairs = list(pairs)
    session.add_all(row for row, _entry in pairs)
    session.flush()
    found = [
        {"name_id": row.id, "kind": kind, "hash": digest}
        for row, entry in pairs
        for kind, digest in _hashes(key, entry)
    ]
    if found:
        session.execute(insert(ConflictHash), found)


def _hashes(key: bytes, entry: Entry) -> set[tuple[str, bytes]]:
    """A kind is of the one the row is about, or of those of her matter."""
    found = identities.hashes(key, entry.identity)
    for name, _role in entry.others:
        found |= identities.hashes(key, Identity((Name(name),)), OTHERS)
    return found
