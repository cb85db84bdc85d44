"""The button on the firm's own site: a link, less than a kilobyte of script, and no page of ours inside another."""

import pytest
from flask import Flask

from scheduler.web.assets import EMBEDDED
from tests.builders.browser import Browser
from tests.builders.firm import a_firm


def test_other_sites_may_load_the_button_and_it_is_small_and_not_kept_for_long(browser: Browser) -> None:
    with browser.get(f"/static/{EMBEDDED}") as answer:
        assert (answer.status_code, answer.headers["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")
        assert len(answer.data) <= 1024
        assert answer.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("file", ["client.js", "client.css", "desk.css"])
def test_other_sites_may_load_nothing_else(browser: Browser, file: str) -> None:
    with browser.get(f"/static/{file}") as answer:
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("page", ["/", "/apply/safety", "/resume", "/staff/login", "/api/slots", "/x"])
def test_no_page_of_ours_is_shown_inside_another(app: Flask, browser: Browser, page: str) -> None:
    a_firm(app)

    answer = browser.get(page)

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
