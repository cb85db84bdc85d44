"""A code of one time works once."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.casework import sessions
from scheduler.casework.parts import Parts
from scheduler.casework.staff import (
    CodeRefused,
    PasswordFirst,
    SignInRefused,
    give_code,
    sign_in,
)
from scheduler.models import Staff, db
from tests.builders.staff import PASSWORD, a_login, row_of
from tests.casework.signing_in.doing import TRIES, enter, fail, together
from tests.conftest import Hands, on_both


def test_the_secret_of_the_codes_is_stored_sealed(app: Flask) -> None:
    login = a_login(app)

    assert (login.secret or "").encode() not in (row_of(login).totp or b"")


def test_a_password_alone_signs_nobody_in_who_has_codes(app: Flask, parts: Parts) -> None:
    token = enter(parts, a_login(app))

    assert sessions.signed_in(parts, token) is None


def test_where_codes_are_required_nobody_gets_in_without(app: Flask, parts: Parts) -> None:
    login = a_login(app, codes=False)

    with pytest.raises(SignInRefused):
        sign_in(parts, login.email, PASSWORD, codes_required=True)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("{code}", id="as it is"),
        pytest.param(" {code} ", id="padded"),
        pytest.param("{code}\n", id="with a line end"),
    ],
)
def test_a_code_works_once(app: Flask, parts: Parts, again: str) -> None:
    login = a_login(app)
    code = login.code(app)
    give_code(parts, enter(parts, login), code)
    second = enter(parts, login)

    with pytest.raises(CodeRefused):
        give_code(parts, second, again.format(code=code))


def test_a_code_works_once_also_after_a_wrong_one_and_a_failed_login(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    code = login.code(app)
    give_code(parts, enter(parts, login), code)
    fail(parts, login, 1)
    second = enter(parts, login)
    with pytest.raises(CodeRefused):
        give_code(parts, second, "000000")

    with pytest.raises(CodeRefused):
        give_code(parts, second, code)


def test_the_code_before_the_one_that_was_used_is_refused(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    give_code(parts, enter(parts, login), login.code(app))
    second = enter(parts, login)

    with pytest.raises(CodeRefused):
        give_code(parts, second, login.code(app, steps=-1))


def test_no_code_is_accepted_again_when_the_clock_goes_back(app: Flask, parts: Parts, hands: Hands) -> None:
    login = a_login(app)
    give_code(parts, enter(parts, login), login.code(app))
    hands.set(hands.now - timedelta(seconds=90))
    second = enter(parts, login)

    with pytest.raises(CodeRefused):
        give_code(parts, second, login.code(app))


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_that_is_half_a_minute_wrong_is_forgiven(app: Flask, parts: Parts, steps: int) -> None:
    login = a_login(app)

    assert give_code(parts, enter(parts, login), login.code(app, steps)).complete


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "\0" * 6, "-12345", "1" * 100_000, "\ud800"]
)
def test_what_is_no_code_is_refused(app: Flask, parts: Parts, typed: str) -> None:
    token = enter(parts, a_login(app))

    with pytest.raises(CodeRefused):
        give_code(parts, token, typed)


@on_both
def test_of_one_code_sent_twice_at_once_exactly_one_wins(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    code = login.code(app)
    tokens = [enter(parts, login) for _ in range(TRIES - 1)]
    won: list[str] = []

    def give() -> None:
        token = tokens.pop()
        try:
            won.append(give_code(parts, token, code).token)
        except CodeRefused:
            return

    together(app, TRIES - 1, give)

    assert len(won) == 1


def test_without_the_last_step_a_code_would_work_twice_so_the_checks_above_have_power(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    code = login.code(app)
    give_code(parts, enter(parts, login), code)
    db.session.query(Staff).update({"totp_step": 0})
    db.session.commit()

    assert give_code(parts, enter(parts, login), code).complete


def test_a_right_password_waits_ten_minutes_for_its_code(app: Flask, parts: Parts, hands: Hands) -> None:
    login = a_login(app)
    token = enter(parts, login)
    hands.set(hands.now + timedelta(minutes=10))

    with pytest.raises(PasswordFirst):
        give_code(parts, token, login.code(app))
