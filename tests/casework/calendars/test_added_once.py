"""A calendar that is added twice is one: by a second press, by two of the staff, with another password."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from scheduler.casework import calendars
from scheduler.casework.calendar_reading import Add, add
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.transaction import writing
from scheduler.channels.calendars import Kind, Source
from scheduler.channels.fetch import Login
from scheduler.models import Audit, Busy, Calendar, db
from tests.builders.feeds import Feed
from tests.builders.firm import AFirm
from tests.conftest import on_both


def rows() -> list[Calendar]:
    db.session.rollback()
    return list(db.session.scalars(select(Calendar).order_by(Calendar.created_at)))


def source(feed: Feed, **login: str) -> Source:
    return Source(Kind.ICS, feed.url(), Login(**login) if login else None)


def actions() -> list[str]:
    return list(
        db.session.scalars(select(Audit.action).where(Audit.action.startswith("calendar_")).order_by(Audit.seq))
    )


@on_both
def test_added_again_it_is_the_same_one(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    first = add(parts, lea, Add(1, source(feed)))

    second = add(parts, lea, Add(1, source(feed)))

    assert (first == second, len(rows()), len(db.session.scalars(select(Busy)).all())) == (True, 1, 1)
    assert actions() == ["calendar_added", "calendar_added_again"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("https://a.example/x", "https://A.Example/x", True, id="the host in capitals"),
        pytest.param("https://a.example/x", "HTTPS://a.example/x/", True, id="a slash at the end"),
        pytest.param("https://a.example/x", "https://a.example/X", False, id="another path"),
        pytest.param("https://a.example/x?k=1", "https://a.example/x?k=2", False, id="another key"),
        pytest.param("https://a.example/x", "https://b.example/x", False, id="another host"),
    ],
)
def test_which_addresses_are_one(parts: Parts, house: AFirm, one: str, other: str, same: bool) -> None:
    with writing() as session:
        first, _is_new = calendars.put(session, parts, 1, Source(Kind.CALDAV, one))
        session.flush()

        second, is_new = calendars.put(session, parts, 1, Source(Kind.CALDAV, other))

        assert (first is second, is_new) == (same, not same)


def test_with_another_password_it_is_read_with_that_one_from_then_on(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    add(parts, lea, Add(1, source(feed, user="ana", password="old")))

    add(parts, lea, Add(1, source(feed, user="ana", password="new")))

    (row,) = rows()
    login = calendars.source_of(parts, row).login
    assert login is not None
    assert login.password == "new"


def test_two_people_may_share_one(parts: Parts, house: AFirm, lea: SignedIn, feed: Feed) -> None:
    house.with_attorney("Eva")
    add(parts, lea, Add(1, source(feed)))

    add(parts, lea, Add(2, source(feed)))

    assert [row.person for row in rows()] == [1, 2]


def test_one_from_before_is_known_too(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    first = add(parts, lea, Add(1, source(feed)))
    with writing() as session:
        session.get_one(Calendar, first).known_by = None

    assert add(parts, lea, Add(1, source(feed))) == first


@on_both
def test_the_database_keeps_none_twice(app: Flask, parts: Parts, lea: SignedIn, feed: Feed) -> None:
    add(parts, lea, Add(1, source(feed)))
    (row,) = rows()
    columns = {name: getattr(row, name) for name in Calendar.__table__.c.keys() if name != "id"}  # noqa: SIM118

    with pytest.raises(IntegrityError), writing() as session:
        session.add(Calendar(**columns))


def test_the_hash_tells_no_address_without_the_key(parts: Parts, lea: SignedIn, feed: Feed) -> None:
    add(parts, lea, Add(1, source(feed)))

    (row,) = rows()
    assert row.known_by is not None
    assert (len(row.known_by), feed.url().encode() in row.known_by) == (32, False)


def test_an_address_that_was_not_compared_would_be_noticed(
    parts: Parts, lea: SignedIn, feed: Feed, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(parts, lea, Add(1, source(feed)))
    monkeypatch.setattr(calendars, "_is_at", lambda *_all: False)

    with pytest.raises(IntegrityError):
        add(parts, lea, Add(1, source(feed)))
