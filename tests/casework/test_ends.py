"""An end reaches those attorneys who were invited, whatever happened before the first letter left, and nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from scheduler.casework import invited, outbox
from scheduler.casework.booking import BookSlot, book
from scheduler.casework.delivery import deliver_one
from scheduler.casework.moving import Cancel, MoveTo, cancel, move
from scheduler.casework.outbox import Delivery
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.channels.port import Stage
from scheduler.jobs.beat import Ground, deliver
from scheduler.models import Consultation, Outbox, db
from tests.builders.firm import AFirm, a_firm, an_intake
from tests.casework.told import Post, Told
from tests.conftest import Hands, on_both

WEDNESDAY = datetime(2026, 12, 2, 18, 0, tzinfo=UTC)
THURSDAY = WEDNESDAY + timedelta(days=1)
FRIDAY = WEDNESDAY + timedelta(days=2)
PATIENT, AT_ONCE = Delivery(first_pause=3600), Delivery(lease=0, first_pause=0, longest_pause=0)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def parts(app: Flask, post: Post) -> Parts:
    ours: Parts = app.extensions["cita"]
    return replace(ours, mail=post)


@pytest.fixture
def firm(app: Flask) -> AFirm:
    """Ana works on Wednesdays and Fridays, Bea on Thursdays."""
    return (
        a_firm(app)
        .with_attorney("Ana", hours={2: "9:00-18:00", 4: "9:00-18:00"})
        .with_attorney("Bea", hours={3: "9:00-18:00"})
    )


@pytest.fixture
def hers(app: Flask, firm: AFirm) -> Consultation:
    return book(app.extensions["cita"], BookSlot(an_intake(app).id, WEDNESDAY, "phone"))


def happens(parts: Parts, hers: Consultation, changes: list[datetime | None]) -> None:
    """Move it to each time in turn; None cancels it."""
    for change in changes:
        if change is None:
            cancel(parts, Cancel(hers.id))
        else:
            move(parts, MoveTo(hers.id, change))


def drain(parts: Parts, delivery: Delivery = PATIENT) -> None:
    for _ in range(50):
        if not deliver_one(parts, delivery):
            return


each_case = pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param([THURSDAY], [("bea", "REQUEST", 1, THURSDAY)], id="another attorney"),
        pytest.param([THURSDAY, FRIDAY], [("ana", "REQUEST", 2, FRIDAY)], id="away and back"),
        pytest.param([FRIDAY, THURSDAY], [("bea", "REQUEST", 2, THURSDAY)], id="later, then another attorney"),
        pytest.param([THURSDAY, None], [], id="another attorney, then nobody"),
        pytest.param([FRIDAY, None], [], id="later, then nobody"),
        pytest.param([None], [], id="nobody"),
    ],
)


@on_both
@each_case
def test_who_was_never_invited_is_told_of_no_end(
    parts: Parts, post: Post, hers: Consultation, changes: list[datetime | None], told: list[Told]
) -> None:
    happens(parts, hers, changes)

    drain(parts)

    assert post.told == told


@on_both
@each_case
def test_nor_where_the_invitation_waits_for_its_next_try_and_the_end_comes_first(
    parts: Parts, post: Post, hers: Consultation, changes: list[datetime | None], told: list[Told]
) -> None:
    post.trouble = Stage.CONNECT
    drain(parts)
    happens(parts, hers, changes)
    post.trouble = None

    drain(parts)
    drain(parts, AT_ONCE)

    assert post.told == told


def test_the_beat_of_the_jobs_process_does_the_same(
    app: Flask, settings: Settings, hers: Consultation, tmp_path: Path
) -> None:
    happens(app.extensions["cita"], hers, [THURSDAY, FRIDAY])

    deliver(Ground(app, Delivery(), tmp_path / "heartbeat", Event()))

    (mail,) = (settings.data / "mail").glob("*.eml")
    assert b"ana@firm.example" in mail.read_bytes()
    assert b"Subject: Call" in mail.read_bytes()


@on_both
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param(
            [THURSDAY], [("ana", "CANCEL", 1, WEDNESDAY), ("bea", "REQUEST", 1, THURSDAY)], id="another attorney"
        ),
        pytest.param([THURSDAY, FRIDAY], [("ana", "REQUEST", 2, FRIDAY)], id="away and back"),
        pytest.param(
            [FRIDAY, THURSDAY],
            [("ana", "CANCEL", 2, WEDNESDAY), ("bea", "REQUEST", 2, THURSDAY)],
            id="later, then another attorney: the end shows what her calendar shows",
        ),
        pytest.param([THURSDAY, FRIDAY, None], [("ana", "CANCEL", 1, WEDNESDAY)], id="away, back, and nobody: once"),
        pytest.param([FRIDAY, None], [("ana", "CANCEL", 2, WEDNESDAY)], id="later, then nobody"),
    ],
)
def test_who_was_invited_is_told_once_of_what_she_knows(
    parts: Parts, post: Post, hers: Consultation, changes: list[datetime | None], told: list[Told]
) -> None:
    drain(parts)
    post.letters.clear()

    happens(parts, hers, changes)
    drain(parts)

    assert post.told == told


@on_both
def test_an_end_that_waited_is_not_told_to_who_was_invited_again_meanwhile(
    parts: Parts, post: Post, hers: Consultation
) -> None:
    drain(parts)
    happens(parts, hers, [THURSDAY])
    post.trouble = Stage.CONNECT
    drain(parts)
    happens(parts, hers, [FRIDAY])
    post.trouble = None
    drain(parts)

    drain(parts, AT_ONCE)

    assert post.told[1:] == [("ana", "REQUEST", 2, FRIDAY)]


@on_both
def test_whom_an_invitation_may_have_reached_is_told_of_the_end(parts: Parts, post: Post, hers: Consultation) -> None:
    post.trouble = Stage.DOT
    drain(parts)
    post.trouble = None
    happens(parts, hers, [None])

    drain(parts)

    assert post.told == [("ana", "REQUEST", 0, WEDNESDAY), ("ana", "CANCEL", 1, WEDNESDAY)]


@on_both
def test_so_is_whom_it_may_have_reached_before_its_sender_died(parts: Parts, post: Post, hers: Consultation) -> None:
    """Nobody lives to write down that it left; the next claim finds it stale."""
    outbox.claim(parts, AT_ONCE)
    happens(parts, hers, [None])

    drain(parts, AT_ONCE)

    assert post.told == [("ana", "CANCEL", 1, WEDNESDAY)]


def test_an_end_waits_while_the_invitation_is_on_its_way(
    parts: Parts, post: Post, hers: Consultation, hands: Hands
) -> None:
    outbox.claim(parts, PATIENT)
    happens(parts, hers, [None])

    drain(parts)

    db.session.rollback()
    (end,) = db.session.scalars(select(Outbox).where(Outbox.kind == "cancellation"))
    assert (post.told, end.state, end.result) == ([], "waiting", "write")


def test_without_the_look_at_what_was_sent_an_end_comes_without_its_beginning(
    parts: Parts, post: Post, hers: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power: every invitation counts as sent."""
    monkeypatch.setattr(outbox, "has_left", lambda _row: True)
    happens(parts, hers, [None])

    drain(parts)

    assert post.told == [("ana", "CANCEL", 1, WEDNESDAY)]


def test_a_letter_that_may_have_left_is_never_written_down_as_one_that_has_not(
    parts: Parts, hers: Consultation
) -> None:
    outbox.claim(parts, AT_ONCE)
    again = outbox.claim(parts, AT_ONCE)
    assert again is not None

    with writing() as session:
        outbox.settle(session, again, parts.clock.now(), outbox.DROPPED, "moved")

    (row,) = db.session.scalars(select(Outbox).where(Outbox.id == again.row))
    assert outbox.has_left(row)
    assert (
        invited.last_told(db.session(), Outbox(consultation_id=hers.id, reader=row.reader, facts={"sequence": 1})).id
        == row.id
    )
