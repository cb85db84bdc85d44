"""Being signed in: it begins with both proofs, ends by itself, and is told in the chain."""

from datetime import timedelta

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import select

from scheduler.casework import sessions
from scheduler.casework.parts import Parts
from scheduler.casework.staff import TRIES, SignInRefused, give_code, sign_in
from scheduler.casework.staff_changes import NobodyByThatAddress, Renew, let_go, renew
from scheduler.models import Audit, StaffSession, db
from tests.builders.staff import a_login
from tests.casework.signing_in.doing import enter, fail
from tests.conftest import Hands, on_both


@on_both
def test_password_and_code_sign_in(app: Flask, parts: Parts) -> None:
    login = a_login(app, "paralegal")

    opened = give_code(parts, enter(parts, login), login.code(app))

    found = sessions.signed_in(parts, opened.token)
    assert found is not None
    assert found.roles == ("paralegal",)


def test_each_step_of_the_sign_in_has_a_token_of_its_own(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    first = enter(parts, login)

    second = give_code(parts, first, login.code(app)).token

    assert first != second
    assert sessions.signed_in(parts, first) is None


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

    let_go(parts, login.email)

    assert [sessions.signed_in(parts, token) for token in tokens] == [None] * 3
    with pytest.raises(SignInRefused):
        enter(parts, login)


@on_both
def test_who_begins_anew_is_out_everywhere_and_signs_in_with_the_new_ones(app: Flask, parts: Parts) -> None:
    login = a_login(app)
    token = give_code(parts, enter(parts, login), login.code(app)).token
    fail(parts, login, TRIES)
    let_go(parts, login.email)

    secret = renew(parts, Renew(login.email.upper(), "four quiet horses"))

    assert sessions.signed_in(parts, token) is None
    waiting = sign_in(parts, login.email, "four quiet horses", codes_required=True).token
    assert give_code(parts, waiting, TOTP(str(secret)).at(parts.clock.now())).complete
    with pytest.raises(SignInRefused):
        enter(parts, login)


def test_nobody_begins_anew_or_ends_who_was_never_there(parts: Parts) -> None:
    with pytest.raises(NobodyByThatAddress):
        renew(parts, Renew("nobody@firm.example", "four quiet horses"))
    with pytest.raises(NobodyByThatAddress):
        let_go(parts, "nobody@firm.example")


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
