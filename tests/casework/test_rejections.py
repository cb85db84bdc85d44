"""Pages that were refused wait side by side; what is typed in one tab takes nothing from another."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import intake, rejections
from scheduler.casework.intake import SavePage
from scheduler.casework.parts import Parts
from scheduler.casework.rejections import MOST, Rejected
from scheduler.casework.sealing import place, seal
from scheduler.casework.transaction import writing
from scheduler.models import Intake

PAGES = ("safety", "who", "language", "contact", "about", "where")


@pytest.fixture
def token(app: Flask, parts: Parts) -> str:
    return intake.begin(parts, "es")


def refused(parts: Parts, token: str, *pages: str) -> None:
    for page in pages:
        intake.reject(parts, token, Rejected(page, {"said": [page]}))


def waiting(parts: Parts, token: str) -> list[str]:
    draft = intake.find(parts, token)
    return [one.page for one in draft.rejected] if draft is not None else []


def test_two_pages_wait_both(parts: Parts, token: str) -> None:
    refused(parts, token, "safety", "who")

    assert waiting(parts, token) == ["safety", "who"]


def test_a_page_waits_as_it_was_typed_last(parts: Parts, token: str) -> None:
    refused(parts, token, "safety", "who", "safety")

    assert waiting(parts, token) == ["who", "safety"]


def test_the_oldest_gives_way(parts: Parts, token: str) -> None:
    refused(parts, token, *PAGES)

    assert waiting(parts, token) == list(PAGES[-MOST:])


def test_a_page_that_is_saved_waits_no_longer_and_others_do(parts: Parts, token: str) -> None:
    refused(parts, token, "safety", "who")

    intake.save_page(parts, token, SavePage("safety", {"device_safe": "yes", "immediate_danger": "no"}, "es"))

    assert waiting(parts, token) == ["who"]


def test_one_place_for_all_would_be_noticed(parts: Parts, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejections, "MOST", 1)

    refused(parts, token, "safety", "who")

    assert waiting(parts, token) == ["who"]


def test_a_page_that_was_sealed_when_only_one_could_wait_is_still_shown(parts: Parts, token: str) -> None:
    with writing() as session:
        row = session.scalars(select(Intake)).one()
        old = {"page": "who", "raw": {"said": ["who"]}, "messages": {}}
        row.rejected = seal(old, parts.keyring.open(row.id), place("intake", "rejected", row.id))

    assert waiting(parts, token) == ["who"]
