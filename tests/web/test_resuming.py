"""Finish later and go on, by number and code; nobody learns whether there is such a number."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from scheduler.casework import resuming
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.marks import Unreachable
from scheduler.engine.states import OPEN_INTAKES, IntakeState
from scheduler.models import Intake, Outbox, Resumption, db
from tests.builders.browser import Browser
from tests.builders.client import Client
from tests.builders.firm import a_firm, an_intake
from tests.conftest import Hands, on_both

NOBODYS = "ZZZZZZZZ"
WRONG = "No es lo que tenemos anotado."
UNSAFE = [
    pytest.param({"device_safe": "no"}, id="others see her device"),
    pytest.param({"device_safe": "not_sure"}, id="she is not sure who sees it"),
    pytest.param({"phone_shared": "shared_unsafe"}, id="others see her phone"),
    pytest.param({"may_write": "no"}, id="nobody may write to her"),
    pytest.param({"contact_channel": "call"}, id="she is only called"),
]


@pytest.fixture(autouse=True)
def firm(app: Flask) -> None:
    a_firm(app).with_attorney("Ana")


def codes(parts: Parts) -> list[str]:
    """Every code that was sent, the first first."""
    db.session.rollback()
    sent = select(Outbox).where(Outbox.kind == "otp").order_by(Outbox.created_at)
    return [extras_of(parts, row)["code"] for row in db.session.scalars(sent)]


def asks(browser: Browser, ref: str) -> Browser:
    """Give the number, as far as the page that asks for the code; the job has looked at it."""
    browser.get("/resume")
    browser.follow(browser.post("/resume", ref=ref))
    answer(browser.app)
    return browser


def answer(app: Flask) -> None:
    """The job's turn."""
    db.session.rollback()
    resuming.answer_all(app.extensions["cita"])


def gives(browser: Browser, code: str) -> str:
    """Give the code; the address that follows."""
    browser.get("/resume/code")
    return browser.post("/resume/code", code=code).headers["Location"]


def a_number_of(app: Flask, state: IntakeState) -> str:
    """The number of an intake in this state, as such numbers are made."""
    with writing() as session:
        row = session.get_one(Intake, an_intake(app, state=state).id)
        row.ref = "9ABCDEFG"
    return "9ABCDEFG"


def draft(app: Flask, **answers: Any) -> Client:
    return Client(app).through_all_pages(until="where", **answers)


@on_both
def test_number_and_code_open_her_answers_where_she_was(app: Flask, parts: Parts) -> None:
    ref, browser = draft(app).row.ref, Browser(app)
    asks(browser, ref)

    where = gives(browser, codes(parts)[0])

    assert where == "/apply/where"
    assert "Hernández Paz" in browser.get("/apply/about").text


def test_the_browser_before_opens_nothing_any_more(app: Flask, parts: Parts) -> None:
    before = draft(app)
    browser = asks(Browser(app), before.row.ref)

    gives(browser, codes(parts)[0])

    assert (before.get("/apply/about").status_code, before.draft) == (303, None)


def test_what_was_open_in_this_browser_is_let_go_of(app: Flask, parts: Parts) -> None:
    ref, here = draft(app).row.ref, draft(app, given_names="Another")
    token = here.token
    asks(here, ref)

    gives(here, codes(parts)[0])

    assert here.said["given_names"] == "Rosa Elena"
    assert token != here.token


@pytest.mark.parametrize("typed", ["{ref}", " {ref} ", "{low}", "{split}"])
def test_a_number_may_be_written_as_people_do(app: Flask, parts: Parts, typed: str) -> None:
    ref = draft(app).row.ref

    low = ref.lower().replace("0", "o").replace("1", "l")
    asks(Browser(app), typed.format(ref=ref, low=low, split=f"{ref[:4]}-{ref[4:]}"))

    assert len(codes(parts)) == 1


@pytest.mark.parametrize("typed", ["", "ABC", "UUUUUUUU", "x" * 5000, "\0", "' OR 1=1 --", "ABCDEFGHJ"])
def test_what_can_be_no_number_is_a_message(app: Flask, typed: str) -> None:
    browser = Browser(app)
    browser.get("/resume")

    browser.follow(browser.post("/resume", ref=typed))

    assert "Escriba las 8 letras y números." in browser.text
    assert db.session.scalars(select(Resumption)).all() == []


