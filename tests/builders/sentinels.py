"""What a client types that must be nowhere in clear, and where it could be."""

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, text

from config import Settings
from scheduler.casework.delivery import deliver_one
from scheduler.casework.parts import Parts
from scheduler.models import Base, db
from tests.builders.client import Client

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
