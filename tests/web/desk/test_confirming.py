"""Nobody is heard before an attorney has looked at the names: the brief opens then, and no sooner."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import assigned, cases, conflict_confirming
from scheduler.casework.access import Role
from scheduler.casework.cases import NotConfirmed, NotThere
from scheduler.casework.conflict_confirming import confirm
from scheduler.casework.deciding import clear
from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.parts import Parts
from scheduler.engine.states import IntakeState
from scheduler.models import Audit, ConflictConfirmation, Consultation, Intake, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, an_intake
from tests.builders.names import keep, known
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.conftest import on_both


def confirmed() -> list[str]:
    """By which of us, as the chain says it too."""
    db.session.rollback()
    rows = db.session.scalars(select(ConflictConfirmation.confirmed_by)).all()
    said = db.session.scalars(select(Audit.actor).where(Audit.action == "conflict_confirmed")).all()
    assert [f"staff:{one}" for one in rows] == list(said)
    return list(said)


@on_both
def test_the_brief_opens_once_its_attorney_has_confirmed_the_names(app: Flask, booked: Consultation) -> None:
    ref = db.session.get_one(Intake, booked.intake_id).ref
    browser = at_the_desk(app, "attorney", person=booked.attorney)
    browser.follow(browser.get(f"/b/{ref}"))
    first = browser.text

    browser.follow(browser.post(f"/desk/intake/{booked.intake_id}/names"))
    browser.get(f"/b/{ref}")

    assert ("I looked: we may hear her" in first, "Before the call" in browser.text) == (True, True)
    assert "Names confirmed by" in browser.text
    assert len(confirmed()) == 1


@pytest.mark.parametrize("role", list(Role))
def test_only_an_attorney_confirms(app: Flask, booked: Consultation, role: Role) -> None:
    browser = at_the_desk(app, role)
    browser.get("/staff")

    answer = browser.post(f"/desk/intake/{booked.intake_id}/names").status_code

    assert (answer, len(confirmed())) == ((303, 1) if role is Role.ATTORNEY else (404, 0))


@pytest.mark.parametrize("role", list(Role))
def test_the_use_case_asks_for_the_role_itself(app: Flask, parts: Parts, booked: Consultation, role: Role) -> None:
    who = who_is(a_login(app, role))

    if role is Role.ATTORNEY:
        confirm(parts, who, booked.intake_id)
    else:
        with pytest.raises(NotThere):
            confirm(parts, who, booked.intake_id)

    assert confirmed() == ([who.actor] if role is Role.ATTORNEY else [])


@pytest.mark.parametrize("state", [state for state in IntakeState if state is not IntakeState.CLEARED])
def test_only_what_is_cleared_is_confirmed(app: Flask, parts: Parts, state: IntakeState) -> None:
    a_firm(app)
    intake = an_intake(app, state=state)

    with pytest.raises(NotThere):
        confirm(parts, who_is(a_login(app, "attorney")), intake.id)


def test_who_confirmed_first_stands(app: Flask, parts: Parts, booked: Consultation) -> None:
    first, second = who_is(a_login(app, "attorney")), who_is(a_login(app, "attorney", name="Eva"))

    for who in (first, second):
        confirm(parts, who, booked.intake_id)

    assert confirmed() == [first.actor]


@pytest.mark.parametrize(
    ("roles", "confirms"),
    [
        pytest.param(("conflicts", "attorney"), True, id="an attorney with that duty"),
        pytest.param(("conflicts",), False, id="somebody else with it"),
    ],
)
def test_an_attorney_who_clears_has_confirmed(app: Flask, parts: Parts, roles: tuple[str, ...], confirms: bool) -> None:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    against = [("Carlos Mendoza Ruiz", "person_against")]
    intake = Client(app).through_all_pages(conflict_people_any="yes", conflict_people=against).row

    clear(parts, who_is(a_login(app, *roles)), intake.id, "another Carlos")

    assert assigned.is_confirmed(intake) is confirms


def test_before_that_not_even_its_attorney_opens_the_brief(app: Flask, parts: Parts, booked: Consultation) -> None:
    who = who_is(a_login(app, "attorney", person=booked.attorney))

    with pytest.raises(NotConfirmed):
        cases.open_brief(parts, who, db.session.get_one(Intake, booked.intake_id).ref)


def test_before_that_her_story_is_closed_to_its_attorney_at_the_desk(
    app: Flask, parts: Parts, booked: Consultation
) -> None:
    who = who_is(a_login(app, "attorney", person=booked.attorney))
    intake = db.session.get_one(Intake, booked.intake_id)
    seal_answers(parts, intake, {**open_answers(parts, intake), "fear_note": "They came at night."})
    db.session.commit()
    before = cases.open_case(parts, who, booked.intake_id).answers
    confirm(parts, who, booked.intake_id)

    after = cases.open_case(parts, who, booked.intake_id).answers

    assert set(after) - set(before) == {"fear_note"}


def test_without_the_question_the_brief_would_open(
    app: Flask, parts: Parts, booked: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Takes the guard away and sees that it was what held."""
    who = who_is(a_login(app, "attorney", person=booked.attorney))
    monkeypatch.setattr(cases, "is_confirmed", lambda _intake: True)

    assert cases.open_brief(parts, who, db.session.get_one(Intake, booked.intake_id).ref)


def test_the_look_at_names_is_written_down(app: Flask, parts: Parts, booked: Consultation) -> None:
    conflict_confirming.look(parts, who_is(a_login(app, "attorney")), booked.intake_id)

    assert "names_viewed" in db.session.scalars(select(Audit.action)).all()
