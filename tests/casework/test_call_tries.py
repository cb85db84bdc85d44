"""She asked to be called and nobody answered: the call comes back, and after three of them it is over, or never is."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.casework import diary, open_calls
from scheduler.casework.call_tries import InVain, in_vain
from scheduler.casework.cases import NotThere
from scheduler.casework.parts import Parts
from scheduler.casework.reach import reach
from scheduler.casework.sessions import SignedIn
from scheduler.casework.trying import shown
from scheduler.engine.calls import Cause
from scheduler.engine.states import Actor, IntakeState
from scheduler.engine.urgency import Level
from scheduler.models import Audit, CallTry, Intake, Outbox, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, who_is
from tests.casework.appointments import a_task
from tests.conftest import Hands, on_both

ASKED = IntakeState.CALL_REQUESTED


@pytest.fixture
def desk(app: Flask) -> SignedIn:
    a_firm(app)
    return who_is(a_login(app, "receptionist"))


def one_who_asked(app: Flask, level: Level = Level.N, state: IntakeState = ASKED) -> Intake:
    intake = an_intake(app, state=state)
    intake.urgency = level
    db.session.commit()
    a_task("call_back", timedelta(hours=1), intake)
    return intake


def called(parts: Parts, desk: SignedIn, intake: Intake, hands: Hands, *causes: Cause) -> list[bool]:
    """Call her with these causes, an hour apart, from ten in the morning of Tijuana on."""
    ends = []
    for cause in causes:
        hands.set(hands.now + timedelta(hours=1))
        ends.append(in_vain(parts, desk, InVain(intake.id, cause)))
    return ends


def open_tasks(intake: Intake) -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(db.select(Task.kind).filter_by(intake_id=intake.id, done_at=None)))


@on_both
@pytest.mark.parametrize("level", list(Level))
def test_after_three_calls_the_system_withdraws_her_and_never_who_is_urgent(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, level: Level
) -> None:
    intake = one_who_asked(app, level)

    ends = called(parts, desk, intake, hands, *[Cause.NOT_REACHED] * 3)

    is_over = level in (Level.U3, Level.N)
    assert ends == [False, False, is_over]
    assert again(Intake, intake.id).state == (IntakeState.WITHDRAWN if is_over else ASKED)
    assert open_tasks(intake) == ([] if is_over else ["call_back"])
    assert db.session.query(Outbox).filter_by(intake_id=intake.id).count() == 0


def test_whoever_lets_go_of_her_is_the_system(app: Flask, parts: Parts, desk: SignedIn, hands: Hands) -> None:
    intake = one_who_asked(app)

    called(parts, desk, intake, hands, *[Cause.NOT_REACHED] * 3)

    links = db.session.query(Audit).filter_by(subject=f"intake:{intake.id}").order_by(Audit.seq)
    assert [(one.action, one.actor) for one in links][-2:] == [
        ("call_tried", desk.actor),
        ("intake_withdrawn", Actor.SYSTEM),
    ]


@pytest.mark.parametrize("state", [IntakeState.SUBMITTED, IntakeState.CONFLICT_REVIEW, IntakeState.CLEARED])
def test_who_has_sent_her_answers_is_never_let_go_of(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, state: IntakeState
) -> None:
    intake = one_who_asked(app, state=state)

    called(parts, desk, intake, hands, *[Cause.NOT_REACHED] * 5)

    assert again(Intake, intake.id).state == state
    assert open_tasks(intake) == ["call_back"]


@pytest.mark.parametrize("other", [Cause.NOT_SAFE, Cause.AT_THE_BRIDGE, Cause.MOVED, Cause.OUR_FAULT])
def test_a_call_of_another_cause_begins_the_count_anew(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, other: Cause
) -> None:
    intake = one_who_asked(app)
    reached = Cause.NOT_REACHED

    ends = called(parts, desk, intake, hands, reached, reached, other, reached, reached)

    assert (ends, again(Intake, intake.id).state) == ([False] * 5, ASKED)


def test_calls_at_night_are_written_down_and_not_counted(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    intake = one_who_asked(app)
    hands.set(hands.now + timedelta(hours=15))

    called(parts, desk, intake, hands, *[Cause.NOT_REACHED] * 4)

    assert [one.counts for one in shown(parts, intake.id)] == [False] * 4
    assert again(Intake, intake.id).state == ASKED


def test_without_the_look_at_her_hours_calls_at_night_would_count(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = one_who_asked(app)
    by_day = reach({"contact_phone": "+526641234567"}, [], "America/Tijuana", hands.now)
    hands.set(hands.now + timedelta(hours=15))
    monkeypatch.setattr("scheduler.casework.trying.reach", lambda *_said: by_day)

    assert called(parts, desk, intake, hands, *[Cause.NOT_REACHED] * 3)[-1] is True


def test_the_call_comes_back_in_an_hour_that_is_safe_for_her(
    app: Flask, parts: Parts, desk: SignedIn, hands: Hands
) -> None:
    intake = an_intake(app, state=ASKED, safe_times=["evening"])
    a_task("call_back", timedelta(hours=1), intake)

    called(parts, desk, intake, hands, Cause.NOT_REACHED)

    due = db.session.scalars(db.select(Task.due_at).filter_by(intake_id=intake.id)).one()
    there = reach({"contact_phone": "+1", "safe_times": ["evening"]}, [], "America/Tijuana", due)
    assert (due > hands.now, there.now) == (True, True)


@pytest.mark.parametrize("state", [IntakeState.DRAFT, IntakeState.WITHDRAWN, IntakeState.PURGED])
def test_what_is_over_or_not_sent_is_not_called(app: Flask, parts: Parts, desk: SignedIn, state: IntakeState) -> None:
    intake = an_intake(app, state=state)

    with pytest.raises(NotThere):
        in_vain(parts, desk, InVain(intake.id, Cause.NOT_REACHED))

    assert db.session.query(CallTry).count() == 0


def test_who_is_detained_is_sent_nothing_any_more(app: Flask, parts: Parts, desk: SignedIn, hands: Hands) -> None:
    intake = one_who_asked(app)

    called(parts, desk, intake, hands, Cause.DETAINED)

    assert "now_detained" in again(Intake, intake.id).flags
    assert "find_her" in open_tasks(intake)


def test_why_a_call_came_to_nothing_is_sealed(app: Flask, parts: Parts, desk: SignedIn, hands: Hands) -> None:
    intake = one_who_asked(app)

    called(parts, desk, intake, hands, Cause.AT_THE_BRIDGE)

    row = db.session.query(CallTry).one()
    assert b"bridge" not in (row.cause or b"")
    assert [one.cause for one in shown(parts, intake.id)] == ["at_the_bridge"]


def test_whoever_ticks_the_call_off_finds_the_next_thing_to_do(app: Flask, parts: Parts, desk: SignedIn) -> None:
    intake = one_who_asked(app)
    task = db.session.scalars(db.select(Task.id).filter_by(intake_id=intake.id)).one()

    diary.do_task(parts, desk, task)

    assert open_tasks(intake) == ["go_on_asking"]


@on_both
@pytest.mark.parametrize(
    ("state", "given"),
    [
        *[pytest.param(one, [], id=one) for one in IntakeState if one not in open_calls.WAITS_FOR],
        pytest.param(ASKED, ["go_on_asking"], id="asked to be called"),
        pytest.param(IntakeState.CONFLICT_REVIEW, ["decide_names"], id="her names are looked at"),
    ],
)
def test_nobody_who_waits_for_us_is_without_a_task(
    app: Flask, parts: Parts, state: IntakeState, given: list[str]
) -> None:
    a_firm(app)
    intake = an_intake(app, state=state)

    counts = open_calls.put_back(parts), open_calls.put_back(parts)

    assert (open_tasks(intake), counts) == (given, (len(given), 0))


def test_without_the_look_the_forgotten_stay_forgotten(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_firm(app)
    intake = an_intake(app, state=ASKED)
    monkeypatch.setattr(open_calls, "WAITS_FOR", {})

    open_calls.put_back(parts)

    assert open_tasks(intake) == []
