"""The button on a page of another site, in a real browser: the first free day for who may ask, a plain link for all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from config import Settings
from scheduler.casework.transaction import writing
from scheduler.models import Firm
from tests.builders.firm import a_firm
from tests.builders.web import web
from tests.journeys.conftest import PATIENCE
from tests.journeys.inspector import barriers

pytestmark = pytest.mark.browser

SITE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>The firm</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>a {{ display: inline-block; min-width: 44px; line-height: 44px }}</style></head><body><main>
<h1>The firm</h1><a href="{home}/?lang={lang}" rel="noreferrer" data-cita-free="{words}">{label}</a></main>
<script src="{home}/static/button.js" defer></script></body></html>"""
SPANISH = {"lang": "es", "words": "Primer día libre: {day}", "label": "Pedir una consulta"}
ENGLISH = {"lang": "en", "words": "First free day: {day}", "label": "Ask for a call"}


@contextmanager
def a_site(page: str) -> Iterator[str]:
    """Another site, of this one page; its origin."""

    class Says(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Says) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def home(chromium: Browser, app: Flask, settings: Settings) -> Iterator[str]:
    """The service with one attorney, running; its origin."""
    a_firm(app).with_attorney("Ana", hours="9:00-17:00")
    with web(settings):
        yield settings.base_url


@pytest.fixture
def visit(chromium: Browser, home: str) -> Iterator[Callable[..., Page]]:
    """Opens the other site, which the firm has named or not, in a window of its own."""
    opened = []

    def open_site(site: str, *, named: tuple[str, ...] = (), script: bool = True) -> Page:
        with writing() as session:
            house = session.get_one(Firm, 1)
            house.settings = {**house.settings, "embed_origins": list(named)}
        context = chromium.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=script)
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.said = said  # type: ignore[attr-defined]
        page.goto(site)
        return page

    yield open_site
    for context in opened:
        context.close()


def says(page: Page, words: str) -> bool:
    """Whether the browser says this of the page, to who looks; it is waited for."""
    for _ in range(150):
        if any(words in said for said in page.said):  # type: ignore[attr-defined]
            return True
        page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(SPANISH, "Primer día libre: miércoles, 25 de noviembre", id="in Spanish"),
        pytest.param(ENGLISH, "First free day: Wednesday, November 25", id="in English"),
    ],
)
def test_a_site_that_the_firm_has_named_shows_the_first_free_day(
    home: str, visit: Callable[..., Page], words: dict[str, str], expected: str
) -> None:
    with a_site(SITE.format(home=home, **words)) as site:
        page = visit(site, named=(site,))

        page.locator("small").wait_for()
        assert page.locator("small").all_inner_texts() == [expected]
        assert barriers(page) == []


@pytest.mark.parametrize(
    "named",
    [
        pytest.param((), id="none is named"),
        pytest.param(("http://127.0.0.1",), id="another port of the same machine"),
        pytest.param(("{other}",), id="the same page by another name"),
    ],
)
def test_a_site_that_is_not_named_shows_the_link_alone(
    home: str, visit: Callable[..., Page], named: tuple[str, ...]
) -> None:
    with a_site(SITE.format(home=home, **SPANISH)) as site:
        other = site.replace("127.0.0.1", "localhost")
        page = visit(site, named=tuple(one.format(other=other) for one in named))

        assert says(page, "Access-Control-Allow-Origin")
        assert page.locator("small").count() == 0
        assert page.get_by_role("link", name=SPANISH["label"]).is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_link_leads_to_the_start_with_and_without_script(
    home: str, visit: Callable[..., Page], script: bool
) -> None:
    with a_site(SITE.format(home=home, **SPANISH)) as site:
        page = visit(site, named=(site,), script=script)
        page.get_by_role("link", name=SPANISH["label"]).click()
        page.wait_for_load_state()

        assert page.url.startswith(home)
        assert page.locator("html").get_attribute("lang") == "es"
        assert not script or page.evaluate("document.referrer") == ""


def test_while_nothing_answers_the_link_stands_and_nothing_breaks(
    home: str, visit: Callable[..., Page], chromium: Browser
) -> None:
    with a_site(SITE.format(home=home, **SPANISH)) as site:
        page = chromium.new_context().new_page()
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.route("**/api/slots*", lambda route: route.fulfill(status=503, body="<html>busy</html>"))
        with page.expect_response("**/api/slots*"):
            page.goto(site)
        page.wait_for_load_state("networkidle")

        assert (page.locator("small").count(), broken) == (0, [])
        assert page.get_by_role("link", name=SPANISH["label"]).is_visible()
        page.context.close()


def test_a_page_of_ours_does_not_show_inside_the_site(home: str, visit: Callable[..., Page]) -> None:
    with a_site(f'<!doctype html><html lang="es"><title>x</title><iframe src="{home}/"></iframe></html>') as site:
        page = visit(site, named=(site,))

        assert says(page, "frame-ancestors")
        assert "Citas" not in page.frames[-1].content()
