"""The pages on which a decision on names is taken back."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import deciding, tasks
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Intake
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.builders.names import keep, known
from tests.builders.staff import a_login, at_the_desk, who_is

AGAINST: dict[str, Any] = {"conflict_people_any": "yes", "conflict_people": [("Carlos Mendoza Ruiz", "person_against")]}


@pytest.fixture
def declined(app: Flask, parts: Parts) -> Intake:
    a_firm(app).with_attorney("Ana")
    keep(parts, known("Carlos", "Mendoza Ruiz"))
    intake = Client(app).through_all_pages(**AGAINST).row
    deciding.decline(parts, who_is(a_login(app, "conflicts")), intake.id, "we act for him")
    return intake


def test_what_was_decided_today_stands_below_the_list_and_is_taken_back_with_a_reason(
    app: Flask, declined: Intake
) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get("/desk/conflicts")
    listed = f"{declined.ref}" in desk.text and "Can be taken back until" in desk.text
    desk.get(f"/desk/conflicts/{declined.id}/undo")

    answer = desk.post(f"/desk/conflicts/{declined.id}/undo", note="another Carlos")
    desk.follow(answer)

    assert (listed, again(Intake, declined.id).state) == (True, "conflict_review")
    assert "May we hear her?" in desk.text


def test_without_a_reason_it_stays_decided_and_she_is_asked_for_one(app: Flask, declined: Intake) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"/desk/conflicts/{declined.id}/undo")

    answer = desk.post(f"/desk/conflicts/{declined.id}/undo", note=" ")

    assert (answer.status_code, again(Intake, declined.id).state) == (400, "declined_conflict")
    assert "Write in a few words why." in answer.text


def test_what_a_person_told_her_already_is_said_before(app: Flask, parts: Parts, declined: Intake) -> None:
    desk = at_the_desk(app, "conflicts")
    desk.get(f"/desk/conflicts/{declined.id}/undo")
    before = "A person has told her" in desk.text
    with writing() as session:
        tasks.finish_all(session, deciding.TELL_TASK, declined.id, parts.clock.now())

    desk.get(f"/desk/conflicts/{declined.id}/undo")

    assert (before, "A person has told her that we cannot take it" in desk.text) == (False, True)
