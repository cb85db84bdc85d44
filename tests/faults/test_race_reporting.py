"""What became of a call is said while it is cancelled: one of the two holds, and the other is refused."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from scheduler.casework import audit, slots
from scheduler.casework.cancelling import Cancel, cancel
from scheduler.casework.changes import Change
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.states import ConsultationState, Refused
from scheduler.models import Block, Consultation, ConsultationChange, db
from tests.builders.firm import a_firm, again
from tests.builders.races import at_once, count
from tests.builders.reports import MINUTE, a_call, letters, says, somebody
from tests.conftest import Hands, on_both

pytestmark = pytest.mark.fault

_C = ConsultationState
ATTORNEYS = ("Ana", "Eva", "Iris", "Lea", "Rita", "Sol")
SAID = [_C.CONFIRMED, _C.COMPLETED, _C.INTERRUPTED, _C.NO_SHOW]
OVER = {_C.CANCELLED_CLIENT, *SAID} - {_C.CONFIRMED}
PATIENCE = 0.3
"""Seconds: on SQLite one writes after the other, and nobody comes to the meeting."""


@pytest.fixture(autouse=True)
def both_have_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is about to lock an attorney waits for the other, so that both have read before either writes."""
    meetings: dict[tuple[int, ...], Barrier] = defaultdict(lambda: Barrier(2))
    lock_all = slots.lock_all

    def meet(session: Session, numbers: Iterable[int]) -> None:
        people = tuple(numbers)
        with suppress(BrokenBarrierError):
            meetings[people].wait(PATIENCE)
        lock_all(session, people)

    monkeypatch.setattr(slots, "lock_all", meet)


def calls(app: Flask, hands: Hands) -> list[Consultation]:
    """One of each attorney, all at the same time, which began half an hour ago."""
    firm = a_firm(app)
    for name in ATTORNEYS:
        firm.with_attorney(name)
    found = [a_call(app) for _ in ATTORNEYS]
    hands.set(found[0].starts_at + 30 * MINUTE)
    return found


def tries(app: Flask, act: Callable[[], Any]) -> Callable[[], str]:
    """A use case as a thread of the service does it: the state it led to, or that it was refused."""

    def go() -> str:
        with app.app_context():
            try:
                return str(act().state)
            except Refused:
                return "refused"

    return go


def race(app: Flask, who: SignedIn, made: list[Consultation], state: ConsultationState) -> list[list[str]]:
    """Each call is cancelled by its client while one of ours says something of it; what became of both, by call."""
    parts: Parts = app.extensions["cita"]
    found = []
    for call in made:
        ours = tries(app, lambda call=call: says(parts, who, call, state))  # type: ignore[misc]
        hers = tries(app, lambda call=call: cancel(parts, Cancel(call.id)))  # type: ignore[misc]
        found.append(at_once([ours, hers]))
    return found


def left_twice() -> int:
    """How many states were left twice, which no history can tell."""
    db.session.rollback()
    steps = db.session.query(ConsultationChange.consultation_id, ConsultationChange.old_state).all()
    return len(steps) - len(set(steps))


@on_both
@pytest.mark.parametrize("state", SAID)
def test_one_of_the_two_holds(app: Flask, parts: Parts, hands: Hands, state: ConsultationState) -> None:
    made, who = calls(app, hands), somebody(app, "attorney", "receptionist")

    answers = race(app, who, made, state)

    states = [again(Consultation, call.id).state for call in made]
    assert left_twice() == 0
    assert all(now in both and now in {*OVER, state} for now, both in zip(states, answers, strict=True))
    assert state is _C.CONFIRMED or all("refused" in both for both in answers)
    assert count(Block, active=True) == sum(now == _C.CONFIRMED for now in states)
    assert audit.verify(parts)


@on_both
def test_who_has_cancelled_is_never_written_that_she_did_not_come(app: Flask, parts: Parts, hands: Hands) -> None:
    made, who = calls(app, hands), somebody(app, "receptionist")

    race(app, who, made, _C.NO_SHOW)

    told = [{kind for kind, _state in letters(call, "cancelled_you", "missed", "rebook")} for call in made]
    assert [kinds for kinds in told if "cancelled_you" in kinds and len(kinds) > 1] == []


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_without_a_second_look_under_the_lock_both_would_hold(
    app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Change, "refuse_if_changed", lambda _change: None)
    made, who = calls(app, hands), somebody(app, "receptionist")

    race(app, who, made, _C.NO_SHOW)

    assert left_twice() > 0
