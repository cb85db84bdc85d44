"""Signing in: nobody learns who is there, nobody tries for ever, no code works twice."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import sessions
from scheduler.casework.parts import Parts
from scheduler.casework.passwords import WeakPassword
from scheduler.casework.staff import (
    AlreadyStaff,
    CodeRefused,
    NewStaff,
    PasswordFirst,
    SignInRefused,
    UnknownRole,
    add_staff,
    deactivate,
    give_code,
    sign_in,
)
from scheduler.models import Audit, Staff, StaffSession, db
from tests.builders.staff import PASSWORD, Login, Watched, a_login, quick_hashes, row_of
from tests.conftest import Hands, on_both

TRIES = 5


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return quick_hashes(monkeypatch)


def enter(parts: Parts, login: Login, said: str = PASSWORD) -> str:
    return sign_in(parts, login.email, said, codes_required=False).token


def fail(parts: Parts, login: Login, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            enter(parts, login, "wrong")


def test_a_password_is_kept_as_argon2id_only(app: Flask) -> None:
    login = a_login(app)

    assert row_of(login).password_hash.startswith("$argon2id$")


def test_the_secret_of_the_codes_is_stored_sealed(app: Flask) -> None:
    login = a_login(app)

    assert (login.secret or "").encode() not in (row_of(login).totp or b"")


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        pytest.param("fourteen chars", False, id="alone it needs 15 characters"),
        pytest.param("seven c", True, id="with codes it needs 8"),
        pytest.param("x" * 1001, True, id="nobody means so long a one"),
    ],
)
def test_a_weak_password_is_refused(app: Flask, parts: Parts, password: str, codes: bool) -> None:
    new = NewStaff("a@firm.example", "A", ("admin",), password, with_codes=codes)

    with pytest.raises(WeakPassword):
        add_staff(parts, new)


def test_an_address_is_taken_once_however_it_is_written(app: Flask, parts: Parts) -> None:
    login = a_login(app)

    with pytest.raises(AlreadyStaff):
        add_staff(parts, NewStaff(f" {login.email.upper()} ", "A", ("admin",), PASSWORD))


@pytest.mark.parametrize("roles", [(), ("owner",), ("receptionist", "root")])
def test_only_the_five_roles_are_given(app: Flask, parts: Parts, roles: tuple[str, ...]) -> None:
    with pytest.raises(UnknownRole):
        add_staff(parts, NewStaff("a@firm.example", "A", roles, PASSWORD))


@on_both
def test_password_and_code_sign_in(app: Flask, parts: Parts) -> None:
    login = a_login(app, "paralegal")

    opened = give_code(parts, enter(parts, login), login.code(app))

    found = sessions.signed_in(parts, opened.token)
    assert found is not None
    assert found.roles == ("paralegal",)


def test_a_password_alone_signs_nobody_in_who_has_codes(app: Flask, parts: Parts) -> None:
    token = enter(parts, a_login(app))

    assert sessions.signed_in(parts, token) is None


def test_where_codes_are_required_nobody_gets_in_without(app: Flask, parts: Parts) -> None:
    login = a_login(app, codes=False)

    with pytest.raises(SignInRefused):
        sign_in(parts, login.email, PASSWORD, codes_required=True)


@pytest.mark.parametrize("address", ["nobody@firm.example", "", "a\0b", "x" * 100_000, "\ud800"])
def test_an_unknown_address_is_refused_as_a_wrong_password_is(app: Flask, parts: Parts, address: str) -> None:
    with pytest.raises(SignInRefused):
        sign_in(parts, address, PASSWORD, codes_required=False)


@pytest.mark.parametrize("who", ["known", "unknown", "locked"])
def test_every_refusal_does_the_same_work(app: Flask, parts: Parts, hasher: Watched, who: str) -> None:
    """One hash is compared, and as much is written; without the hash of nobody, `unknown` would compare none."""
    login = a_login(app)
    if who == "locked":
        fail(parts, login, TRIES)
    hasher.compared.clear()
    before = db.session.query(Audit).count()

    with pytest.raises(SignInRefused):
        sign_in(parts, "nobody@firm.example" if who == "unknown" else login.email, "wrong", codes_required=False)

    assert (len(hasher.compared), db.session.query(Audit).count() - before) == (1, 1)


@on_both
def test_after_five_wrong_passwords_the_right_one_waits(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    fail(parts, login, TRIES)

    with pytest.raises(SignInRefused):
        enter(parts, login)


def test_four_wrong_passwords_do_not_keep_the_right_one_out(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    fail(parts, login, TRIES - 1)

    assert enter(parts, login)


def test_the_delay_is_over_after_fifteen_minutes(app: Flask, parts: Parts, hands: Hands) -> None:
    login = a_login(app)
    fail(parts, login, TRIES)
    hands.set(hands.now + timedelta(minutes=15))

    assert enter(parts, login)


def test_the_right_password_does_not_give_new_tries_to_who_guesses_codes(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    for _ in range(TRIES):
        token = enter(parts, login)
        with pytest.raises(CodeRefused):
            give_code(parts, token, "000000")

    with pytest.raises(SignInRefused):
        enter(parts, login)


@on_both
def test_of_thirty_tries_at_once_five_are_looked_at(app: Flask, parts: Parts, hasher: Watched) -> None:
    login = a_login(app)
    own = row_of(login).password_hash

    together(app, 30, lambda: fail(parts, login, 1))

    assert hasher.compared.count(own) == TRIES


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


def test_each_step_of_the_sign_in_has_a_token_of_its_own(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    first = enter(parts, login)

    second = give_code(parts, first, login.code(app)).token

    assert first != second
    assert sessions.signed_in(parts, first) is None


def test_a_right_password_waits_ten_minutes_for_its_code(app: Flask, parts: Parts, hands: Hands) -> None:
    login = a_login(app)
    token = enter(parts, login)
    hands.set(hands.now + timedelta(minutes=10))

    with pytest.raises(PasswordFirst):
        give_code(parts, token, login.code(app))


def test_tokens_are_stored_as_hashes(app: Flask, parts: Parts) -> None:
    token = enter(parts, a_login(app, codes=False))

    assert token.encode() not in db.session.scalars(select(StaffSession.sha256)).one()


@pytest.mark.parametrize(
    ("pauses", "holds"),
    [
        pytest.param([29], True, id="29 minutes idle"),
        pytest.param([30], False, id="30 minutes idle"),
        pytest.param([29] * 24, True, id="used again and again"),
        pytest.param([29] * 25, False, id="12 hours old, however much it is used"),
    ],
)
def test_a_session_ends_by_itself(app: Flask, parts: Parts, hands: Hands, pauses: list[int], holds: bool) -> None:
    token = enter(parts, a_login(app, codes=False))
    *before, last = pauses
    for minutes in before:
        hands.set(hands.now + timedelta(minutes=minutes))
        sessions.signed_in(parts, token)
    hands.set(hands.now + timedelta(minutes=last))

    assert (sessions.signed_in(parts, token) is not None) == holds


def test_who_signs_out_is_out(app: Flask, parts: Parts) -> None:
    token = enter(parts, a_login(app, codes=False))

    sessions.sign_out(parts, token)

    assert sessions.signed_in(parts, token) is None


def test_who_is_let_in_no_longer_is_out_everywhere(app: Flask, parts: Parts) -> None:
    login = a_login(app, codes=False)
    tokens = [enter(parts, login) for _ in range(3)]

    deactivate(parts, row_of(login).id)

    assert [sessions.signed_in(parts, token) for token in tokens] == [None] * 3
    with pytest.raises(SignInRefused):
        enter(parts, login)


def test_the_chain_tells_each_step_and_names_nobody(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    fail(parts, login, 1)
    token = give_code(parts, enter(parts, login), login.code(app)).token

    sessions.sign_out(parts, token)

    links = db.session.scalars(select(Audit).order_by(Audit.seq)).all()
    assert [link.action for link in links] == [
        "staff_added",
        "sign_in_refused",
        "password_right",
        "signed_in",
        "signed_out",
    ]
    assert not any(login.email in f"{link.actor}{link.subject}{link.facts}" for link in links)


def together(app: Flask, times: int, act: Callable[[], None]) -> None:
    """So many threads that do it at once, each with a database session of its own."""
    gate = threading.Barrier(times)
    problems: list[BaseException] = []

    def run() -> None:
        with app.app_context():
            gate.wait()
            try:
                act()
            except BaseException as problem:  # noqa: BLE001 - told below
                problems.append(problem)

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
