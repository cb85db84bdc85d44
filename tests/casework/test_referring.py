"""Another office may help her: only a yes of hers makes anybody share what she told, and she may take it back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.cases import NotThere
from scheduler.casework.diary import do_task
from scheduler.casework.documents import open_answers
from scheduler.casework.ending import End, end
from scheduler.casework.parts import Parts
from scheduler.casework.referring import SHARE_TASK, NoOffice, Office, answer, referral
from scheduler.casework.reopening import ENDED, reopen
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, Intake, Task, db
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.reviews import open_tasks
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

HOUSE = Office("Casa Dos", "+1 619 555 0100")


def referred(app: Flask, parts: Parts, office: Office = HOUSE) -> Intake:
    a_firm(app)
    intake = an_intake(app)
    end(parts, who_is(a_login(app, "paralegal")), End(intake.id, IntakeState.REFERRED, "capacity", office))
    found: Intake = again(Intake, intake.id)
    return found


def what_is_known(parts: Parts, intake: Intake) -> tuple[Office, bool | None]:
    found = referral(parts, again(Intake, intake.id))
    assert found is not None
    return found.office, found.shares


def ticked_off(app: Flask, parts: Parts) -> None:
    open_ones = select(Task.id).where(Task.kind == SHARE_TASK, Task.done_at.is_(None))
    do_task(parts, who_is(a_login(app, "receptionist")), db.session.scalars(open_ones).one())


@on_both
def test_before_she_has_said_anything_nothing_is_shared(app: Flask, parts: Parts) -> None:
    intake = referred(app, parts)

    assert (what_is_known(parts, intake), open_tasks()) == ((HOUSE, None), ["tell_referred"])


@on_both
@pytest.mark.parametrize(
    ("yes", "tasks"),
    [
        pytest.param(True, ["share_answers"], id="a yes is somebody's work"),
        pytest.param(False, [], id="a no is nobody's"),
    ],
)
def test_her_word_decides(app: Flask, parts: Parts, yes: bool, tasks: list[str]) -> None:
    intake = referred(app, parts)

    answer(parts, intake.id, yes=yes)

    assert (what_is_known(parts, intake), open_tasks()) == ((HOUSE, yes), tasks)


def test_a_no_after_a_yes_stops_what_was_not_shared_yet(app: Flask, parts: Parts) -> None:
    intake = referred(app, parts)
    answer(parts, intake.id, yes=True)

    answer(parts, intake.id, yes=False)

    assert open_tasks() == []


def test_a_no_after_it_was_shared_is_told_to_the_other_office(app: Flask, parts: Parts) -> None:
    intake = referred(app, parts)
    answer(parts, intake.id, yes=True)
    ticked_off(app, parts)

    answer(parts, intake.id, yes=False)

    assert open_tasks() == ["share_no_more"]


def test_who_changes_her_mind_before_anybody_shared_it_is_no_work_for_the_other_office(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    intake = referred(app, parts)

    for yes in (True, False, True, False):
        hands.set(hands.now + timedelta(minutes=1))
        answer(parts, intake.id, yes=yes)

    assert open_tasks() == []


def test_what_an_earlier_office_was_given_is_not_taken_back_from_the_next(
    app: Flask, parts: Parts, hands: Hands
) -> None:
    intake, who = referred(app, parts), who_is(a_login(app, "attorney"))
    answer(parts, intake.id, yes=True)
    ticked_off(app, parts)
    hands.set(hands.now + timedelta(minutes=1))
    reopen(parts, who, intake.id, ENDED)
    end(parts, who, End(intake.id, IntakeState.REFERRED, "capacity", Office("Casa Tres")))

    answer(parts, intake.id, yes=False)

    assert open_tasks() == []


@on_both
def test_nobody_shares_what_she_allowed_once_it_is_taken_back_that_she_was_referred(app: Flask, parts: Parts) -> None:
    intake = referred(app, parts)
    answer(parts, intake.id, yes=True)

    reopen(parts, who_is(a_login(app, "attorney")), intake.id, ENDED)

    assert SHARE_TASK not in open_tasks()


def test_a_yes_said_twice_is_one_task(app: Flask, parts: Parts) -> None:
    intake = referred(app, parts)

    answer(parts, intake.id, yes=True)
    answer(parts, intake.id, yes=True)

    assert open_tasks() == ["share_answers"]


def test_who_heard_her_say_it_is_known(app: Flask, parts: Parts) -> None:
    intake, desk = referred(app, parts), who_is(a_login(app, "receptionist"))

    answer(parts, intake.id, yes=True, who=desk)

    kept = open_answers(parts, again(Intake, intake.id))["shares"]
    assert kept == {"yes": True, "at": "2026-11-24T17:00:00+00:00", "by": desk.actor}
    assert db.session.scalars(select(Audit.actor).where(Audit.action == "share_yes")).one() == desk.actor


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "Casa\x07"])
def test_without_an_office_nobody_is_referred(app: Flask, parts: Parts, name: str) -> None:
    with pytest.raises(NoOffice):
        referred(app, parts, Office(name))

    assert db.session.scalars(select(Intake.state)).one() == "cleared"


@pytest.mark.parametrize("state", sorted(set(IntakeState) - {IntakeState.REFERRED}))
def test_only_who_is_referred_is_asked(app: Flask, parts: Parts, state: IntakeState) -> None:
    a_firm(app)
    intake = an_intake(app, state=state, referred_to={"name": "Casa Dos", "phone": ""})

    with pytest.raises(NotThere):
        answer(parts, intake.id, yes=True)

    assert referral(parts, intake) is None


def test_referred_once_more_she_is_asked_once_more(app: Flask, parts: Parts) -> None:
    intake, who = referred(app, parts), who_is(a_login(app, "attorney"))
    answer(parts, intake.id, yes=True)
    reopen(parts, who, intake.id, ENDED)

    end(parts, who, End(intake.id, IntakeState.REFERRED, "capacity", Office("Casa Tres")))

    assert what_is_known(parts, intake) == (Office("Casa Tres"), None)


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        pytest.param(True, True, id="it has her answers: it is told"),
        pytest.param(False, False, id="it has nothing: nobody is told"),
    ],
)
def test_an_office_that_has_her_answers_is_told_that_we_go_on_ourselves(
    app: Flask, parts: Parts, shared: bool, told: bool
) -> None:
    intake = referred(app, parts)
    answer(parts, intake.id, yes=True)
    if shared:
        ticked_off(app, parts)

    reopen(parts, who_is(a_login(app, "attorney")), intake.id, ENDED)

    assert ("share_ours_again" in open_tasks()) is told
