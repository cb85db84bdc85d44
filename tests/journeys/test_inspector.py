"""What stands in somebody's way is noticed: each page here has one thing wrong with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.inspector import barriers, out_of_order

pytestmark = pytest.mark.browser

BIG = "min-height: 44px; min-width: 44px"
GOOD = f"<main><h1>Time</h1><p><button style='{BIG}'>Save</button></p><p><button style='{BIG}'>Back</button></p></main>"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    window = chromium.new_context(viewport={"width": 360, "height": 640})
    yield window.new_page()
    window.close()


def seen(page: Page, body: str) -> str:
    page.set_content(f"<!doctype html><html lang=en><title>Appointments</title><body>{body}</body></html>")
    return " ".join([*barriers(page), *out_of_order(page)])


def test_a_page_without_fault_is_passed(page: Page) -> None:
    assert seen(page, GOOD) == ""


@pytest.mark.parametrize(
    ("body", "noticed"),
    [
        pytest.param(GOOD.replace("min-height: 44px", "height: 30px", 1), "x 30", id="a button too small for a thumb"),
        pytest.param(GOOD.replace("<h1>", "<h1 style='color: #ccc'>"), "color-contrast", id="words as pale as paper"),
        pytest.param(GOOD.replace("<h1>", "<h1 style='width: 500px'>"), "wider", id="wider than her telephone"),
        pytest.param(GOOD + "<input style='height: 44px'>", "label", id="a box that does not say what it is for"),
        pytest.param(
            f"<main style='display: flex; flex-direction: column-reverse'>{GOOD[6:-7]}</main>",
            "Tab comes to",
            id="what is seen first is reached last",
        ),
        pytest.param(
            f"{GOOD[:-7]}<p><button style='{BIG}' tabindex=1>Leave</button></p></main>",
            "Tab comes to",
            id="the last is reached first",
        ),
    ],
)
def test_what_stands_in_the_way_is_noticed(page: Page, body: str, noticed: str) -> None:
    found = seen(page, body)

    assert noticed in found
