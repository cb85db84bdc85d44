"""The way through the pages with a real server and a real socket."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.models import Intake, db
from tests.builders.client import Client
from tests.builders.firm import a_firm
from tests.builders.servers import serving
from tests.builders.wire import Wire


@pytest.fixture
def port(app: Flask, settings: Settings) -> Iterator[int]:
    a_firm(app).with_attorney("Ana")
    db.session.remove()
    with serving(settings) as ports:
        yield ports[0]


@pytest.fixture
def client(app: Flask, port: int) -> Client:
    client = Client(app)
    client.client = cast("Any", Wire(port))
    return client


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Intake.state)))


def test_over_a_socket_she_asks_books_and_leaves(client: Client) -> None:
    client.through_all_pages("es")
    client.get("/apply/time")
    client.sends("/apply/time", {"slot_id": next(iter(client.slots)), "call_mode": "phone"})
    assert client.where == "/apply/done"
    client.get("/apply/done")
    assert "Su cita está guardada" in client.text

    client.leaves()

    assert (client.where, cast("Wire", client.client).cookies, states()) == ("/x", {}, ["cleared"])


def test_over_a_socket_errors_come_back_and_leaving_deletes(client: Client) -> None:
    client.through_all_pages("en", until="about")
    client.answers("about", given_names="R2D2")
    client.get(client.where)
    assert (client.where, "Please check the marked answers" in client.text) == ("/apply/about", True)

    client.leaves()

    assert states() == []
