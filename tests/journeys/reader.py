"""Somebody in front of a browser: she reads, chooses, writes and presses what the page says."""

import os
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.builders.servers import ROOT

SCREENS = ROOT / "docs" / "screens"
SERIOUS = {"serious", "critical"}


@dataclass
class Reader:
    """One window; `address` is where the service stands."""

    page: Page
    address: str

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def reads(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def presses(self, words: str) -> None:
        """Press a button, or follow a link, with these words."""
        main = self.page.locator("main")
        main.get_by_role("button", name=words, exact=True).or_(
            main.get_by_role("link", name=words, exact=True)
        ).first.click()

    def goes_to(self, door: str) -> None:
        """Follow a link of the navigation that begins with these words."""
        self.page.get_by_role("navigation").get_by_role("link", name=door).click()

    def chooses(self, question: str, answer: str) -> None:
        """Of the answers under a question."""
        self.group(question).get_by_role("radio", name=answer, exact=True).check()

    def ticks(self, words: str) -> None:
        self.page.get_by_role("checkbox", name=words, exact=True).check()

    def picks(self, label: str, option: str, within: str = "") -> None:
        """From a list that opens."""
        found = self.group(within) if within else self.page.locator("main")
        found.get_by_role("combobox", name=label, exact=True).first.select_option(label=option)

    def writes(self, label: str, words: str) -> None:
        written = self.page.locator("main input:not([type=radio], [type=checkbox])")
        self.page.get_by_label(label, exact=True).and_(written).fill(words)

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name, exact=True)

    def takes_the_time(self, turn: int) -> str:
        """Choose a time of the page by its place in it, and return its words."""
        times = self.page.locator("main .slots label")
        words = " ".join(times.nth(turn).inner_text().split())
        times.nth(turn).get_by_role("radio").check()
        return words

    def photographs(self, name: str) -> None:
        """Keep what she sees as a picture of the documentation, where asked for."""
        if os.environ.get("CITA_SCREENS") == "1":
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=SCREENS / f"{name}.png")


@dataclass
class Inspector:
    """Looks at the page a reader stands on with axe, in a window with script that has her cookies and her size."""

    browser: Browser

    def barriers(self, reader: Reader) -> list[str]:
        """What axe calls serious or critical on this page, opened once more."""
        window = self._window_like(reader.page)
        try:
            page = window.new_page()
            page.goto(reader.page.url)
            return barriers(page)
        finally:
            window.close()

    def _window_like(self, page: Page) -> BrowserContext:
        window = self.browser.new_context(viewport=page.viewport_size, ignore_https_errors=True)
        window.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        return window


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical on a page, with where it stands, and whether it is wider than its window."""
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in SERIOUS]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [f"{page.url} {one['id']} {[node['target'] for node in one['nodes']]}" for one in serious] + (
        [f"{page.url} is wider than its window"] if wide else []
    )
