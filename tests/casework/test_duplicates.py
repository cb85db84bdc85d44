"""Who may have asked before is flagged, and a person at the desk decides."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import duplicates, search
from scheduler.casework.documents import open_answers
from scheduler.casework.duplicates import OlderIsOver, StillBooked, merge
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState, Refused
from scheduler.engine.urgency import Level
from scheduler.models import Intake
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again, an_intake
from tests.builders.staff import a_login, at_the_desk, quick_hashes, who_is
from tests.conftest import Hands, on_both

ANOTHER: dict[str, Any] = {
    "given_names": "Luz",
    "family_names": "Paz",
    "birth_date": {"y": 1971, "m": None, "d": None, "precision": "year", "unknown": False},
    "contact_phone": "+526640000000",
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


def found_by_hashes(app: Flask, **answers: Any) -> Intake:
    """An intake as it is once it was sent."""
    parts: Parts = app.extensions["cita"]
    intake = an_intake(app, **answers)
    with writing() as session:
        row = session.get_one(Intake, intake.id)
        said = open_answers(parts, row)
        search.index(session, parts.keyring.firm("search"), row.id, said)
        session.flush()
        duplicates.mark(session, parts, row, said)
    found: Intake = again(Intake, intake.id)
    return found


@on_both
@pytest.mark.parametrize(
    ("answers", "is_flagged"),
    [
        pytest.param({**ANOTHER, "contact_phone": "+526641234567"}, True, id="the same number"),
        pytest.param({**ANOTHER, "a_number": "012345678"}, True, id="the same A-number"),
        pytest.param({"contact_phone": "+526640000000"}, True, id="the same name and year"),
        pytest.param(
            {"contact_phone": "+526640000000", "given_names": "Hernández", "family_names": "Rosa Elena Paz"},
            True,
            id="the same words in another order",
        ),
        pytest.param(
            {"contact_phone": "+526640000000", "birth_date": ANOTHER["birth_date"]}, False, id="the same name alone"
        ),
        pytest.param(
            {"contact_phone": "+526640000000", "birth_date": {"unknown": True}}, False, id="her year is not known"
        ),
        pytest.param(ANOTHER, False, id="nothing in common"),
    ],
)
def test_who_may_have_asked_before_is_flagged(app: Flask, answers: dict[str, Any], is_flagged: bool) -> None:
    a_firm(app)
    found_by_hashes(app, a_number="012345678")

    intake = found_by_hashes(app, **answers)

    assert ("possible_duplicate" in intake.flags) is is_flagged


@pytest.mark.parametrize(("days", "is_flagged"), [(180, False), (179, True)])
def test_only_the_last_180_days_are_looked_at(app: Flask, hands: Hands, days: int, is_flagged: bool) -> None:
    a_firm(app)
    found_by_hashes(app)
    hands.set(hands.now + timedelta(days=days))

    intake = found_by_hashes(app)

    assert ("possible_duplicate" in intake.flags) is is_flagged


@on_both
def test_merged_the_older_stays(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    old = found_by_hashes(app)
    hands.set(hands.now + timedelta(days=1))
    new = found_by_hashes(app)

    kept = merge(parts, who_is(a_login(app, "receptionist")), old.id, new.id)

    assert (kept, again(Intake, old.id).state, again(Intake, new.id).state) == (old.id, old.state, "merged")


def test_who_is_booked_is_not_merged_away(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app).with_attorney("Ana")
    old = found_by_hashes(app)
    hands.set(hands.now + timedelta(minutes=1))
    call = a_booking(app, "2026-11-27T17:00")

    with pytest.raises(StillBooked):
        merge(parts, who_is(a_login(app, "paralegal")), old.id, call.intake_id)


@pytest.mark.parametrize("state", [IntakeState.WITHDRAWN, IntakeState.DECLINED, IntakeState.CONVERTED])
def test_who_asks_again_is_not_merged_into_what_is_over(
    app: Flask, parts: Parts, hands: Hands, state: IntakeState
) -> None:
    a_firm(app)
    old = an_intake(app, state=state)
    hands.set(hands.now + timedelta(days=1))
    new = an_intake(app)

    with pytest.raises(OlderIsOver):
        merge(parts, who_is(a_login(app, "receptionist")), old.id, new.id)
    assert again(Intake, new.id).state == new.state


def test_merged_the_older_is_as_urgent_as_the_newer(app: Flask, parts: Parts, hands: Hands) -> None:
    a_firm(app)
    old = an_intake(app)
    hands.set(hands.now + timedelta(days=1))
    new = an_intake(app)
    seen_by = hands.now + timedelta(days=2)
    with writing() as session:
        urgent = session.get_one(Intake, new.id)
        urgent.urgency, urgent.must_be_seen_by = Level.U1, seen_by

    merge(parts, who_is(a_login(app, "receptionist")), old.id, new.id)

    kept = again(Intake, old.id)
    assert (kept.urgency, kept.must_be_seen_by <= seen_by) == (Level.U1, True)


def test_who_checks_names_does_not_merge(app: Flask, parts: Parts) -> None:
    a_firm(app)
    old, new = found_by_hashes(app), found_by_hashes(app)

    with pytest.raises(Refused):
        merge(parts, who_is(a_login(app, "conflicts")), old.id, new.id)


def test_the_desk_sees_the_other_and_merges_with_one_button(app: Flask, hands: Hands) -> None:
    a_firm(app)
    old = found_by_hashes(app)
    hands.set(hands.now + timedelta(minutes=1))
    new = found_by_hashes(app)
    browser = at_the_desk(app, "receptionist")
    shown = browser.get(f"/desk/intake/{new.id}").text

    browser.follow(browser.post(f"/desk/intake/{new.id}/merge/{old.id}"))

    assert (old.ref in shown, again(Intake, new.id).state) == (True, IntakeState.MERGED)


@pytest.mark.parametrize(
    ("further", "names_it"),
    [pytest.param(0, False, id="who may not hear the other"), pytest.param(1, True, id="anybody else")],
)
def test_the_other_is_named_to_none_whom_it_screens_off(app: Flask, hands: Hands, further: int, names_it: bool) -> None:
    house = a_firm(app).with_attorney("Ana").with_attorney("Eva")
    old = found_by_hashes(app)
    with writing() as session:
        session.get_one(Intake, old.id).screened_off = [house.number("Ana")]
    hands.set(hands.now + timedelta(minutes=1))
    new = found_by_hashes(app)
    browser = at_the_desk(app, "paralegal", person=house.number("Ana") + further)

    shown = browser.get(f"/desk/intake/{new.id}").text

    assert (old.ref in shown, "Perhaps asked before" in shown) == (names_it, names_it)
