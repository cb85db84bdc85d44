"""Who has proved who she is is warned of false lawyers on her own pages; the bare link says no word of it."""

import pytest
from flask import Flask

from bench.pages import ACCEPTED, PAGE, Weighing
from scheduler.models import Consultation
from tests.builders.browser import Browser, own_page

PAGES = ["more/papers?guide=1", "files"]
FIRST = {
    "en": "In the U.S. a notario, notary or 'consultant' is not a lawyer.",
    "es": "En EE. UU. un notario, gestor o «consultor» no es abogado.",
}
LAST = {
    "en": "We call only from +12135550100 and say your secret word.",
    "es": "Solo llamamos desde +12135550100 y decimos su palabra secreta.",
}
every_page = pytest.mark.parametrize("page", PAGES)
every_language = pytest.mark.parametrize("language", ["es", "en"])


def address(browser: Browser, call: Consultation, page: str, language: str) -> str:
    return f"{own_page(browser.app, call)}/{page}{'&' if '?' in page else '?'}lang={language}"


@every_page
@every_language
def test_she_is_warned_of_false_lawyers(
    browser: Browser, call: Consultation, more: str, page: str, language: str
) -> None:
    browser.get(address(browser, call, page, language))

    assert all(said[language] in browser.text for said in (FIRST, LAST)), browser.text


@every_page
@every_language
def test_with_the_warning_the_page_is_still_light(
    browser: Browser, call: Consultation, more: str, page: str, language: str
) -> None:
    weighing = Weighing(browser.app, ACCEPTED["http"])
    weighing.client = browser.client

    weighing.get(address(browser, call, page, language))

    assert weighing.weights
    assert {path: weight for path, weight in weighing.weights.items() if weight > PAGE} == {}


@every_language
def test_the_bare_link_warns_of_nothing(app: Flask, browser: Browser, call: Consultation, language: str) -> None:
    browser.get(f"{own_page(app, call)}?lang={language}")

    assert FIRST[language][:40] not in browser.text
