"""A virus scanner has its word before anybody opens a file; without its word nobody does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.parts import Parts
from scheduler.casework.scanning import TOLD, scan_waiting
from scheduler.casework.uploads import Incoming, UploadState, add, kept
from scheduler.channels.clamav import ClamAv
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Task, Upload, db
from tests.builders.clamav import clamd
from tests.builders.files import EICAR, RECORDING, a_file
from tests.builders.firm import an_intake
from tests.conftest import on_both

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
def test_what_is_infected_is_gone_and_the_desk_is_told(scanned: Parts, intake: Intake) -> None:
    send(scanned, intake, EICAR)
    send(scanned, intake)

    scan_waiting(scanned)

    files = list((scanned.uploads / str(intake.id)).iterdir())
    assert states() == [UploadState.INFECTED, UploadState.CLEAN]
    assert len(files) == 1
    assert [one.number for one in kept(intake.id)] == [2]
    assert [task.kind for task in db.session.scalars(select(Task))] == [TOLD]


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
