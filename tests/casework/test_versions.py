"""Two who correct one page of facts at once: nobody overwrites what she has not seen."""

from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from scheduler.casework import versions
from scheduler.casework.correcting import Correction, correct
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.casework.versions import Overtaken
from scheduler.engine import corrections
from scheduler.models import Consultation, Intake, db
from tests.builders.browser import a_booking
from tests.builders.firm import a_firm, again
from tests.builders.staff import a_login, who_is
from tests.conftest import on_both

HERE, THERE = "matamoros", "ciudad_juarez"


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, "2026-11-27T17:00")


def stored(app: Flask, call: Consultation) -> dict[str, Any]:
    return open_answers(app.extensions["cita"], again(Intake, call.intake_id))


def version(app: Flask, call: Consultation) -> str:
    return versions.drawn_from(app.extensions["cita"], call.intake_id, "where", stored(app, call))


def to(call: Consultation, city: str, drawn_from: str, staff_id: UUID | None = None) -> Correction:
    return Correction(call.intake_id, "where", {"current_country": "MX", "mx_city": city}, staff_id, version=drawn_from)


def at_once(app: Flask, *wishes: Correction) -> list[str]:
    """What came of each, all sent in one moment."""
    start, came_of_it = Barrier(len(wishes)), [""] * len(wishes)

    def run(turn: int, wish: Correction) -> None:
        with app.app_context():
            start.wait()
            try:
                correct(app.extensions["cita"], wish)
                came_of_it[turn] = "kept"
            except Overtaken:
                came_of_it[turn] = "overtaken"
            db.session.remove()

    threads = [Thread(target=run, args=one) for one in enumerate(wishes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_of_it


@on_both
def test_of_her_and_the_desk_at_once_one_is_kept_and_the_other_is_asked(app: Flask, call: Consultation) -> None:
    drawn, staff = version(app, call), who_is(a_login(app)).id

    came_of_it = at_once(app, to(call, HERE, drawn), to(call, THERE, drawn, staff))

    cities = dict(zip(came_of_it, (HERE, THERE), strict=True))
    assert (sorted(came_of_it), stored(app, call)["mx_city"]) == (["kept", "overtaken"], cities["kept"])


@on_both
def test_without_the_look_both_would_be_kept_and_one_be_lost(
    app: Flask, call: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = version(app, call)
    monkeypatch.setattr(versions, "changed", lambda *_: ())

    assert at_once(app, to(call, HERE, drawn), to(call, THERE, drawn)) == ["kept", "kept"]


def test_the_same_sent_twice_is_no_other_version(app: Flask, parts: Parts, call: Consultation) -> None:
    drawn = version(app, call)
    correct(parts, to(call, HERE, drawn))

    correct(parts, to(call, HERE, drawn))

    assert stored(app, call)["mx_city"] == HERE


def test_another_page_is_another_version(app: Flask, parts: Parts, call: Consultation) -> None:
    before = version(app, call)
    correct(parts, Correction(call.intake_id, "dates", {"other_deadline": "yes", "other_deadline_date": "2027-02-03"}))

    assert version(app, call) == before


def test_nothing_is_changed_by_what_was_refused(app: Flask, parts: Parts, call: Consultation) -> None:
    drawn = version(app, call)
    correct(parts, to(call, HERE, drawn))
    before = stored(app, call)

    with pytest.raises(Overtaken):
        correct(parts, to(call, THERE, drawn))

    assert stored(app, call) == before


@pytest.mark.parametrize("page", corrections.PAGES)
def test_a_version_tells_nothing_and_is_its_intake_s_own(app: Flask, parts: Parts, page: str) -> None:
    one, other = uuid4(), uuid4()
    for key in (one, other):
        parts.keyring.make(key)
    said = dict.fromkeys(corrections.facts_of(page), "Sentinelfact")

    drawn = [versions.drawn_from(parts, intake, page, said) for intake in (one, other)]

    assert (drawn[0] == drawn[1], "Sentinelfact" in drawn[0]) == (False, False)
    assert set(versions.changed(page, *drawn)) == set(corrections.facts_of(page))


@pytest.mark.parametrize(
    "then",
    [pytest.param("00", id="too short"), pytest.param("x" * 999, id="too long"), pytest.param("é", id="none")],
)
def test_what_is_no_version_of_the_page_is_older_than_all_of_it(app: Flask, call: Consultation, then: str) -> None:
    assert versions.changed("where", then, version(app, call)) == corrections.facts_of("where")
