import secrets
import statistics
import time
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import links
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import ClientLink, Consultation, Intake, db
from tests.builders.browser import Browser, a_booking, own_page
from tests.builders.firm import a_firm, again
from tests.web.conftest import CHANGING_PAGES


def test_ten_thousand_tokens_are_long_different_and_even() -> None:
    tokens = [secrets.token_urlsafe(32) for _ in range(10_000)]

    expected = len(tokens) / 64
    for place in range(42):
        counts = [sum(1 for _ in group) for group in _by_sign(tokens, place)]
        assert sum((seen - expected) ** 2 / expected for seen in counts) < 140
    assert {len(token) for token in tokens} == {43}
    assert len(set(tokens)) == len(tokens)


def _by_sign(tokens: list[str], place: int) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    for token in tokens:
        groups.setdefault(token[place], []).append(token)
    return list(groups.values())


def test_links_are_made_as_those_tokens_are_and_name_nobody(page: str) -> None:
    token = page.removeprefix("/c/")

    assert len(token) == 43
    with pytest.raises(ValueError, match="badly formed"):
        UUID(token)


@pytest.mark.parametrize("purpose", ["again_short", "files", "more", "short", "MANAGE", ""])
def test_a_token_of_another_purpose_opens_nothing(browser: Browser, page: str, purpose: str) -> None:
    with writing() as session:
        mine = select(ClientLink).where(ClientLink.sha256 == links.digest(page.removeprefix("/c/")))
        session.scalars(mine).one().purpose = purpose

    statuses = [browser.get(path).status_code for path in (page, *(f"{page}/{name}" for name in CHANGING_PAGES))]

    assert set(statuses) == {404}


def dead_links(app: Flask, parts: Parts) -> dict[str, str]:
    """One link of each kind that opens nothing."""
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    expired, revoked, alive = (own_page(app, a_booking(app, f"2026-11-27T{hour}:00")) for hour in (17, 18, 19))
    stored = links.digest(alive.removeprefix("/c/"))
    with writing() as session:
        for page, column in ((expired, "expires_at"), (revoked, "revoked_at")):
            link = session.scalars(
                select(ClientLink).where(ClientLink.sha256 == links.digest(page.removeprefix("/c/")))
            ).one()
            setattr(link, column, parts.clock.now())
    flipped = alive[:-2] + ("A" if alive[-2] != "A" else "B") + alive[-1]
    return {
        "expired": expired,
        "revoked": revoked,
        "one sign flipped": flipped,
        "the stored hash": f"/c/{stored.hex()}",
        "never made": f"/c/{secrets.token_urlsafe(32)}",
        "another script": "/c/%F0%9F%93%9E",
        "very long": "/c/" + "x" * 5000,
    }


def test_whatever_ended_a_link_the_answer_is_the_same(app: Flask, parts: Parts) -> None:
    answers = {}
    for why, path in dead_links(app, parts).items():
        for under in ("", "/move", "/cancel", "/not-now", "/calendar.ics"):
            browser = Browser(app)
            answer = browser.get(path + under)
            headers = sorted(name for name, _value in answer.headers if name != "Content-Length")
            answers[why, under] = (answer.status_code, browser.same_each_time(), tuple(headers))

    assert {status for status, _body, _headers in answers.values()} == {404}
    assert len(set(answers.values())) == 1


def test_how_long_the_answer_takes_does_not_tell_either(app: Flask, parts: Parts) -> None:
    paths = {why: path for why, path in dead_links(app, parts).items() if why in {"expired", "revoked", "never made"}}
    client, took = app.test_client(), {why: list[float]() for why in paths}
    with app.app_context():
        for _ in range(100):
            for why, path in paths.items():
                began = time.perf_counter()
                client.get(path)
                took[why].append(time.perf_counter() - began)

    medians = [statistics.median(times) for times in took.values()]
    assert max(medians) - min(medians) < 0.010


def test_a_purged_intake_has_no_page(parts: Parts, browser: Browser, booked: Consultation, page: str) -> None:
    parts.keyring.destroy(booked.intake_id)

    assert browser.get(page).status_code == 404


def test_the_link_stands_nowhere_in_clear(app: Flask, page: str, booked: Consultation) -> None:
    token = page.removeprefix("/c/")
    database = str(db.engine.url.database)
    db.session.remove()

    for suffix in ("", "-wal"):
        assert token.encode() not in Path(database + suffix).read_bytes()
    assert again(Intake, booked.intake_id) is not None
