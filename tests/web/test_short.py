"""The short address of texts asks who is there, and opens her own page to whoever proves it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import letters, links
from scheduler.casework.letters import Told
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.outbox import extras_of
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.channels.port import Mail, Text
from scheduler.engine.safe_contact import Way
from scheduler.engine.wording import segments
from scheduler.models import ClientLink, Consultation, Intake, Outbox, db
from tests.builders.browser import Browser, a_booking, at
from tests.builders.firm import a_firm, again
from tests.conftest import Hands
from tests.web.conftest import DEVICES, OTHER, START, tasks

CODE = re.compile(r"/s/[a-z2-7]{16}", re.ASCII)
WAYS = [Way("sms", "+526641234567"), Way("whatsapp", "+526641234567")]


@pytest.fixture
def short(parts: Parts, booked: Consultation) -> str:
    return f"/s/{links.short_of(parts, booked)}"


def written(parts: Parts, consultation: Consultation, kind: str, way: Way) -> Mail | Text:
    row = db.session.scalar(select(Outbox).where(Outbox.consultation_id == consultation.id, Outbox.kind == kind))
    assert row is not None
    return letters.write(parts, Told(row, again(Intake, consultation.intake_id), consultation), way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["booked", "remind_72h"])
def test_texts_carry_the_short_address(app: Flask, parts: Parts, kind: str, way: Way) -> None:
    a_firm(app).with_attorney("Ana")
    consultation = a_booking(app, OTHER.removesuffix("Z"), "video")

    text = written(parts, consultation, kind, way)

    assert isinstance(text, Text)
    assert f"{parts.base_url}/s/{links.short_of(parts, consultation)}" in text.body
    assert "/c/" not in text.body
    assert segments(text.body) == 1


def test_mails_carry_the_long_one(parts: Parts, booked: Consultation, page: str) -> None:
    mail = written(parts, booked, "booked", Way("email", "rosa@mail.example"))

    assert isinstance(mail, Mail)
    assert page in mail.plain
    assert "/s/" not in mail.plain


def test_short_codes_are_eighty_bits_in_sixteen_signs() -> None:
    codes = [links.new_short() for _ in range(2_000)]

    assert [code for code in codes if not CODE.fullmatch(f"/s/{code}")] == []
    assert len(set(codes)) == len(codes)
    assert {len({code[place] for code in codes}) for place in range(16)} == {32}


def test_both_links_are_stored_as_hashes_alone(parts: Parts, booked: Consultation, short: str) -> None:
    code = short.removeprefix("/s/")
    stored = {row.purpose: row.sha256 for row in db.session.scalars(select(ClientLink))}
    database = str(db.engine.url.database)
    db.session.remove()

    assert stored == {"manage": links.digest(links.token_of(parts, booked)), "short": links.digest(code)}
    assert [suffix for suffix in ("", "-wal") if code.encode() in Path(database + suffix).read_bytes()] == []


def test_it_asks_and_tells_nothing(browser: Browser, short: str, page: str) -> None:
    browser.get(short)

    assert (browser.seen.status_code, "¿Es usted?" in browser.text) == (200, True)
    assert page not in browser.seen.text
    assert "viernes" not in browser.text


def test_it_speaks_her_language(app: Flask, parts: Parts, browser: Browser) -> None:
    a_firm(app).with_attorney("Ana")

    browser.get(f"/s/{links.short_of(parts, a_booking(app, START, ui_locale='en'))}")

    assert "Is it you?" in browser.text


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_her_year_opens_her_own_page_and_she_is_not_asked_again(
    browser: Browser, short: str, page: str, name: str
) -> None:
    browser.get(short)
    answer = browser.post(short, birth_year="1990")
    browser.get(f"{page}/{name}")

    assert (answer.status_code, answer.headers["Location"]) == (303, page)
    assert "¿Es usted?" not in browser.text


def test_who_has_just_proved_it_goes_on_at_once_while_she_is_there(
    browser: Browser, short: str, page: str, hands: Hands
) -> None:
    browser.get(short)
    browser.post(short, birth_year="1990")
    at_once = browser.get(short).headers.get("Location")
    hands.set(hands.now + timedelta(minutes=61))

    assert (at_once, browser.get(short).status_code) == (page, 200)


def test_a_code_opens_it_too(parts: Parts, browser: Browser, short: str, page: str) -> None:
    browser.get(short)
    asked = browser.post(short, send_code="1").headers["Location"]
    letter = db.session.scalars(select(Outbox).where(Outbox.kind == "otp")).one()

    answer = browser.post(short, code=extras_of(parts, letter)["code"])

    assert (asked, answer.headers["Location"]) == (short, page)


def test_a_wrong_year_leads_back_and_is_counted_on_this_link(browser: Browser, short: str, page: str) -> None:
    browser.get(short)
    answer = browser.post(short, birth_year="1991")
    browser.follow(answer)

    assert answer.headers["Location"] == short
    assert "No es lo que tenemos anotado." in browser.text
    assert {row.purpose: row.tries for row in db.session.scalars(select(ClientLink))} == {"manage": 0, "short": 1}


def test_the_sixth_wrong_year_locks_it_for_an_hour_and_tells_the_desk(
    app: Flask, short: str, page: str, hands: Hands
) -> None:
    answers = []
    for year in (*range(1950, 1956), 1990):
        browser = Browser(app)
        browser.get(short)
        answers.append(browser.post(short, birth_year=str(year)).status_code)
    told = len(tasks("link_locked"))
    hands.set(hands.now + timedelta(minutes=61))
    browser.get(short)

    assert answers == [303, 303, 303, 303, 303, 429, 429]
    assert told == 1
    assert browser.post(short, birth_year="1990").headers["Location"] == page


def test_who_can_prove_nothing_is_told_to_call(app: Flask, parts: Parts, browser: Browser) -> None:
    a_firm(app).with_attorney("Ana")
    unknown = {"y": None, "m": None, "d": None, "precision": "year", "unknown": True}
    hers = a_booking(app, START, may_write="no", birth_date=unknown, age_years=36)

    browser.get(f"/s/{links.short_of(parts, hers)}")

    assert "llámenos" in browser.text
    assert "<form method" not in browser.seen.text.partition("<main")[2].partition("</main>")[0]


def _end(parts: Parts, booked: Consultation, hands: Hands, how: str) -> None:
    if how == "cancelled":
        cancel(parts, Cancel(booked.id))
    elif how == "purged":
        parts.keyring.destroy(booked.intake_id)
    elif how == "another purpose":
        with writing() as session:
            for link in session.scalars(select(ClientLink)):
                link.purpose = "manage"
    else:
        hands.set(booked.ends_at + timedelta(hours=2))


@pytest.mark.parametrize("how", ["cancelled", "purged", "another purpose", "two hours after the call"])
def test_a_dead_code_and_one_that_never_was_are_answered_alike(
    app: Flask, booked: Consultation, short: str, hands: Hands, how: str
) -> None:
    browser = Browser(app)
    browser.get(short)
    _end(app.extensions["cita"], booked, hands, how)
    posted = browser.post(short, birth_year="1990").status_code
    seen = []
    for path in (short, f"/s/{links.new_short()}", "/s/%F0%9F%93%9E", "/s/" + "x" * 5000):
        stranger = Browser(app)
        seen.append((stranger.get(path).status_code, stranger.same_each_time()))

    assert (posted, seen[0][0], len(set(seen))) == (404, 404, 1)


def test_the_code_is_no_token_and_the_token_no_code(browser: Browser, short: str, page: str) -> None:
    paths = (short.replace("/s/", "/c/"), f"{short.replace('/s/', '/c/')}/move", page.replace("/c/", "/s/"))

    assert [browser.get(path).status_code for path in paths] == [404, 404, 404]


def test_it_survives_a_move_and_lives_as_long_as_the_other(
    parts: Parts, booked: Consultation, browser: Browser, short: str, hands: Hands
) -> None:
    moved = move(parts, MoveTo(booked.id, at(OTHER.removesuffix("Z"))))
    hands.set(moved.ends_at + timedelta(hours=2) - timedelta(seconds=1))
    alive = browser.get(short).status_code
    hands.set(moved.ends_at + timedelta(hours=2))

    assert (alive, browser.get(short).status_code) == (200, 404)


def test_to_look_at_it_changes_nothing(browser: Browser, short: str) -> None:
    before = [(row.tries, row.code_hash) for row in db.session.scalars(select(ClientLink))]
    db.session.rollback()

    browser.get(short)

    assert [(row.tries, row.code_hash) for row in db.session.scalars(select(ClientLink))] == before


@pytest.mark.parametrize(("answers", "limit"), DEVICES)
def test_the_page_asks_whether_she_is_there_and_then_closes(  # noqa: PLR0917 - a house and a clock
    app: Flask, parts: Parts, browser: Browser, hands: Hands, answers: dict[str, Any], limit: int
) -> None:
    a_firm(app).with_attorney("Ana")
    asking = f"/s/{links.short_of(parts, a_booking(app, START, **answers))}"

    text = browser.get(asking).text

    after = limit * 60 - 120
    assert f'<meta http-equiv="refresh" content="{after};url={asking}/still-here">' in text
    assert browser.get(f"{asking}/still-here").status_code == 200
    hands.set(hands.now + timedelta(minutes=limit))
    assert browser.get(f"{asking}/still-here").headers["Location"] == "/x"


def test_who_is_there_goes_on_proving_who_she_is(browser: Browser, short: str) -> None:
    browser.get(short)
    browser.get(f"{short}/still-here")

    assert browser.post(f"{short}/still-here").headers["Location"] == short
