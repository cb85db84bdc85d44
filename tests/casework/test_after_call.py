"""After a call: her letter, without which none is closed, and her dates that are near."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import after_call, links
from scheduler.casework.after_call import NoLetter
from scheduler.casework.delivery import deliver_one
from scheduler.casework.ending import End, end
from scheduler.casework.parts import Parts
from scheduler.casework.referring import Office
from scheduler.casework.reopening import ENDED, reopen
from scheduler.casework.silencing import Silence, silence
from scheduler.engine.calls import Letter, Result
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import ConsultationState, IntakeState
from scheduler.models import Consultation, Intake, Outbox, db
from tests.builders.firm import a_firm, again
from tests.builders.reports import MINUTE, a_call, open_tasks, says, somebody, talked
from tests.conftest import Hands, on_both

_C = ConsultationState
NEAR, FAR = "2027-01-20", "2027-06-01"
"""Within sixty days of the call, and later."""


def messages() -> list[str]:
    """How far each message has come that says that one waits."""
    db.session.rollback()
    return list(db.session.scalars(select(Outbox.state).where(Outbox.kind == "message_waiting")))


def state_of(call: Consultation) -> str:
    return str(again(Consultation, call.id).state)


def letter_of(parts: Parts, call: Consultation) -> after_call.Written | None:
    return after_call.letter(parts, again(Intake, call.intake_id))


@on_both
def test_she_is_written_that_a_message_waits_and_the_letter_does(app: Flask, parts: Parts, hands: Hands) -> None:
    call = talked(app, parts, hands, next_hearing_date=NEAR)

    found = letter_of(parts, call)

    assert (messages(), "read_letter" in open_tasks(call.intake_id)) == (["waiting"], False)
    assert found == after_call.Written(call.starts_at, call.client_zone, (("next_hearing_date", date(2027, 1, 20)),))
    assert links.again(parts, call.intake_id, links.AGAIN)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"may_write": "no"}, id="she may not be written to"),
        pytest.param({"device_safe": "no"}, id="others see her device"),
        pytest.param({"contact_channel": "call"}, id="she is only called"),
    ],
)
def test_whom_nothing_is_written_a_person_reads_it_to_in_a_safe_hour(
    app: Flask, parts: Parts, hands: Hands, answers: dict[str, Any]
) -> None:
    call = talked(app, parts, hands, **answers)

    assert messages() == []
    assert open_tasks(call.intake_id)["read_letter"] >= hands.now
    assert letter_of(parts, call) is not None


def test_a_message_is_not_lost_over_a_weekend(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    call = a_call(app, safe_times=["morning"])
    hands.set(call.starts_at + timedelta(hours=5))
    says(parts, somebody(app, "attorney"), call, _C.COMPLETED, letter=Letter.AFTER_CALL)

    hands.set(call.starts_at + timedelta(days=2, hours=23, minutes=30))
    while deliver_one(parts):
        pass

    assert (messages(), "read_letter" in open_tasks(call.intake_id)) == (["sent"], False)


@pytest.mark.parametrize("why", list(Unreachable))
def test_of_whom_others_have_the_phone_nobody_writes_and_nobody_reads(
    app: Flask, parts: Parts, hands: Hands, why: Unreachable
) -> None:
    a_firm(app).with_attorney("Ana")
    call, who = a_call(app), somebody(app, "attorney")
    hands.set(call.starts_at + 50 * MINUTE)
    silence(parts, who, Silence(call.intake_id, why))

    says(parts, who, call, _C.COMPLETED, letter=Letter.AFTER_CALL)

    assert (messages(), "read_letter" in open_tasks(call.intake_id)) == ([], False)
    assert letter_of(parts, call) is None
    says(parts, who, call, _C.FOLLOW_UP)
    with pytest.raises(NoLetter):
        says(parts, who, call, _C.CLOSED, letter=Letter.AFTER_CALL)


@on_both
@pytest.mark.parametrize(
    ("given", "state"),
    [
        pytest.param((Letter.AFTER_CALL, None), "closed", id="the letter"),
        pytest.param((Letter.ENGAGEMENT, None), "closed", id="an agreement"),
        pytest.param((Letter.NONE, Letter.AFTER_CALL), "closed", id="the letter at the end"),
        pytest.param((Letter.NONE, Letter.ENGAGEMENT), "closed", id="an agreement at the end"),
        pytest.param((Letter.NONE, None), "follow_up", id="nothing"),
        pytest.param((Letter.NONE, Letter.NONE), "follow_up", id="still nothing"),
    ],
)
def test_without_a_letter_nothing_is_closed(
    app: Flask, parts: Parts, hands: Hands, given: tuple[Letter, Letter | None], state: str
) -> None:
    call, helper = talked(app, parts, hands, given[0]), somebody(app, "paralegal")
    says(parts, helper, call, _C.FOLLOW_UP)

    try:
        says(parts, helper, call, _C.CLOSED, letter=given[1])
    except NoLetter:
        assert state == "follow_up"

    assert state_of(call) == state


def test_a_call_closed_without_one_would_be_noticed(
    app: Flask, parts: Parts, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(after_call, "refuse_without_letter", lambda _tried, _row: None)
    call = talked(app, parts, hands, Letter.NONE)
    helper = somebody(app, "paralegal")
    says(parts, helper, call, _C.FOLLOW_UP)

    assert says(parts, helper, call, _C.CLOSED, letter=None).state == "closed"


def test_she_is_written_once_however_often_it_is_said(app: Flask, parts: Parts, hands: Hands) -> None:
    call, who = talked(app, parts, hands), somebody(app, "attorney")
    for state in (_C.COMPLETED, _C.FOLLOW_UP, _C.CLOSED):
        hands.set(hands.now + timedelta(hours=1))
        says(parts, who, call, state, letter=Letter.AFTER_CALL)

    assert messages() == ["waiting"]


@pytest.mark.parametrize("result", [Result.REFER, Result.DECLINE])
def test_whom_we_do_not_go_on_with_has_the_letter_that_says_so_and_no_other(
    app: Flask, parts: Parts, hands: Hands, result: Result
) -> None:
    a_firm(app).with_attorney("Ana")
    call, who = a_call(app), somebody(app, "attorney")
    hands.set(call.starts_at + 50 * MINUTE)
    says(parts, who, call, _C.COMPLETED, result=result, back_on=None, letter=Letter.AFTER_CALL)
    before = messages()

    state = IntakeState.REFERRED if result is Result.REFER else IntakeState.DECLINED
    end(parts, who, End(call.intake_id, state, "capacity", Office("Casa Dos")))
    says(parts, who, call, _C.FOLLOW_UP)
    says(parts, who, call, _C.CLOSED, letter=None)

    assert (before, messages(), state_of(call), letter_of(parts, call)) == ([], ["waiting"], "closed", None)


@pytest.mark.parametrize(
    ("day", "asked"), [pytest.param(NEAR, True, id="near"), pytest.param(FAR, False, id="far"), (None, False)]
)
def test_a_date_that_is_near_is_somebody_s_at_once(
    app: Flask, parts: Parts, hands: Hands, day: str | None, asked: bool
) -> None:
    call = talked(app, parts, hands, next_hearing_date=day)

    assert ("dates_near" in open_tasks(call.intake_id)) == asked
    assert not asked or open_tasks(call.intake_id)["dates_near"] <= hands.now


def test_who_has_signed_is_told_no_more_that_she_has_not(app: Flask, parts: Parts, hands: Hands) -> None:
    call, who = talked(app, parts, hands, next_hearing_date=NEAR), somebody(app, "attorney")

    end(parts, who, End(call.intake_id, IntakeState.CONVERTED))

    assert "dates_near" not in open_tasks(call.intake_id)
    assert (messages(), letter_of(parts, call)) == (["dropped"], None)
    hands.set(hands.now + timedelta(hours=1))
    reopen(parts, who, call.intake_id, ENDED)
    assert "dates_near" in open_tasks(call.intake_id)
