"""The letters that lead up to a time: six at most, those that have left already among them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from scheduler.casework import more, outbox
from scheduler.casework.kinds import COUNTED, FINISH
from scheduler.casework.outbox import New
from scheduler.casework.telling import Telling, about
from scheduler.engine import reminders
from scheduler.engine.safe_contact import safe_hours
from scheduler.engine.zones import instant, minute_of
from scheduler.models import Consultation, Outbox


def left(told: Telling, consultation: Consultation) -> Collection[str]:
    """The kinds of those that have left already and count, each as often as it has."""
    sent = select(Outbox.kind).where(
        Outbox.consultation_id == consultation.id, Outbox.kind.in_(COUNTED), Outbox.state == outbox.SENT
    )
    return told.session.scalars(sent).all()


def planned(told: Telling, consultation: Consultation, left: Collection[str], *, told_at: datetime) -> list[New]:
    """
    Her reminders, and once that she may answer more; in order of time, beside those that have `left`.

    `told_at` is when the news itself leaves: what she may answer is said some time after that.
    """
    call = reminders.Call(
        start=minute_of(consultation.starts_at),
        safe=safe_hours(told.answers, told.zone),
        silence=told.silence,
        mode=consultation.call_mode,
    )
    now = told.now.timestamp() / 60
    others: list[reminders.Planned] = []
    if FINISH not in left and _may_answer_more(told):
        others = reminders.finish(call, now=told_at.timestamp() / 60)
    found = reminders.plan(call, now=now, counted=len(left), others=others)
    letters = (about(told, consultation, one.kind, instant(one.due_at), instant(one.not_after)) for one in found)
    return [replace(letter, again=f"{letter.again}:{letter.due_at.isoformat()}") for letter in letters]


def _may_answer_more(told: Telling) -> bool:
    return more.part_b_open(told.intake, told.answers) and not more.is_begun(told.answers)
