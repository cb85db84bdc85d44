"""At "Go on" nobody learns whether there is such a number."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from scheduler.casework import resuming
from scheduler.casework.parts import Parts
from scheduler.models import db
from tests.builders.browser import Browser
from tests.web.resuming import NOBODYS, answer, draft

pytestmark = pytest.mark.usefixtures("one_attorney")


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def answer_to(app: Flask, ref: str, *, code: str = "123456") -> tuple[Any, ...]:
    """All that can be told apart of the two requests for a number: answers, headers, cookies' names, statements."""
    browser = Browser(app)
    browser.get("/resume")
    with statements() as asked:
        first = browser.post("/resume", ref=ref)
    answer(app)
    page = browser.follow(first)
    shown = browser.same_each_time()
    with statements() as tried:
        second = browser.post("/resume/code", code=code)
    browser.follow(second)
    headers = [[(name, value) for name, value in one.headers if name != "Set-Cookie"] for one in (first, page, second)]
    cookies = [len(one.headers.get("Set-Cookie", "")) for one in (first, second)]
    return first.status_code, second.status_code, headers, cookies, shown, browser.same_each_time(), asked, tried


def test_a_number_that_is_there_and_one_that_is_not_are_answered_alike(app: Flask) -> None:
    ref = draft(app).row.ref

    assert answer_to(app, ref) == answer_to(app, NOBODYS)


def test_a_code_sent_within_the_request_would_be_noticed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ref, ask = draft(app).row.ref, resuming.ask

    def ask_and_answer(parts: Parts, ref: str) -> str:
        token = ask(parts, ref)
        resuming.answer_all(parts)
        return token

    monkeypatch.setattr(resuming, "ask", ask_and_answer)

    assert answer_to(app, ref) != answer_to(app, NOBODYS)


def test_it_takes_as_long(app: Flask) -> None:
    refs = (draft(app).row.ref, NOBODYS)
    took: dict[str, list[float]] = {ref: [] for ref in refs}
    for turn in range(60):
        ref, browser = refs[turn % 2], Browser(app)
        browser.get("/resume")
        begun = time.perf_counter()
        browser.post("/resume", ref=ref)
        took[ref].append(time.perf_counter() - begun)

    known, unknown = (median(took[ref]) for ref in refs)
    assert abs(known - unknown) < 0.010
