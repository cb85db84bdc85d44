"""Another office may help her: which it is, and whether she wants her answers shared with it (intake.md §4.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.casework import audit, tasks, triage
from scheduler.casework.cases import NotThere
from scheduler.casework.documents import open_answers, open_documents, seal_answers
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.engine.answers import Answers
from scheduler.engine.documents import Document
from scheduler.engine.states import Actor, IntakeState
from scheduler.models import Intake, Task

TELL_REFERRED = "tell_referred"
SHARE_TASK, NO_MORE_TASK, OURS_TASK = "share_answers", "share_no_more", "share_ours_again"
OFFICE, SHARES = "referred_to", "shares"
LONGEST_NAME, LONGEST_PHONE = 120, 40


class NoOffice(Exception):
    """Whoever refers her names the other office in one line; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that may help her, and its number, or none."""

    name: str
    phone: str = ""

    def checked(self) -> "Office":
        """
        With single spaces.

        Raises:
            NoOffice: It has no name, or a part of it is too long or no line.
        """
        name, phone = " ".join(self.name.split()), " ".join(self.phone.split())
        if not name or len(name) > LONGEST_NAME or len(phone) > LONGEST_PHONE or not (name + phone).isprintable():
            raise NoOffice
        return Office(name, phone)


@dataclass(frozen=True, slots=True)
class Referral:
    """To whom she is referred; `shares` is her yes or no, None before she has said it."""

    office: Office = field(repr=False)
    shares: bool | None


def refer(parts: Parts, intake: Intake, answers: Answers, office: Office | None) -> None:
    """
    Seal with her answers to whom she is referred, in the caller's transaction; what she once said is asked anew.

    Raises:
        NoOffice: It is not said, or has no name.
    """
    if office is None:
        raise NoOffice
    office = office.checked()
    known = {name: value for name, value in answers.items() if name != SHARES}
    seal_answers(parts, intake, {**known, OFFICE: {"name": office.name, "phone": office.phone}})


def referral(parts: Parts, intake: Intake) -> Referral | None:
    """
    To whom she is referred; None where she is not.

    Raises:
        KeyGone: She was purged.
    """
    if intake.state != IntakeState.REFERRED:
        return None
    return referral_in(open_documents(parts, intake, Document.CONTACT))


def referral_in(answers: Answers) -> Referral | None:
    """The same in answers that are open."""
    office: Mapping[str, str] | None = answers.get(OFFICE)
    said: Mapping[str, Any] = answers.get(SHARES) or {}
    return Referral(Office(**office), said.get("yes")) if office else None


def answer(parts: Parts, intake_id: UUID, *, yes: bool, who: SignedIn | None = None) -> None:
    """
    Keep her yes or no, said by herself on her page or to one of ours by phone: only after a yes is anything shared.

    Sharing itself is a person's work, and so is saying no more to an office that has it already.

    Raises:
        NotThere: She is not referred, or she is purged.
    """
    now = parts.clock.now()
    with writing() as session:
        intake = session.get(Intake, intake_id, with_for_update=True)
        if intake is None or intake.state != IntakeState.REFERRED:
            raise NotThere
        try:
            answers = open_answers(parts, intake)
        except KeyGone:
            raise NotThere from None
        before, actor = referral_in(answers), who.actor if who is not None else str(Actor.CLIENT)
        seal_answers(parts, intake, {**answers, SHARES: {"yes": yes, "at": now.isoformat(), "by": actor}})
        if before is None or before.shares is not yes:
            _see_to_it(session, intake, now, yes=yes)
        audit.record(session, parts, actor, "share_yes" if yes else "share_no", f"intake:{intake_id}")


def take_back(session: Session, intake: Intake, now: datetime) -> None:
    """The firm goes on with her after all: nothing more is shared, and an office that has her answers is told."""
    if has_shared(session, intake):
        due = triage.call_promised(firm(), intake.urgency, now)
        tasks.add(session, OURS_TASK, due_at=due, now=now, intake=intake, again=now.isoformat())
    for kind in (TELL_REFERRED, SHARE_TASK):
        tasks.finish_all(session, kind, intake.id, now)


def has_shared(session: Session, intake: Intake) -> bool:
    """Whether a person has shared her answers since she was referred."""
    ours = select(Task.done_by).where(Task.intake_id == intake.id, Task.kind == SHARE_TASK)
    return any(session.scalars(ours.where(Task.created_at >= intake.changed_at)).all())


def _see_to_it(session: Session, intake: Intake, now: datetime, *, yes: bool) -> None:
    """Somebody shares what she wants shared, or takes it back; that she was told of the office is done."""
    was_shared = has_shared(session, intake)
    for kind in (TELL_REFERRED, SHARE_TASK, NO_MORE_TASK):
        tasks.finish_all(session, kind, intake.id, now)
    if yes or was_shared:
        kind = SHARE_TASK if yes else NO_MORE_TASK
        due = triage.call_promised(firm(), intake.urgency, now)
        tasks.add(session, kind, due_at=due, now=now, intake=intake, again=now.isoformat())
