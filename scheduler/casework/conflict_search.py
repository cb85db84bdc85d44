"""Whom the firm must not act against: candidates by their hashes, opened and compared (intake.md §3.2)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from scheduler.casework import identities
from scheduler.casework.conflict_names import LIST, SEARCH, people
from scheduler.casework.documents import open_answers
from scheduler.casework.identities import OTHERS
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.engine.answers import Answers
from scheduler.engine.conflicts import OUR_SIDE, Asked, Identity, Known, Likeness, Verdict, Who, judge
from scheduler.engine.names import Name
from scheduler.engine.states import IntakeState
from scheduler.models import ConflictHash, ConflictName, Intake, Person, SearchHash, Staff

MOST = 200
"""So many candidates are opened, those that have most in common first."""

INTAKE, OURS = "intake", "ours"
"""Where somebody was found, beside the ways by which a name is kept."""

WEIGHTS = {"phone": 50, "email": 50, "a_number": 50, "name": 3, "sound": 2}
"""What a hash in common counts for: a way to reach her most, a beginning or a year 1."""

Hashed = type[ConflictHash] | type[SearchHash]


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody who is looked for; `role` is what she is to the one who asks, empty for herself."""

    asked: Asked = field(repr=False)
    role: str = ""

    @property
    def name(self) -> str:
        """Her first name in full."""
        return whole(self.asked.identity)


@dataclass(frozen=True, slots=True)
class File:
    """One matter: the one it is about first, then those who were named in it."""

    id: UUID
    source: str
    people: tuple[Known, ...] = field(repr=False)
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Two people who are alike, and by which line of the table; `ref` is that of an intake."""

    name: str = field(repr=False)
    role: str
    known: str = field(repr=False)
    who: Who
    source: str
    ref: str
    by: Likeness


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found; `returning` where she who asks was here before."""

    hits: tuple[Hit, ...]
    returning: bool = False


def questions(parts: Parts, answers: Answers) -> tuple[Question, ...]:
    """Whom an intake is about: who asks, and everybody she named."""
    own = Asked(identities.applicant(parts.keyring.firm(SEARCH), answers), is_applicant=True)
    return (Question(own), *(by_name(name, role) for name, role in identities.others(answers)))


def by_name(name: str, role: str = "") -> Question:
    """Somebody of whom only a name is known."""
    return Question(Asked(Identity((Name(name),))), role)


def search(session: Session, parts: Parts, wanted: Sequence[Question], *, own: UUID | None = None) -> Found:
    """Look for these people everywhere but in the intake `own`."""
    near = _candidates(session, parts.keyring.firm(SEARCH), wanted, own)
    return weigh(wanted, (*_ours(session), *_kept(session, parts, near), *_intakes(session, parts, near)))


def search_new(session: Session, parts: Parts, wanted: Sequence[Question], since: datetime) -> Found:
    """Look for these people among the names that were read in from then on, and nowhere else."""
    share: dict[UUID, int] = {}
    key = parts.keyring.firm(SEARCH)
    for one in wanted:
        hashes = identities.hashes(key, one.asked.identity) | identities.hashes(key, one.asked.identity, OTHERS)
        for found, score in _scored(session, ConflictHash, hashes, since):
            share[found] = max(share.get(found, 0), score)
    best = sorted(share, key=lambda which: (-share[which], str(which)))[:MOST]
    return weigh(wanted, _kept(session, parts, {ConflictHash: best}))


def weigh(wanted: Sequence[Question], files: Iterable[File]) -> Found:
    """Compare everybody who is looked for with everybody in these files."""
    hits, returning = list[Hit](), False
    for file in files:
        judged = [(one, known, judge(one.asked, known)) for one in wanted for known in file.people]
        is_hers = any(verdict and verdict[0] is Verdict.RETURNING for _one, _known, verdict in judged)
        returning = returning or is_hers
        hits += [
            Hit(one.name, one.role, whole(known.identity), known.who, file.source, file.ref, verdict[1])
            for one, known, verdict in judged
            if verdict and verdict[0] is Verdict.HIT and not (is_hers and _named_again(one, known))
        ]
    return Found(tuple(hits), returning)


