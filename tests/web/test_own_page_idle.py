"""Her own page, too, asks whether she is still there, then goes; what was proved on it goes with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import visits
from scheduler.engine.states import IntakeState
from scheduler.web.proving import PROVEN
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm
from tests.conftest import Hands
from tests.web.conftest import DEVICES, START, prove

Opens = Callable[..., tuple[Browser, str]]

BEHIND = [
    pytest.param("move", {}, id="other times"),
    pytest.param("facts/where", {"may_write": "no"}, id="her facts"),
    pytest.param("more/people", {}, id="Part B"),
    pytest.param("files", {}, id="files"),
]


def minutes(hands: Hands, count: float) -> None:
    hands.set(hands.now + timedelta(minutes=count))


@pytest.fixture
def opens(app: Flask) -> Opens:
    """Opens what lies behind the proof of a new booking, by the year of birth; the browser and her page's address."""
    a_firm(app).with_attorney("Ana").with_attorney("Eva")

    def open_page(path: str = "move", start: str = START, **answers: Any) -> tuple[Browser, str]:
        page, browser = own_page(app, a_booking(app, start, state=IntakeState.CLEARED, **answers)), Browser(app)
        prove(browser, f"{page}/{'facts' if path.startswith('facts') else path}")
        browser.get(f"{page}/{path}")
        return browser, page

    return open_page


def asks_again(browser: Browser, address: str) -> bool:
    browser.follow(browser.get(address)) if browser.get(address).status_code == 303 else None
    return "¿Es usted?" in browser.text


@pytest.mark.parametrize(("answers", "limit"), DEVICES)
def test_what_lies_behind_the_proof_stays_open_so_long_and_no_longer(
    opens: Opens, hands: Hands, answers: dict[str, Any], limit: int
) -> None:
    early, page = opens(**answers)
    late, other = opens(start="2026-11-30T18:00", **answers)

    minutes(hands, limit - 0.1)
    before = asks_again(early, f"{page}/move")
    minutes(hands, 0.1)

    assert (before, asks_again(late, f"{other}/move")) == (False, True)


@pytest.mark.parametrize(("path", "answers"), BEHIND)
def test_each_page_behind_it_closes(opens: Opens, hands: Hands, path: str, answers: dict[str, Any]) -> None:
    browser, page = opens(path, **answers)
    open_before = asks_again(browser, f"{page}/{path}")
    minutes(hands, 60)

    assert (open_before, asks_again(browser, f"{page}/{path}")) == (False, True)


@pytest.mark.parametrize(("answers", "limit"), DEVICES)
@pytest.mark.parametrize("path", ["", "/move"])
def test_the_page_asks_two_minutes_before_with_script_and_without(
    opens: Opens, path: str, answers: dict[str, Any], limit: int
) -> None:
    browser, page = opens(**answers)

    text = browser.get(f"{page}{path}").text

    after, asking = limit * 60 - 120, f"{page}/still-here" + ("?page=move" if path else "")
    assert f'<noscript><meta http-equiv="refresh" content="{after};url={asking}"></noscript>' in text
    assert f'data-ends="{limit * 60}" data-asks="{after}"' in text
    assert f'<form method="post" action="{page}/still-here">' in text


def test_the_question_stands_for_what_is_left_and_keeps_nothing_open(opens: Opens, hands: Hands) -> None:
    browser, page = opens()
    minutes(hands, 58)

    asked = browser.get(f"{page}/still-here?page=move").text
    minutes(hands, 2)

    assert '<meta http-equiv="refresh" content="120;url=/x">' in asked
    assert asks_again(browser, f"{page}/move")


def test_who_is_still_there_goes_back_to_it_for_as_long_again(opens: Opens, hands: Hands) -> None:
    browser, page = opens("facts/where", may_write="no")
    minutes(hands, 59)
    browser.get(f"{page}/still-here?page=facts/where")

    answer = browser.post(f"{page}/still-here", page="facts/where")
    minutes(hands, 59)

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{page}/facts/where")
    assert browser.get(f"{page}/facts/where").status_code == 200


@pytest.mark.parametrize("said", ["//elsewhere.example", "https://elsewhere.example", "../desk", "", "a" * 99, "elena"])
def test_nobody_is_led_elsewhere_by_that_page(opens: Opens, said: str) -> None:
    browser, page = opens()

    assert browser.post(f"{page}/still-here", page=said).headers["Location"] == page


def test_once_it_is_over_the_question_leads_to_the_empty_page_and_the_proof_is_forgotten(
    opens: Opens, hands: Hands
) -> None:
    browser, page = opens()
    minutes(hands, 60)

    said, asked = browser.post(f"{page}/still-here"), browser.get(f"{page}/still-here")
    browser.get("/x")

    with browser.client.session_transaction() as cookie:
        assert (asked.headers["Location"], said.headers["Location"], PROVEN in cookie) == ("/x", "/x", False)


def test_another_page_s_question_keeps_nothing_open(app: Flask, opens: Opens, hands: Hands) -> None:
    browser, page = opens()
    other = own_page(app, a_booking(app, "2026-11-30T18:00"))
    minutes(hands, 59)

    answer = browser.post(f"{other}/still-here", page="move")
    minutes(hands, 1)

    assert (answer.headers["Location"], asks_again(browser, f"{page}/move")) == ("/x", True)


def test_what_was_typed_and_refused_is_not_shown_to_who_comes_later(opens: Opens, hands: Hands) -> None:
    browser, page = opens("more/reasons")
    browser.post(f"{page}/more/reasons", fear_note="Sentinelstory " * 60)
    minutes(hands, 60)
    prove(browser, f"{page}/more/reasons")

    shown = browser.get(f"{page}/more/reasons").text

    assert ("Sentinelstory" in shown, 'name="fear_note"' in shown) == (False, True)


def test_a_page_that_stayed_open_for_a_day_would_be_noticed(
    opens: Opens, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "stays_on_screen", lambda _answers: timedelta(days=1))
    browser, page = opens()
    minutes(hands, 60)

    assert not asks_again(browser, f"{page}/move")
