"""What goes to the database as what, and which connections are used again."""

from datetime import datetime, timedelta, timezone

import psycopg
import pytest
from flask import Flask
from sqlalchemy import DateTime, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError

from scheduler.models import UtcDateTime, db
from scheduler.models.database import NaiveInstant, _refuse_a_dead_one
from tests.conftest import TUESDAY

on_a_server = pytest.mark.parametrize("database_kind", ["postgresql"])


def end_the_connection_at_rest() -> None:
    """What a restart of the server does to a connection in the pool."""
    with db.engine.connect() as resting:
        number = resting.scalar(text("SELECT pg_backend_pid()"))
    address = db.engine.url.set(drivername="postgresql", username="postgres").render_as_string()
    with psycopg.connect(address.replace("postgres@/", "postgres:@/"), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))


@on_a_server
def test_a_connection_that_the_server_has_ended_is_not_used_again(app: Flask) -> None:
    end_the_connection_at_rest()

    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


@on_a_server
def test_without_the_look_it_would_be_used(app: Flask) -> None:
    event.remove(db.engine, "checkout", _refuse_a_dead_one)
    end_the_connection_at_rest()

    with pytest.raises(OperationalError), db.engine.connect() as connection:
        connection.scalar(text("SELECT 1"))


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(TUESDAY, id="whole"),
        pytest.param(TUESDAY + timedelta(microseconds=1), id="with microseconds"),
        pytest.param(TUESDAY.astimezone(timezone(timedelta(hours=-8))), id="by another clock"),
    ],
)
def test_an_instant_is_stored_as_the_text_that_sqlalchemy_would_store(moment: datetime) -> None:
    dialect = sqlite.dialect()
    ours = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    theirs = DateTime().dialect_impl(dialect).bind_processor(dialect)

    assert ours is not None
    assert theirs is not None
    assert ours(moment) == theirs(TUESDAY.replace(microsecond=moment.microsecond))


def test_an_instant_without_a_zone_is_refused() -> None:
    dialect = sqlite.dialect()
    ours = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)

    assert ours is not None
    with pytest.raises(NaiveInstant):
        ours(TUESDAY.replace(tzinfo=None))