def whole(identity: Identity) -> str:
    """Somebody's name as it is written."""
    name = identity.names[0]
    return " ".join(filter(None, (name.given, name.family)))


def _named_again(one: Question, known: Known) -> bool:
    """Whether she who comes again names whom she named before."""
    return not one.asked.is_applicant and known.who not in OUR_SIDE


def _candidates(
    session: Session, key: bytes, wanted: Iterable[Question], own: UUID | None
) -> dict[Hashed, Collection[UUID]]:
    """The ids that have most in common with anybody who is looked for, at most 200 of both tables together."""
    share: dict[tuple[Hashed, UUID], float] = {}
    for one in wanted:
        hashes = identities.hashes(key, one.asked.identity) | identities.hashes(key, one.asked.identity, OTHERS)
        scored = [(table, *row) for table in (ConflictHash, SearchHash) for row in _scored(session, table, hashes)]
        most = max((score for _table, _id, score in scored), default=1)
        for table, found, score in scored:
            share[table, found] = max(share.get((table, found), 0), score / most)
    share.pop((SearchHash, own), None) if own else None
    best = sorted(share, key=lambda which: (-share[which], str(which[1])))[:MOST]
    return {table: [found for which, found in best if which is table] for table in (ConflictHash, SearchHash)}


def _scored(
    session: Session, table: Hashed, hashes: Iterable[tuple[str, bytes]], since: datetime | None = None
) -> Iterator[tuple[UUID, int]]:
    kinds, digests = zip(*hashes, strict=True)
    which = ConflictHash.name_id if table is ConflictHash else SearchHash.intake_id
    weights = {f"{before}{kind}": weight for kind, weight in WEIGHTS.items() for before in ("", OTHERS)}
    score = func.sum(case(weights, value=table.kind, else_=1))
    found = (
        select(which, score)
        .where(table.kind.in_(sorted(set(kinds))), table.hash.in_(sorted(set(digests))))
        .group_by(which)
        .order_by(score.desc(), which)
        .limit(MOST + 1)
    )
    if since is not None:
        read_in = (ConflictName.source == LIST, ConflictName.created_at >= since)
        found = found.join(ConflictName, ConflictName.id == which).where(*read_in)
    return ((row[0], int(row[1])) for row in session.execute(found))


def _kept(session: Session, parts: Parts, near: dict[Hashed, Collection[UUID]]) -> Iterator[File]:
    for row in session.scalars(select(ConflictName).where(ConflictName.id.in_(near[ConflictHash]))):
        yield File(row.id, row.source, people(parts.keyring, row))


def _intakes(session: Session, parts: Parts, near: dict[Hashed, Collection[UUID]]) -> Iterator[File]:
    key = parts.keyring.firm(SEARCH)
    for intake in session.scalars(select(Intake).where(Intake.id.in_(near[SearchHash]))):
        try:
            answers = open_answers(parts, intake)
        except KeyGone:
            continue
        who = Who.CLIENT if intake.state == IntakeState.CONVERTED else Who.PROSPECT
        about = Known(who, identities.applicant(key, answers))
        named = (identities.as_known(name, role) for name, role in identities.others(answers))
        yield File(intake.id, INTAKE, (about, *named), intake.ref)


def _ours(session: Session) -> Iterator[File]:
    """The people of the firm itself, who stand in clear and are few."""
    for staff in session.scalars(select(Staff)):
        known = Identity((Name(staff.name),), email=staff.email.casefold())
        yield File(staff.id, OURS, (Known(Who.STAFF, known),))
    for person in session.scalars(select(Person)):
        who = Who.INTERPRETER if person.kind == "interpreter" else Who.STAFF
        yield File(person.id, OURS, (Known(who, Identity((Name(person.name),), email=person.email.casefold())),))
