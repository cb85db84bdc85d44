"""Nobody learns who is there, and nobody tries for ever."""

from datetime import timedelta

import pytest
from flask import Flask

from scheduler.casework.parts import Parts
from scheduler.casework.passwords import WeakPassword
from scheduler.casework.staff import (
    AlreadyStaff,
    CodeRefused,
    NewStaff,
    SignInRefused,
    UnknownRole,
    add_staff,
    give_code,
    sign_in,
)
from scheduler.models import Audit, db
from tests.builders.staff import PASSWORD, Watched, a_login, row_of
from tests.casework.signing_in.doing import TRIES, enter, fail, together
from tests.conftest import Hands, on_both


def test_a_password_is_kept_as_argon2id_only(app: Flask) -> None:
    login = a_login(app)

    assert row_of(login).password_hash.startswith("$argon2id$")


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
