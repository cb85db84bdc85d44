"""Looks for what stands in somebody's way: by axe, by the size of what is pressed, by the order of the Tab key."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from scheduler.words import languages

SERIOUS = {"serious", "critical"}
NARROW = 400
TARGET = 44

PRESSED = "a[href], button, input:not([type=hidden]), select, textarea, summary"

SMALL = """([pressed, least]) => [...document.querySelectorAll(pressed)]
  .filter(one => !one.matches("[tabindex='-1'], .skip") && one.checkVisibility({visibilityProperty: true}))
  .map(one => [one, one.matches("[type=radio], [type=checkbox]") && one.closest("label") || one])
  .map(([one, row]) => [one, row.getBoundingClientRect()])
  .filter(([one, box]) => Math.min(box.width, box.height) < least - 0.5)
  .map(([one, box]) => `${one.outerHTML.slice(0, 90)} is ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
"""What is pressed and smaller than so many pixels either way; of a choice it is the row that is pressed."""

STOPS = """pressed => {
  const groups = new Set();
  return [...document.querySelectorAll(pressed)]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}))
    .filter(one => one.type !== "radio" || (!groups.has(one.name) && groups.add(one.name)))
    .length;
}"""
"""How many stops the Tab key makes: each group of choices is one."""

BEGIN = "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
"""Puts the cursor before everything else on the page."""

HERE = """() => {
  const one = document.activeElement;
  const box = (one.type === "radio" && one.closest("label") || one).getBoundingClientRect();
  return {what: one.outerHTML.slice(0, 90), top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left,
          row: [...document.querySelectorAll("tr")].indexOf(one.closest("tr")),
          stands: !one.closest("header, nav, .skip")};
}"""
"""Where the cursor is on the page; the head of the page and the doors beside it have no place in its order."""


@dataclass
class Inspector:
    """Looks at a page as a reader sees it, and once more in every other language, in a window with her cookies."""

    browser: Browser
    _mirrors: dict[int, Page] = field(default_factory=dict)

    def barriers(self, page: Page, *, has_script: bool) -> list[str]:
        """What stands in anybody's way on this page, in each language."""
        page.wait_for_load_state()
        spoken = page.locator("html").get_attribute("lang")
        others = [code for code in languages() if code != spoken]
        seen = page if has_script else self._opened(page, "")
        found = barriers(seen) + out_of_order(seen)
        for code in others:
            found += barriers(self._opened(page, f"{'&' if '?' in page.url else '?'}lang={code}"))
        return found

    def _opened(self, page: Page, more: str) -> Page:
        mirror = self._mirror_of(page)
        mirror.goto(page.url.partition("#")[0] + more)
        return mirror

    def _mirror_of(self, page: Page) -> Page:
        key = id(page.context)
        if key not in self._mirrors:
            window = self.browser.new_context(viewport=page.viewport_size, ignore_https_errors=True)
            self._mirrors[key] = window.new_page()
        window = self._mirrors[key].context
        window.clear_cookies()
        window.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        return self._mirrors[key]

    def close(self) -> None:
        """Close every window that was opened to look."""
        for page in self._mirrors.values():
            page.context.close()


def barriers(page: Page) -> list[str]:
    """What is serious by axe, wider than its window, or too small for a thumb."""
    size = page.viewport_size or {"width": 0}
    small = page.evaluate(SMALL, [PRESSED, TARGET]) if size["width"] <= NARROW else []
    return [f"{page.url}: {one}" for one in (*_serious(page), *_wide(page), *small)]


def _serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']} {[at['target'] for at in one['nodes']]}" for one in found if one["impact"] in SERIOUS]


def _wide(page: Page) -> list[str]:
    is_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return ["it is wider than its window"] if is_wide else []


def out_of_order(page: Page) -> list[str]:
    """What the Tab key reaches before something above it, and whether it misses something."""
    page.evaluate(BEGIN)
    stops = [_next(page) for _ in range(page.evaluate(STOPS, PRESSED))]
    body = [stop for stop in stops if stop["stands"]]
    jumps = [f"Tab comes to {two['what']} after {one['what']}" for one, two in pairwise(body) if not _follows(one, two)]
    return [f"{page.url}: {jump}" for jump in jumps]


def _next(page: Page) -> dict[str, Any]:
    """Press Tab, and say where that leads."""
    page.keyboard.press("Tab")
    here: dict[str, Any] = page.evaluate(HERE)
    return here


def _follows(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Below it, or beside it in the same row."""
    beside = two["bottom"] > one["top"] or two["row"] == one["row"] >= 0
    return bool(two["top"] >= one["bottom"] - 1 or (beside and two["left"] > one["left"]))
