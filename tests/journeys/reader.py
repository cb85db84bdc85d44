"""Somebody in front of a browser: she reads, chooses, writes and presses what the page says."""

import os
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Request, expect

from tests.builders.servers import ROOT
from tests.journeys.inspector import Inspector

SCREENS = ROOT / "docs" / "screens"


@dataclass
class Reader:
    """
    One window; `address` is where the service stands.

    `said` are the questions she has answered, `barriers` what stood in her way wherever she looked around.
    """

    page: Page
    address: str
    inspector: Inspector
    has_script: bool = True
    said: set[str] = field(default_factory=set)
    barriers: list[str] = field(default_factory=list)
    _loaded: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("requestfinished", self._keep)

    def _keep(self, request: Request) -> None:
        self._loaded.append(request)

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sees_part(self, heading: str) -> None:
        """A heading that begins with these words."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

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
        self._answers(self.group(question).get_by_role("radio", name=answer, exact=True)).check()

    def ticks(self, words: str) -> None:
        self._answers(self.page.get_by_role("checkbox", name=words, exact=True)).check()

    def picks(self, label: str, option: str, within: str = "") -> None:
        """From a list that opens."""
        found = self.group(within) if within else self.page.locator("main")
        self._answers(found.get_by_role("combobox", name=label, exact=True).first).select_option(label=option)

    def writes(self, label: str, words: str) -> None:
        written = self.page.locator("main input:not([type=radio], [type=checkbox])")
        self._answers(self.page.get_by_label(label, exact=True).and_(written)).fill(words)

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name, exact=True)

    def takes_the_time(self, turn: int) -> str:
        """Choose a time of the page by its place in it, and return its words."""
        times = self.page.locator("main .slots label")
        words = " ".join(times.nth(turn).inner_text().split())
        self._answers(times.nth(turn).get_by_role("radio")).check()
        return words

    def looks_around(self) -> None:
        """See whether anything on this page would stand in anybody's way."""
        self.barriers += self.inspector.barriers(self.page, has_script=self.has_script)

    def weights(self) -> list[int]:
        """Bytes of each body that came over the line so far, compressed as it came; 0 for what she had already."""
        sizes = [request.sizes()["responseBodySize"] for request in self._loaded]
        return [max(0, size) for size in sizes]

    def _answers(self, control: Locator) -> Locator:
        """The control, whose question is answered from now on."""
        self.said.add(str(control.get_attribute("name")).partition("-")[0])
        return control

    def photographs(self, name: str) -> None:
        """Keep what she sees as a picture of the documentation, where asked for."""
        if os.environ.get("CITA_SCREENS") == "1":
            self.page.evaluate("scrollTo(0, 0)")
            self.page.screenshot(path=SCREENS / f"{name}.png")
