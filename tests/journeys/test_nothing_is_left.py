"""After "Leave now" neither the screen nor the browser's profile and cache have anything of what was typed."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from sqlalchemy import func, select

from config import Settings
from scheduler.models import Intake, db
from tests.builders.firm import a_firm
from tests.builders.leftovers import (
    Wsgi,
    answering_posts,
    on_disk,
    on_screen,
    plain,
    profile_of,
    serving_here,
    storing,
    the_weather,
)
from tests.builders.servers import free_port
from tests.journeys.conftest import FLAGS
from tests.journeys.inspector import Inspector
from tests.journeys.pages import contact, language, safety, who
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

SENT = ("Xochiquetzalli", "Zacatelolcoatl", "6641234567")
UNSENT = "Tlaltecuhtlique"
WORDS = (*SENT, "664 123 4567", UNSENT)
SENT_AGAIN = "a form that is kept to be sent once more"
BACK = 10
SETTLED = 4_000
"""Milliseconds after which a browser has written down which pages are open."""

Way: TypeAlias = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Left:
    """What was seen afterwards, what stands on disk, how many drafts there are."""

    seen: list[str]
    disk: list[str]
    drafts: int


NOTHING = Left([], [], 0)


def the_button(page: Page) -> None:
    page.get_by_role("button", name="Salir ya").click()


def shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def escape(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


def types(she: Reader) -> None:
    """Pages that are sent, one that is looked at once more, and words that are typed and not sent."""
    she.opens("/")
    she.presses("Empezar")
    for page in (safety, who, language, contact):
        page(she)
        she.presses("Continuar")
    she.sees("Sobre usted")
    she.writes("Nombre o nombres", SENT[0])
    she.writes("Apellido o apellidos", SENT[1])
    she.picks("Año", "1990", within="Fecha de nacimiento")
    she.picks("¿De qué país o países es ciudadano/a?", "Honduras")
    she.presses("Continuar")
    she.sees("Dónde está ahora")
    she.presses("Atrás")
    she.sees("Sobre usted")
    she.writes("Nombre o nombres", UNSENT)
    she.page.wait_for_timeout(SETTLED)


def looks_back(page: Page) -> list[str]:
    """As far back as it goes: what is shown, and where the browser has a form that it would send once more."""
    seen: list[str] = []
    for _ in range(BACK):
        try:
            page.go_back(wait_until="commit")
        except Error as refused:
            if "ERR_CACHE_MISS" not in refused.message:
                raise
            seen.append(SENT_AGAIN)
        page.wait_for_timeout(300)
        seen += on_screen(page, WORDS)
    return seen


def opens_again(context: BrowserContext, address: str) -> list[str]:
    """The pages by their addresses in a new tab."""
    tab = context.new_page()
    seen = []
    for path in ("/apply/about", "/apply/contact", "/apply/where", "/"):
        tab.goto(address + path)
        seen += on_screen(tab, WORDS)
    return seen


@contextmanager
def window(chromium: Browser, folder: Path, *more: str, script: bool) -> Iterator[BrowserContext]:
    path = str(shutil.which("chromium"))
    with profile_of(chromium.browser_type, path, folder, *FLAGS, *more, script=script) as context:
        yield context


@pytest.fixture
def neutral() -> Iterator[str]:
    """Another site; the driver's own answers in its place would keep the browser from using its cache."""
    port = free_port()
    with serving_here(the_weather, port):
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(autouse=True)
def firm(app: Flask, neutral: str) -> None:
    a_firm(app, neutral_site={"": neutral}).with_attorney("Ana")


@pytest.fixture
def leaves(app: Flask, chromium: Browser, settings: Settings, neutral: str, tmp_path: Path) -> Callable[..., Left]:
    """Somebody types, leaves in some way, and looks back."""
    folder = tmp_path / "profile"

    def act(way: Way, *, script: bool = True, twin: Callable[[Flask], Wsgi] = plain) -> Left:
        with serving_here(twin(app), settings.port):
            with window(chromium, folder, script=script) as context:
                she = Reader(context.pages[0], settings.base_url, Inspector(chromium))
                types(she)
                way(she.page)
                expect(she.page).to_have_url(neutral)
                drafts = count_soon()
                left = on_disk(folder, WORDS)
                seen = looks_back(she.page) + opens_again(context, settings.base_url)
            left += on_disk(folder, WORDS)
            with window(chromium, folder, "--restore-last-session", script=script) as context:
                seen += [word for page in context.pages for word in on_screen(page, WORDS)]
        return Left(seen, left, drafts)

    return act


def count_soon() -> int:
    """How many drafts there are; a browser that has gone on may still be telling us to delete one."""
    give_up = time.monotonic() + 10
    while (drafts := count()) and time.monotonic() < give_up:
        time.sleep(0.1)
    return drafts


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Intake)) or 0


@pytest.mark.parametrize(
    ("way", "script"),
    [
        pytest.param(the_button, True, id="the button"),
        pytest.param(the_button, False, id="the button, without script"),
        pytest.param(shift, True, id="Shift three times"),
        pytest.param(escape, True, id="Escape three times"),
    ],
)
def test_nothing_is_left(leaves: Callable[..., Left], way: Way, script: bool) -> None:
    assert leaves(way, script=script) == NOTHING


@pytest.mark.parametrize(
    ("twin", "where", "what"),
    [
        pytest.param(storing, "seen", SENT[0], id="pages that may be kept are seen again"),
        pytest.param(storing, "disk", SENT[0], id="pages that may be kept are on the disk"),
        pytest.param(answering_posts, "seen", SENT_AGAIN, id="forms that are answered with a page are kept"),
    ],
)
def test_what_a_careless_service_leaves_would_be_noticed(
    leaves: Callable[..., Left], twin: Callable[[Flask], Wsgi], where: str, what: str
) -> None:
    found = getattr(leaves(the_button, script=False, twin=twin), where)

    assert any(what in one for one in found)
