"""What the firm leaves out and asks besides."""

from typing import Any

import pytest
from flask import Flask

from scheduler.casework import audit
from scheduler.casework.asked import Needed, SetQuestions, set_questions
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.own_questions import BadQuestion
from scheduler.models import Audit, db
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.builders.staff import a_login, who_is
from tests.conftest import on_both

HEARD = {"en": "How did you hear of us?", "es": "¿Cómo supo de nosotros?"}


@pytest.fixture
def admin(app: Flask) -> SignedIn:
    a_firm(app)
    return who_is(a_login(app, "admin"))


@on_both
def test_what_is_set_is_read_and_told_to_the_audit(parts: Parts, admin: SignedIn) -> None:
    set_questions(parts, admin, SetQuestions({"safe_word", "helper_org"}, [HEARD]))

    db.session.rollback()
    assert firm().questions_off == {"safe_word", "helper_org"}
    assert [question.en for question in firm().own_questions] == [HEARD["en"]]
    link = db.session.query(Audit).order_by(Audit.seq.desc()).first()
    assert (link and link.action, audit.verify(parts)) == ("questions_set", link and link.seq)


@pytest.mark.parametrize("name", ["contact_phone", "birth_date", "ack_no_relationship", "one_name_only", "is_admin"])
def test_what_must_be_asked_cannot_be_left_out(parts: Parts, admin: SignedIn, name: str) -> None:
    with pytest.raises(Needed):
        set_questions(parts, admin, SetQuestions({"safe_word", name}, ()))

    assert firm().questions_off == frozenset()


def test_a_bad_question_changes_nothing(parts: Parts, admin: SignedIn) -> None:
    with pytest.raises(BadQuestion):
        set_questions(parts, admin, SetQuestions({"safe_word"}, [HEARD | {"es": ""}]))

    assert firm().questions_off == frozenset()


@pytest.mark.parametrize(
    ("off", "is_asked"),
    [pytest.param([], True, id="asked"), pytest.param(["safe_word"], False, id="left out")],
)
def test_what_is_left_out_is_neither_shown_nor_stored(app: Flask, off: list[str], is_asked: bool) -> None:
    a_firm(app, questions_off=off).with_attorney("Ana")
    client = Client(app).through_all_pages(until="contact")
    client.get("/apply/contact")
    shown = 'name="safe_word"' in client.seen.text

    client.through_the_rest("contact", safe_word="mariposa")

    said: dict[str, Any] = client.said
    assert (client.where, shown, "safe_word" in said) == ("/apply/time", is_asked, is_asked)
