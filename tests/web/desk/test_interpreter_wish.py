"""Whoever finds her an interpreter sees that there is a wish; what it is reads who hears her."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import access
from scheduler.casework.access import POLICY, Permission, Role
from scheduler.casework.more import SaveMore, look, save
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again
from tests.builders.staff import at_the_desk, confirm_names

AVOIDED = "Sentineltown"
WISH: dict[str, Any] = {"spoken_language": "mam", "interpreter_needed": "yes", "interpreter_avoid": AVOIDED}
FLAG, NOTE, CARE = "special interpreter request", "before you find one", "others present: privilege"


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    return a_booking(app, "2026-11-30T17:00", **WISH)


def pages(app: Flask, call: Consultation, role: str) -> tuple[str, str]:
    """Her page, and the one where an interpreter is chosen."""
    browser = at_the_desk(app, role)
    seen = (f"/desk/intake/{call.intake_id}", f"/desk/consultation/{call.id}/people")
    return browser.get(seen[0]).text, browser.get(seen[1]).text


def test_the_desk_sees_that_there_is_a_wish_and_never_which(app: Flask, call: Consultation) -> None:
    hers, people = pages(app, call, "receptionist")

    assert (FLAG in hers, NOTE in people, AVOIDED in hers + people) == (True, True, False)


def test_with_the_permission_the_desk_would_read_it(
    app: Flask, call: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = POLICY[Role.RECEPTIONIST] | {Permission.SEE_MORE}
    monkeypatch.setattr(access, "POLICY", {**POLICY, Role.RECEPTIONIST: more})

    hers, _people = pages(app, call, "receptionist")

    assert AVOIDED in hers


def test_without_a_wish_nothing_is_said(app: Flask) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    call = a_booking(app, "2026-11-30T17:00", **{**WISH, "interpreter_avoid": None})

    hers, people = pages(app, call, "receptionist")

    assert (FLAG in hers, NOTE in people) == (False, False)


def test_the_wish_is_seen_as_soon_as_she_says_it(app: Flask, parts: Parts) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    call = a_booking(app, "2026-11-30T17:00", **{**WISH, "interpreter_avoid": None})
    version = look(parts, call.intake_id).versions["call"]

    save(parts, call.intake_id, SaveMore("call", {"interpreter_avoid": AVOIDED}, version))

    assert "interpreter_wish" in again(Intake, call.intake_id).flags


@pytest.mark.parametrize(
    ("others", "said"),
    [
        pytest.param("family", True, id="her family"),
        pytest.param("helper", True, id="who helps her"),
        pytest.param("children", True, id="young children"),
        pytest.param("nobody", False, id="nobody"),
        pytest.param(None, False, id="she did not say"),
    ],
)
def test_the_brief_says_the_wish_and_that_others_are_there(app: Flask, others: str | None, said: bool) -> None:
    a_firm(app).with_attorney("Ana").with_interpreter("Mara", languages=("mam", "es"))
    call = a_booking(app, "2026-11-30T17:00", **WISH, others_on_call=others)
    confirm_names(app, call.intake_id)

    brief = at_the_desk(app, "attorney", person=call.attorney).get(f"/b/{again(Intake, call.intake_id).ref}").text

    line = f"<dt>Special interpreter request</dt><dd>{AVOIDED}</dd>"
    assert (line in brief, CARE in brief) == (True, said)
