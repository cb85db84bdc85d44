"""Two tabs with one page of Part B: nobody overwrites what she has not seen, and nothing typed is lost."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import versions
from scheduler.models import Consultation
from tests.builders.browser import Browser
from tests.web.part_b.conftest import TYPED, send, stored

TOLD = "Esto cambió mientras usted escribía. Ahora está guardado:"
HIDDEN = "Contestada. Para protegerla, aquí no la mostramos."
MINE = {"prior_applications": ["tps"], "attorney_name": "Solano", "uscis_receipt": "IOE0987654321"}


def late(browser: Browser, path: str, first: dict[str, Any], second: dict[str, Any]) -> str:
    """Two tabs open a page; what is sent from the first, then from the second, and where that leads."""
    browser.get(path)
    other_tab = browser.seen
    browser.post(path, **first)
    browser.seen = other_tab
    return browser.post(path, **second).headers["Location"]


def test_the_later_tab_overwrites_nothing(app: Flask, call: Consultation, browser: Browser, more: str) -> None:
    path = f"{more}/past"

    assert late(browser, path, TYPED["past"], MINE) == path
    assert stored(app, call)["attorney_name"] == "Ruiz"


def test_it_shows_what_is_saved_and_what_she_typed(browser: Browser, more: str) -> None:
    late(browser, f"{more}/past", TYPED["past"], MINE)

    browser.get(f"{more}/past")

    assert (TOLD in browser.text, "Ruiz" in browser.text) == (True, True)
    assert ('value="Solano"' in browser.seen.text, 'value="IOE0987654321"' in browser.seen.text) == (True, True)


def test_then_she_puts_hers_in_its_place(app: Flask, call: Consultation, browser: Browser, more: str) -> None:
    late(browser, f"{more}/past", TYPED["past"], MINE)

    assert send(browser, f"{more}/past", **MINE) == f"{more}/papers"
    assert stored(app, call)["attorney_name"] == "Solano"


def test_or_keeps_what_is_saved(app: Flask, call: Consultation, browser: Browser, more: str) -> None:
    late(browser, f"{more}/past", TYPED["past"], MINE)

    send(browser, f"{more}/past", keep="1")
    browser.get(f"{more}/past")

    assert (TOLD in browser.text, "Solano" in browser.seen.text) == (False, False)
    assert stored(app, call)["attorney_name"] == "Ruiz"


def test_of_what_is_not_shown_again_she_reads_only_that_it_was_answered(browser: Browser, more: str) -> None:
    late(browser, f"{more}/reasons", TYPED["reasons"], {"fear_note": "Otra cosa.", "harm_when": "several"})

    browser.get(f"{more}/reasons")

    assert (HIDDEN in browser.text, "Amenazas." in browser.seen.text, "Otra cosa." in browser.seen.text) == (
        True,
        False,
        True,
    )


def test_the_same_twice_goes_on(browser: Browser, more: str) -> None:
    assert late(browser, f"{more}/past", TYPED["past"], TYPED["past"]) == f"{more}/papers"


@pytest.mark.parametrize(
    "version", [pytest.param("", id="none"), pytest.param("x" * 5000, id="too long"), pytest.param("é\x00", id="none")]
)
def test_who_does_not_say_what_she_saw_has_seen_nothing(
    app: Flask, call: Consultation, browser: Browser, more: str, version: str
) -> None:
    send(browser, f"{more}/past", **TYPED["past"])

    assert send(browser, f"{more}/past", **MINE, version=version) == f"{more}/past"
    assert (browser.get(f"{more}/past").status_code, TOLD in browser.text) == (200, True)
    assert stored(app, call)["attorney_name"] == "Ruiz"


def test_two_pages_that_are_refused_wait_both(browser: Browser, more: str) -> None:
    send(browser, f"{more}/reasons", harm_when="nonsense", fear_note="Sentinelone")
    send(browser, f"{more}/past", prior_applications="nonsense", attorney_name="Sentineltwo")

    shown = [word in browser.get(f"{more}/{page}").text for page, word in REFUSED]

    assert shown == [True, True]


REFUSED = (("reasons", "Sentinelone"), ("past", "Sentineltwo"))


def test_without_the_look_the_later_tab_would_win(
    app: Flask, call: Consultation, browser: Browser, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "changed", lambda *_: ())

    late(browser, f"{more}/past", TYPED["past"], MINE)

    assert stored(app, call)["attorney_name"] == "Solano"
