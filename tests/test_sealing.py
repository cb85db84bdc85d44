"""What a client types is nowhere in clear: not in the database, its log, our logs, the keystore or what we send."""

import io
import logging
import re
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, text

from config import Settings
from scheduler.casework.delivery import deliver_one
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Base, Intake, db
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.conftest import on_both

NAMES = {
    "helper_name": "Centinelauno Ayudante",
    "given_names": "Centinelados",
    "family_names": "Centinelatres",
    "spoken_language_other": "Centinelacuatro",
    "preferred_name": "Centinelaocho",
    "safe_word": "Centinelanueve",
}
PERSON = "Centinelacinco"
REFUSED = "Centinelaseis99"
PHONE = "6649876543"
ADDRESS = "centinelasiete@buzon.example"
NUMBER = "987654321"
SENTINELS = ("centinela", PHONE, NUMBER)

TYPED: dict[str, Any] = {
    **NAMES,
    "filler_role": "friend",
    "client_agrees": "yes",
    "helper_relationship": "friend",
    "helper_attests": "1",
    "detained_now": "no",
    "spoken_language": "other",
    "interpreter_needed": "no_speaks_es",
    "contact_phone": f"+52 {PHONE}",
    "birth_date": "1987-03-09",
    "ever_in_us": "left",
    "last_arrival_date": "2026-08",
    "court_papers": "no",
    "removal_order": "no",
    "fear_interview": "none",
    "a_number": NUMBER,
    "other_names_used": ["Centinela Diez"],
    "conflict_people_any": "yes",
    "conflict_people": [(PERSON, "employer")],
}


def asks_and_books(app: Flask, parts: Parts, **changes: Any) -> Client:
    """All pages, one of them refused first, a time, and every letter that is due."""
    client = Client(app).through_all_pages(until="about", **(TYPED | changes))
    client.answers("about", given_names=REFUSED, family_names=REFUSED)
    client.get("/apply/about")
    client = Client(app).through_all_pages(**(TYPED | changes))
    client.get("/apply/time")
    client.sends("/apply/time", {"slot_id": next(iter(client.slots)), "call_mode": "phone"})
    if client.where != "/apply/done":
        raise AssertionError(client.where)
    client.get("/apply/done")
    while deliver_one(parts):
        pass
    db.session.remove()
    return client


def files(settings: Settings) -> dict[str, bytes]:
    """Every file the service wrote, by its place."""
    found = [path for path in settings.data.rglob("*") if path.is_file()]
    if settings.database_url.startswith("sqlite"):
        database = Path(settings.database_url.removeprefix("sqlite:///"))
        found += list(database.parent.glob(f"{database.name}*"))
    return {str(path): path.read_bytes() for path in found}


def rows() -> bytes:
    """Every value of every table as the database gives it."""
    tables = [db.session.execute(select(text("*")).select_from(table)).all() for table in Base.metadata.tables.values()]
    values = [value for table in tables for row in table for value in row]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def found(where: bytes) -> list[str]:
    """The sentinels that can be read in these bytes, in whatever case or encoding of Unicode."""
    readings = (
        where.decode("utf-8", "replace"),
        where.decode("utf-16-le", "replace"),
        where.decode("utf-16-be", "replace"),
    )
    return [word for word in SENTINELS if any(word in reading.casefold() for reading in readings)]


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