@pytest.mark.parametrize("answers", UNSAFE)
def test_where_she_may_not_be_written_to_there_is_no_code_and_no_button(
    app: Flask, parts: Parts, answers: dict[str, Any]
) -> None:
    client = draft(app, **answers)
    client.get("/apply/where")
    page = client.text

    asks(Browser(app), client.row.ref)

    assert (codes(parts), "Terminar después" in page) == ([], False)


@pytest.mark.parametrize("answers", UNSAFE[:3])
def test_on_an_unsafe_device_she_is_told_to_call_with_her_number(app: Flask, answers: dict[str, Any]) -> None:
    client = draft(app, **answers)

    client.get("/apply/where")

    assert f"Solo llámenos con este número: {client.row.ref}" in client.text


def test_finish_later_tells_her_number_and_closes_this_browser(app: Flask) -> None:
    client = draft(app)
    ref = client.row.ref
    client.get("/apply/where")
    offered = 'href="/apply/later"' in client.seen.text
    client.get("/apply/later")
    told = ref in client.text

    answer = client.sends("/apply/later", {})

    db.session.rollback()
    states = db.session.scalars(select(Intake.state)).all()
    assert (offered, told, answer.headers["Location"]) == (True, True, "/x")
    assert (client.get("/apply/about").status_code, states) == (303, [IntakeState.DRAFT])


@pytest.mark.parametrize("state", sorted(OPEN_INTAKES))
def test_what_is_open_can_be_opened_again(app: Flask, parts: Parts, state: IntakeState) -> None:
    browser = asks(Browser(app), a_number_of(app, state))

    where = gives(browser, codes(parts)[0])

    assert where == ("/apply/notices" if state is IntakeState.DRAFT else "/apply/time")


@pytest.mark.parametrize("state", sorted(set(IntakeState) - OPEN_INTAKES))
def test_what_is_over_is_not(app: Flask, parts: Parts, state: IntakeState) -> None:
    asks(Browser(app), a_number_of(app, state))

    assert codes(parts) == []


def test_a_draft_that_has_lapsed_is_not(app: Flask, parts: Parts, hands: Hands) -> None:
    ref = draft(app).row.ref
    hands.set(hands.now + timedelta(days=7))

    asks(Browser(app), ref)

    assert codes(parts) == []


def test_who_cannot_be_reached_any_more_is_sent_no_code(app: Flask, parts: Parts) -> None:
    client = draft(app)
    client.row.flags = [Unreachable.PHONE_TAKEN, "manual_contact"]
    db.session.commit()

    asks(Browser(app), client.row.ref)

    assert codes(parts) == []


def test_five_wrong_codes_and_the_right_one_opens_nothing(app: Flask, parts: Parts) -> None:
    browser = asks(Browser(app), draft(app).row.ref)
    right = codes(parts)[0]
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        gives(browser, wrong)

    where = gives(browser, right)
    browser.get(where)

    assert (where, WRONG in browser.text) == ("/resume/code", True)


def test_a_code_works_once_and_for_ten_minutes(app: Flask, parts: Parts, hands: Hands) -> None:
    ref = draft(app).row.ref
    first, second = asks(Browser(app), ref), asks(Browser(app), ref)
    one, two = codes(parts)
    gives(first, one)
    hands.set(hands.now + timedelta(minutes=10))

    assert first.get("/resume/code").headers["Location"] == "/resume"
    assert gives(second, two) == "/resume/code"


def test_a_code_is_for_the_browser_that_asked(app: Flask, parts: Parts) -> None:
    ref = draft(app).row.ref
    asks(Browser(app), ref)
    stranger = asks(Browser(app), NOBODYS)

    assert gives(stranger, codes(parts)[0]) == "/resume/code"


def test_her_phone_is_not_flooded(app: Flask, parts: Parts, hands: Hands) -> None:
    ref = draft(app).row.ref
    for _ in range(7):
        asks(Browser(app), ref)
    within = len(codes(parts))
    hands.set(hands.now + timedelta(hours=1))

    asks(Browser(app), ref)

    assert (within, len(codes(parts))) == (5, 6)


def test_who_asked_is_forgotten_when_the_code_has_run_out(app: Flask, parts: Parts, hands: Hands) -> None:
    asks(Browser(app), NOBODYS)
    hands.set(hands.now + timedelta(minutes=10))

    answer(app)

    db.session.rollback()
    assert db.session.scalars(select(Resumption)).all() == []


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
