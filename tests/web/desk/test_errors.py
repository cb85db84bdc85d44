"""What goes wrong at the desk is said in the desk's own page."""

import pytest
from flask import Flask

from tests.builders.browser import Browser
from tests.builders.firm import a_firm
from tests.builders.staff import at_the_desk

LEAVE = 'action="/x"'


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/desk/intake/00000000-0000-0000-0000-000000000000", id="what is not there"),
        pytest.param("/desk/nowhere", id="no page at all"),
        pytest.param("/b/AAAAAAAA", id="what her role may not see"),
    ],
)
def test_an_error_at_the_desk_leads_back_to_it_and_does_not_offer_to_leave(app: Flask, address: str) -> None:
    a_firm(app)
    browser = at_the_desk(app)

    browser.get(address)

    assert browser.seen.status_code == 404
    assert 'href="/desk"' in browser.seen.text
    assert LEAVE not in browser.seen.text


def test_what_is_refused_for_its_token_is_said_at_the_desk_too(app: Flask) -> None:
    a_firm(app)
    browser = at_the_desk(app)

    browser.seen = browser.post("/staff/logout", csrf_token="wrong")

    assert (browser.seen.status_code, LEAVE in browser.seen.text) == (400, False)


def test_who_is_not_signed_in_may_leave_from_an_error(app: Flask) -> None:
    a_firm(app)
    browser = Browser(app)

    browser.get("/desk/nowhere")

    assert (browser.seen.status_code, LEAVE in browser.seen.text) == (404, True)
