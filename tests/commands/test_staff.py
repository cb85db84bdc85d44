"""Somebody is added who signs in, begins anew, or leaves."""

import re

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import audit, staff
from scheduler.casework.parts import Parts
from scheduler.models import Staff, db
from tests.builders.firm import a_firm
from tests.commands.typing import Said, in_mode, typed
from tests.conftest import on_both

PASSWORD, OTHER = "three quiet horses", "four quiet horses"
ADD = ("staff", "add", "--email", "Lea@Firm.example", "--name", "Lea", "--role", "receptionist")


def added(app: Flask, *words: str, password: str = PASSWORD) -> Said:
    return typed(app, *ADD, *words, answers=f"{password}\n{password}\n")


@on_both
def test_who_was_added_signs_in_with_the_secret_that_was_said(app: Flask, parts: Parts) -> None:
    said = added(app)

    secret = re.search(r"once: (\w+)", said.text)
    assert secret is not None
    waiting = staff.sign_in(parts, "lea@firm.example", PASSWORD, codes_required=True)
    assert staff.give_code(parts, waiting.token, pyotp.TOTP(secret[1]).at(parts.clock.now())).complete
    assert (said.code, PASSWORD in said.text, audit.verify(parts) > 0) == (0, False, True)


def test_what_was_not_said_is_asked_for(app: Flask) -> None:
    answers = f"lea@firm.example\nLea\n{PASSWORD}\n{PASSWORD}\nparalegal\n"

    said = typed(app, "staff", "add", answers=answers)

    assert said.code == 0
    assert db.session.scalars(select(Staff.roles)).all() == [["paralegal"]]


def test_an_attorney_is_linked_to_her_calendar(app: Flask) -> None:
    a_firm(app).with_attorney("Mia")

    added(app, "--role", "attorney", "--calendar", "mia@firm.example")

    assert db.session.scalars(select(Staff.person)).all() == [1]


@pytest.mark.parametrize(
    ("words", "password", "message"),
    [
        pytest.param((), "short", "8 to 1000 characters", id="a short password"),
        pytest.param(("--role", "boss"), PASSWORD, "boss", id="an unknown role"),
        pytest.param(("--calendar", "nobody@firm.example"), PASSWORD, "No attorney", id="nobody's calendar"),
    ],
)
def test_a_mistake_is_named_and_nobody_is_added(
    app: Flask, words: tuple[str, ...], password: str, message: str
) -> None:
    said = added(app, *words, password=password)

    assert (said.code != 0, message in said.text) == (True, True), said.text
    assert db.session.scalars(select(Staff)).all() == []


def test_an_address_is_added_once(app: Flask) -> None:
    added(app)

    said = added(app)

    assert (said.code, "already" in said.text) == (1, True)


def test_who_lost_her_codes_is_given_others(app: Flask, parts: Parts) -> None:
    before = added(app).text

    said = typed(app, "staff", "renew", "--email", "lea@firm.example", answers=f"{OTHER}\n{OTHER}\n")

    secret = re.search(r"once: (\w+)", said.text)
    assert secret is not None
    assert (said.code, secret[1] in before, OTHER in said.text) == (0, False, False)
    waiting = staff.sign_in(parts, "lea@firm.example", OTHER, codes_required=True)
    assert staff.give_code(parts, waiting.token, pyotp.TOTP(secret[1]).at(parts.clock.now())).complete


def test_who_leaves_signs_in_no_longer(app: Flask, parts: Parts) -> None:
    added(app)

    said = typed(app, "staff", "end", "--email", "lea@firm.example")

    assert (said.code, said.text) == (0, "Ended.\n")
    with pytest.raises(staff.SignInRefused):
        staff.sign_in(parts, "lea@firm.example", PASSWORD, codes_required=True)


@pytest.mark.parametrize(
    ("words", "answers", "message"),
    [
        pytest.param(("end", "--email", "x@firm.example"), "", "Nobody", id="nobody leaves"),
        pytest.param(("renew", "--email", "x@firm.example"), f"{OTHER}\n{OTHER}\n", "Nobody", id="nobody is renewed"),
        pytest.param(("renew", "--email", "lea@firm.example"), "short\nshort\n", "8 to 1000", id="a short password"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_changed(
    app: Flask, parts: Parts, words: tuple[str, ...], answers: str, message: str
) -> None:
    added(app)

    said = typed(app, "staff", *words, answers=answers)

    assert (said.code, message in said.text) == (1, True), said.text
    assert not staff.sign_in(parts, "lea@firm.example", PASSWORD, codes_required=True).complete


@pytest.mark.parametrize("words", [("add", "--name", "Lea", "--role", "admin"), ("renew",)])
def test_in_mode_live_nobody_does_without_codes(app: Flask, settings: Settings, words: tuple[str, ...]) -> None:
    live = in_mode(settings, mode="live")

    said = typed(live, "staff", *words, "--email", "lea@firm.example", "--no-codes", answers=f"{OTHER}\n{OTHER}\n")

    assert (said.code, "live" in said.text) == (2, True)


def test_elsewhere_somebody_may_do_without(app: Flask) -> None:
    said = added(app, "--no-codes")

    assert (said.code, said.text.splitlines()[-1]) == (0, "Added.")
