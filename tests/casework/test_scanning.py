"""A virus scanner has its word before anybody opens a file; without its word nobody does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.documents import open_answers, seal_answers
from scheduler.casework.kinds import MESSAGE_WAITING
from scheduler.casework.parts import Parts
from scheduler.casework.scanning import TOLD, may_send_again, scan_waiting
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Incoming, UploadState, add, kept
from scheduler.channels.clamav import ClamAv
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Outbox, Task, Upload, db
from tests.builders.clamav import clamd
from tests.builders.files import EICAR, RECORDING, a_file
from tests.builders.firm import again, an_intake
from tests.conftest import Hands, on_both

NOBODY = ClamAv("tcp://127.0.0.1:9")


@pytest.fixture
def scanned(parts: Parts) -> Iterator[Parts]:
    with clamd() as address:
        yield replace(parts, scanner=ClamAv(address))


def send(parts: Parts, intake: Intake, more: bytes = b"") -> None:
    add(parts, intake.id, Incoming(a_file(RECORDING + more), "a.ogg"))


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Upload.state).order_by(Upload.number)))


@on_both
def test_a_file_waits_for_the_scanners_word(scanned: Parts, intake: Intake) -> None:
    send(scanned, intake)
    before = states()

    scan_waiting(scanned)

    assert (before, states()) == ([UploadState.WAITING], [UploadState.CLEAN])


@on_both
def test_what_is_infected_is_gone_and_the_desk_and_she_are_told(scanned: Parts, intake: Intake) -> None:
    send(scanned, intake, EICAR)
    send(scanned, intake)

    scan_waiting(scanned)

    files = list((scanned.uploads / str(intake.id)).iterdir())
    assert states() == [UploadState.INFECTED, UploadState.CLEAN]
    assert len(files) == 1
    assert [one.number for one in kept(intake.id)] == [2]
    assert [task.kind for task in db.session.scalars(select(Task))] == [TOLD]
    assert letters(intake) == [MESSAGE_WAITING]
    assert may_send_again(scanned, again(Intake, intake.id))


@on_both
def test_of_two_in_a_row_she_is_written_once(scanned: Parts, hands: Hands, intake: Intake) -> None:
    send(scanned, intake, EICAR)
    scan_waiting(scanned)
    hands.set(hands.now + timedelta(minutes=1))
    db.session.rollback()

    scan_infected_again(scanned, intake)

    assert (states(), letters(intake)) == ([UploadState.INFECTED] * 2, [MESSAGE_WAITING])


def scan_infected_again(parts: Parts, intake: Intake) -> None:
    """One that came before she was told of the first."""
    send(parts, intake, EICAR + b"2")
    with writing() as session:
        row = session.query(Upload).filter_by(number=2).one()
        row.created_at -= timedelta(hours=1)
    scan_waiting(parts)


def test_once_she_has_sent_another_nothing_is_said_any_more(scanned: Parts, hands: Hands, intake: Intake) -> None:
    send(scanned, intake, EICAR)
    scan_waiting(scanned)
    hands.set(hands.now + timedelta(minutes=1))

    send(scanned, intake)

    assert not may_send_again(scanned, again(Intake, intake.id))


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"may_write": "no"}, id="nobody may write to her"),
        pytest.param({"device_safe": "no"}, id="others see her phone"),
        pytest.param({"phone_shared": "shared_unsafe"}, id="others hear her phone"),
    ],
)
def test_who_may_not_be_written_to_is_not(scanned: Parts, app: Flask, intake: Intake, told: dict[str, str]) -> None:
    hers = an_intake(app, state=IntakeState.CLEARED)
    send(scanned, hers, EICAR)
    change(scanned, hers, told)

    scan_waiting(scanned)

    assert (states(), letters(hers)) == ([UploadState.INFECTED], [])
    assert [task.kind for task in db.session.scalars(select(Task))] == [TOLD]


def change(parts: Parts, intake: Intake, told: dict[str, str]) -> None:
    with writing() as session:
        row = session.get_one(Intake, intake.id)
        seal_answers(parts, row, {**open_answers(parts, row), **told})


def test_who_may_send_no_more_is_not_told(scanned: Parts, intake: Intake) -> None:
    send(scanned, intake, EICAR)
    with writing() as session:
        session.get_one(Intake, intake.id).state = IntakeState.WITHDRAWN

    scan_waiting(scanned)

    assert letters(intake) == []
    assert not may_send_again(scanned, again(Intake, intake.id))


def letters(intake: Intake) -> list[str]:
    hers = select(Outbox.kind).where(Outbox.intake_id == intake.id)
    return list(db.session.scalars(hers))


def test_nothing_is_released_while_the_scanner_does_not_answer(parts: Parts, intake: Intake) -> None:
    dead = replace(parts, scanner=NOBODY)
    send(dead, intake)

    done = scan_waiting(dead)

    assert (done, states()) == (0, [UploadState.WAITING])


def test_it_is_asked_again_once_it_answers(parts: Parts, scanned: Parts, intake: Intake) -> None:
    dead = replace(parts, scanner=NOBODY)
    send(dead, intake)
    scan_waiting(dead)

    scan_waiting(scanned)

    assert states() == [UploadState.CLEAN]


def test_a_scanner_that_is_taken_away_releases_nothing(parts: Parts, scanned: Parts, intake: Intake) -> None:
    send(scanned, intake)

    done = scan_waiting(parts)

    assert (done, states()) == (0, [UploadState.WAITING])


def test_what_is_purged_meanwhile_stops_nobody_else(scanned: Parts, app: Flask, intake: Intake) -> None:
    other = an_intake(app, state=IntakeState.CLEARED)
    send(scanned, intake)
    send(scanned, other)
    scanned.keyring.destroy(intake.id)

    done = scan_waiting(scanned)

    assert (done, sorted(states())) == (1, [UploadState.CLEAN, UploadState.WAITING])
