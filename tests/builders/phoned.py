"""Who wanted to be called, and what one of the staff asks her by phone."""

from typing import Any

from flask import Flask

from scheduler.engine.branches import fields_of
from scheduler.models import Intake
from tests.builders.browser import Browser
from tests.builders.client import COMPANIONS, HERSELF, Client, typed

REST = ("contact", "about", "where", "arrival", "dates", "names", "notices")


def wants_a_call(app: Flask) -> Intake:
    """She has answered three pages in Spanish, and then asked to be called."""
    client = Client(app).through_all_pages(until="contact")
    client.get("/apply/call-me")
    client.sends("/apply/call-me", {"contact_phone": "+52 664 123 4567", "given_names": "Rosa"})
    return client.row


def typed_on(page: str, **changes: Any) -> dict[str, Any]:
    said = {name: value for name, value in {**HERSELF, **changes}.items() if value is not None}
    own = [name for name in (*fields_of(page), *COMPANIONS.get(page, ())) if name in said]
    return {key: value for name in own for key, value in typed(name, said[name]).items()}


def asks(browser: Browser, intake: Intake, pages: tuple[str, ...] = REST, **changes: Any) -> str:
    """One of the staff asks these pages; where the last of them leads."""
    where = ""
    for page in pages:
        address = f"/desk/intake/{intake.id}/phone/{page}"
        assert browser.get(address).status_code == 200, page
        answer = browser.post(address, **typed_on(page, **changes))
        assert answer.status_code == 303, (page, browser.seen.text)
        where = answer.headers["Location"]
    return where
