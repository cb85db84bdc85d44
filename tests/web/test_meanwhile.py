"""A page of facts that was corrected elsewhere while she wrote: nothing typed is lost, and she decides."""

import re

import pytest
from flask import Flask

from scheduler.casework import versions
from scheduler.casework.correcting import Correction, correct
from scheduler.casework.documents import open_answers
from scheduler.casework.parts import Parts
from scheduler.models import Consultation, Intake
from tests.builders.browser import Browser
from tests.builders.corrected import MATAMOROS
from tests.builders.firm import again
from tests.builders.staff import a_login, at_the_desk, who_is
from tests.web.conftest import prove_by_code

JUAREZ = {"current_country": "MX", "mx_city": "ciudad_juarez"}
TOLD = "Esto cambió mientras usted escribía."
TOLD_AT_THE_DESK = "This was changed while you were writing."


@pytest.fixture
def facts(app: Flask, browser: Browser, booked: Consultation, page: str) -> str:
    prove_by_code(browser, app, booked, f"{page}/facts")
    return f"{page}/facts/where"


@pytest.fixture
def at_desk(booked: Consultation) -> str:
    return f"/desk/intake/{booked.intake_id}/facts/where"


def city(parts: Parts, booked: Consultation) -> str:
    return str(open_answers(parts, again(Intake, booked.intake_id))["mx_city"])


def chosen(browser: Browser, code: str) -> bool:
    return bool(re.search(rf'value="{code}"[^>]* (selected|checked)', browser.seen.text))


def the_desk_writes(app: Flask, booked: Consultation, **answers: str) -> None:
    who = who_is(a_login(app, name="Robin Sentinelstaff"))
    correct(app.extensions["cita"], Correction(booked.intake_id, "where", answers, who.id, "paper_seen"))


def test_what_the_desk_wrote_is_not_overwritten_unseen(
    app: Flask, parts: Parts, browser: Browser, booked: Consultation, facts: str
) -> None:
    browser.get(facts)
    the_desk_writes(app, booked, **MATAMOROS)

    answer = browser.post(facts, **JUAREZ)

    assert (answer.status_code, answer.headers["Location"], city(parts, booked)) == (303, facts, "matamoros")


def test_she_sees_what_is_saved_now_what_she_wrote_and_nothing_of_who_it_was(
    app: Flask, browser: Browser, booked: Consultation, facts: str
) -> None:
    browser.get(facts)
    the_desk_writes(app, booked, **MATAMOROS)

    browser.follow(browser.post(facts, **JUAREZ))

    assert f"{TOLD} Ahora está guardado: ¿En qué ciudad o zona? Matamoros" in browser.text
    assert chosen(browser, "ciudad_juarez")
    assert not [word for word in ("Sentinelstaff", "paper_seen", "staff:") if word in browser.seen.text]


def test_she_saves_hers_once_she_has_seen_it(
    app: Flask, parts: Parts, browser: Browser, booked: Consultation, facts: str
) -> None:
    browser.get(facts)
    the_desk_writes(app, booked, **MATAMOROS)
    browser.follow(browser.post(facts, **JUAREZ))

    browser.follow(browser.post(facts, **JUAREZ))

    assert (city(parts, booked), TOLD in browser.text) == ("ciudad_juarez", False)


def test_or_she_keeps_what_is_saved(
    app: Flask, parts: Parts, browser: Browser, booked: Consultation, facts: str
) -> None:
    browser.get(facts)
    the_desk_writes(app, booked, **MATAMOROS)
    browser.follow(browser.post(facts, **JUAREZ))

    browser.follow(browser.post(facts, keep="1"))
    shown = (chosen(browser, "matamoros"), TOLD in browser.text)
    browser.get(facts)

    assert shown == (chosen(browser, "matamoros"), TOLD in browser.text) == (True, False)
    assert city(parts, booked) == "matamoros"


def test_what_changes_while_she_mends_a_mistake_is_told_too(
    app: Flask, browser: Browser, booked: Consultation, facts: str
) -> None:
    browser.get(facts)
    browser.post(facts, current_country="US")
    the_desk_writes(app, booked, **MATAMOROS)

    browser.get(facts)

    assert TOLD in browser.text


def test_of_two_tabs_the_later_one_is_asked(parts: Parts, browser: Browser, booked: Consultation, facts: str) -> None:
    browser.get(facts)
    seen = browser.seen
    browser.post(facts, **MATAMOROS)
    browser.seen = seen

    answer = browser.post(facts, **JUAREZ)

    assert (answer.headers["Location"], city(parts, booked)) == (facts, "matamoros")


def test_of_two_at_the_desk_the_later_one_is_asked_and_finds_what_she_typed(
    app: Flask, parts: Parts, booked: Consultation, at_desk: str
) -> None:
    one, other = at_the_desk(app, "receptionist"), at_the_desk(app, "paralegal")
    for browser in (one, other):
        browser.get(at_desk)
    one.post(at_desk, **MATAMOROS, source="client_said")

    other.seen = other.post(at_desk, **JUAREZ, source="paper_seen")

    assert (other.seen.status_code, city(parts, booked)) == (409, "matamoros")
    assert f"{TOLD_AT_THE_DESK} Saved now:" in other.text
    assert (chosen(other, "ciudad_juarez"), chosen(other, "paper_seen")) == (True, True)
    assert other.post(at_desk, **JUAREZ, source="paper_seen").status_code == 303
    assert city(parts, booked) == "ciudad_juarez"


def test_what_she_corrected_meanwhile_is_not_overwritten_at_the_desk(  # noqa: PLR0917 - both doors
    app: Flask, parts: Parts, browser: Browser, booked: Consultation, facts: str, at_desk: str
) -> None:
    desk = at_the_desk(app, "receptionist")
    desk.get(at_desk)
    browser.get(facts)
    browser.post(facts, **MATAMOROS)

    answer = desk.post(at_desk, **JUAREZ, source="client_said")

    assert (answer.status_code, city(parts, booked)) == (409, "matamoros")


def test_a_look_that_finds_nothing_changed_would_be_noticed(  # noqa: PLR0917 - both doors
    app: Flask, parts: Parts, browser: Browser, booked: Consultation, facts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.get(facts)
    the_desk_writes(app, booked, **MATAMOROS)
    monkeypatch.setattr(versions, "changed", lambda *_: ())

    browser.post(facts, **JUAREZ)

    assert city(parts, booked) == "ciudad_juarez"


@pytest.mark.parametrize("version", [pytest.param("", id="none"), pytest.param("é\x00" * 999, id="nonsense")])
def test_who_does_not_say_what_she_saw_has_seen_nothing(
    parts: Parts, browser: Browser, booked: Consultation, facts: str, version: str
) -> None:
    browser.get(facts)
    browser.post(facts, **MATAMOROS)
    browser.get(facts)

    browser.seen = browser.follow(browser.post(facts, **JUAREZ, version=version))

    assert (browser.seen.status_code, city(parts, booked), TOLD in browser.text) == (200, "matamoros", True)
    assert chosen(browser, "ciudad_juarez")


def test_nor_at_the_desk(app: Flask, parts: Parts, booked: Consultation, at_desk: str) -> None:
    desk = at_the_desk(app, "receptionist")
    desk.get(at_desk)

    answer = desk.post(at_desk, **JUAREZ, source="client_said", version="")

    assert (answer.status_code, city(parts, booked) == "ciudad_juarez") == (409, False)
