"""What a client types is nowhere in clear: not in the database, its log, our logs, the keystore or what we send."""

import io
import logging
import re

from flask import Flask

from config import Settings
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Intake, db
from tests.builders.firm import a_firm
from tests.builders.sentinels import (
    ADDRESS,
    PERSON,
    PHONE,
    asks_and_books,
    files,
    found,
    rows,
)
from tests.conftest import on_both


@on_both
def test_nothing_typed_can_be_read_in_what_the_service_keeps_says_or_sends(
    app: Flask, parts: Parts, settings: Settings, spoken: io.StringIO
) -> None:
    a_firm(app).with_attorney("Ana")
    asks_and_books(app, parts, contact_channel="call", may_write=None)

    kept = files(settings) | {"rows": rows(), "logs": spoken.getvalue().encode()}

    assert {place: words for place, content in kept.items() if (words := found(content))} == {}
    assert list(settings.data.glob("mail/*.eml"))


def test_a_message_carries_the_address_it_goes_to_and_nothing_else_she_typed(
    app: Flask, parts: Parts, settings: Settings
) -> None:
    a_firm(app).with_attorney("Ana")
    asks_and_books(app, parts, contact_channel="email", contact_email=ADDRESS)

    mails = [path.read_text() for path in settings.data.glob("mail/*.eml")]

    assert any(f"To: {ADDRESS}" in mail for mail in mails)
    assert found("".join(mails).replace(ADDRESS, "").encode()) == []


def test_a_text_carries_the_number_it_goes_to_and_nothing_else_she_typed(
    app: Flask, parts: Parts, settings: Settings
) -> None:
    a_firm(app).with_attorney("Ana")
    asks_and_books(app, parts)

    texts = [path.read_text() for path in settings.data.glob("texts/*.json")]

    assert texts
    assert found(re.sub(rf"\+52{PHONE}", "", "".join(texts)).encode()) == []


def test_one_name_stored_in_clear_is_noticed_even_after_it_was_replaced(
    app: Flask, parts: Parts, settings: Settings
) -> None:
    a_firm(app).with_attorney("Ana")
    client = asks_and_books(app, parts, contact_channel="call", may_write=None)

    with writing() as session:
        session.get_one(Intake, client.row.id).confidential = PERSON.encode()
    db.session.remove()

    assert [words for content in files(settings).values() if (words := found(content))]
    assert found(rows())


def test_a_name_said_to_a_log_is_noticed(spoken: io.StringIO) -> None:
    logging.getLogger("scheduler.anything").debug("asked by %s", PERSON)

    assert found(spoken.getvalue().encode())
