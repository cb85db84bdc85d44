"""Who may not hear somebody finds her nowhere: no page, no list, and that she asked is written down."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import walls
from scheduler.models import Audit, Consultation, Intake, Task, db
from scheduler.web import access
from tests.builders.browser import Browser, a_booking
from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import at_the_desk
from tests.conftest import TUESDAY, on_both
from tests.web.desk.walk import START

LISTS = ("/desk", "/desk/consultations", "/desk/tasks")


@pytest.fixture
def call(app: Flask) -> Consultation:
    """A consultation with the first attorney, whom her client's intake screens off, and a task about it."""
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    call = a_booking(app, START)
    intake = db.session.get_one(Intake, call.intake_id)
    intake.screened_off = [call.attorney]
    task = {"dedupe": "t", "kind": "call_back", "due_at": TUESDAY, "created_at": TUESDAY}
    db.session.add(Task(intake_id=call.intake_id, **task))
    db.session.commit()
    return call


def pages(call: Consultation) -> list[str]:
    ref = db.session.get_one(Intake, call.intake_id).ref
    of_hers = (f"/desk/intake/{call.intake_id}", f"/desk/consultation/{call.id}")
    return [*of_hers, f"{of_hers[0]}/files", f"{of_hers[0]}/facts/where", f"{of_hers[1]}/people", f"/b/{ref}"]


def found(browser: Browser, ref: str) -> list[str]:
    """The lists on which a reference stands."""
    return [path for path in LISTS if ref in browser.get(path).text]


def refused() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.execute(select(Audit.actor, Audit.facts).where(Audit.action == "refused_screened_off"))
    return [(actor.partition(":")[0], facts["page"]) for actor, facts in rows]


@on_both
@pytest.mark.parametrize("role", ["attorney", "paralegal"])
def test_who_is_screened_off_opens_no_page_of_hers_and_asking_is_written_down(
    app: Flask, call: Consultation, role: str
) -> None:
    browser = at_the_desk(app, role, person=call.attorney)

    answers = [browser.get(path).status_code for path in pages(call)]

    assert set(answers) == {404}
    assert ("staff", "desk.intake") in refused()


@pytest.mark.parametrize(
    ("further", "opens"),
    [
        pytest.param(0, False, id="the one screened off"),
        pytest.param(1, True, id="another attorney"),
        pytest.param(None, True, id="nobody in the calendar"),
    ],
)
def test_everybody_else_opens_it(app: Flask, call: Consultation, further: int | None, opens: bool) -> None:
    person = None if further is None else 3 - call.attorney if further else call.attorney
    browser = at_the_desk(app, "attorney", person=person)

    answer = browser.get(f"/desk/intake/{call.intake_id}").status_code

    assert (answer, refused() == []) == ((200, True) if opens else (404, False))


@on_both
def test_she_stands_on_no_list_of_who_is_screened_off(app: Flask, call: Consultation) -> None:
    ref = db.session.get_one(Intake, call.intake_id).ref
    waiting = an_intake(app, contact_phone="+526641110000")
    waiting.screened_off = [call.attorney]
    db.session.commit()
    waits = waiting.ref

    behind, other = at_the_desk(app, "attorney", person=call.attorney), at_the_desk(app, "attorney", person=None)

    assert (found(behind, ref), found(behind, waits)) == ([], [])
    assert (found(other, ref), found(other, waits)) == (["/desk/consultations", "/desk/tasks"], ["/desk"])


def test_who_is_screened_off_takes_down_no_wall_of_her_own(app: Flask, call: Consultation) -> None:
    browser = at_the_desk(app, "attorney", "conflicts", person=call.attorney)
    browser.get("/desk")

    browser.post(f"/desk/intake/{call.intake_id}/screened")

    db.session.rollback()
    assert db.session.get_one(Intake, call.intake_id).screened_off == [call.attorney]


def test_she_ticks_off_no_task_of_hers(app: Flask, call: Consultation) -> None:
    browser = at_the_desk(app, "attorney", person=call.attorney)
    browser.get("/desk")
    task = db.session.scalars(select(Task).where(Task.dedupe == "t")).one()

    browser.post(f"/desk/tasks/{task.id}/done")

    db.session.rollback()
    assert db.session.get_one(Task, task.id).done_at is None


def test_whatever_an_address_of_the_desk_names_is_known_to_the_wall(app: Flask) -> None:
    named = {
        name
        for rule in app.url_map.iter_rules()
        if rule.endpoint in access.POLICY
        for name in re.findall(r"<(?:[^<>:]+:)?(\w+)>", rule.rule)
    }

    assert named - walls.NOBODYS == set(walls.WHOSE)


def test_without_the_wall_the_page_opens_again(app: Flask, call: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the guard away and sees that it was what held."""
    browser = at_the_desk(app, "attorney", person=call.attorney)
    monkeypatch.setattr(walls, "WHOSE", {})

    assert browser.get(pages(call)[0]).status_code == 200


def test_without_the_condition_she_stands_on_the_lists_again(
    app: Flask, call: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = db.session.get_one(Intake, call.intake_id).ref
    browser = at_the_desk(app, "attorney", person=call.attorney)
    monkeypatch.setattr(walls, "seen_by", lambda _who: ())

    assert found(browser, ref) == ["/desk/consultations", "/desk/tasks"]
