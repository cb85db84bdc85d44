"""Files that come in pieces: sealed piece by piece, gone on with, whole in the end or gone after a day."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from scheduler.casework import arriving, pieces, purging, uploads
from scheduler.casework.arriving import Begun, NoSuchFile, NotAPiece, NotWhole, Said
from scheduler.casework.more import NotOpen
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Enough, Incoming, Unfit
from scheduler.engine.file_kinds import MOST_FILES, PIECE
from scheduler.engine.states import IntakeState
from scheduler.models import Intake
from tests.builders.files import CAMERA, RECORDING, a_file, a_photo
from tests.builders.firm import an_intake
from tests.casework.sending import opened, rows
from tests.conftest import Hands, on_both

LONG = RECORDING + bytes(range(256)) * 10_000
"""A voice message of three pieces, the last a short one."""


def said(content: bytes, ending: str = "ogg", **other: object) -> Said:
    return replace(Said(hashlib.sha256(content).hexdigest(), len(content), ending, "photos"), **other)  # type: ignore[arg-type]


def begins(parts: Parts, intake: Intake, content: bytes = LONG, ending: str = "ogg") -> Begun:
    begun = arriving.begin(parts, intake.id, said(content, ending))
    assert begun is not None
    return begun


def piece(number: int, content: bytes = LONG) -> bytes:
    return content[number * PIECE : (number + 1) * PIECE]


def puts(parts: Parts, intake: Intake, begun: Begun, numbers: Iterable[int], content: bytes = LONG) -> None:
    for number in numbers:
        arriving.put(parts, intake.id, begun.id, number, piece(number, content))


def here(parts: Parts) -> list[Path]:
    return [path for path in pieces.root_of(parts).rglob("*") if path.is_file()]


@on_both
def test_pieces_in_any_order_become_the_file_byte_for_byte(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    puts(parts, intake, begun, [2, 0, 1])

    arriving.finish(parts, intake.id, begun.id)

    assert [opened(parts, row) for row in rows()] == [LONG]
    assert here(parts) == []


def test_what_was_cut_off_goes_on_with_the_pieces_that_are_missing(parts: Parts, intake: Intake) -> None:
    puts(parts, intake, begins(parts, intake), [0, 2])

    again = begins(parts, intake)

    assert arriving.missing(parts, intake.id, again) == (1,)


def test_a_photo_in_pieces_is_looked_at_as_if_it_had_come_in_one(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake, a_photo(), "JPG")
    puts(parts, intake, begun, [0], a_photo())

    arriving.finish(parts, intake.id, begun.id)

    kinds = {path.suffix for path in uploads.folder_of(parts, intake.id).iterdir()}
    assert kinds == {".file", ".copy"}


def test_nothing_of_a_piece_stands_in_clear_anywhere(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake, a_photo(), "jpg")
    puts(parts, intake, begun, [0], a_photo())

    everything = b"".join(path.read_bytes() for path in parts.uploads.parent.rglob("*") if path.is_file())
    assert len(here(parts)) == 2
    assert not any(word in everything for word in (CAMERA.encode(), b"JFIF", b"photos", begun.said.sha256.encode()))


@on_both
def test_what_is_sent_or_ended_twice_is_kept_once(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    puts(parts, intake, begun, [0, 1, 2, 1])
    arriving.finish(parts, intake.id, begun.id)

    with pytest.raises(NoSuchFile):
        arriving.finish(parts, intake.id, begun.id)
    assert arriving.begin(parts, intake.id, said(LONG)) is None
    assert len(rows()) == 1


def test_of_two_who_end_it_at_once_one_keeps_it(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    puts(parts, intake, begun, range(3))
    uploads.add(parts, intake.id, Incoming(a_file(LONG), ".ogg", "", begun.said.sha256))

    arriving.finish(parts, intake.id, begun.id)

    assert len(rows()) == 1
    assert len(list(uploads.folder_of(parts, intake.id).iterdir())) == 1


def test_a_piece_that_is_here_stays_as_it_is(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    puts(parts, intake, begun, [1])

    arriving.put(parts, intake.id, begun.id, 1, bytes(PIECE))

    assert pieces.read(parts, intake.id, begun.id, 1) == piece(1)


def test_other_bytes_than_were_said_are_not_kept(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    arriving.put(parts, intake.id, begun.id, 1, bytes(PIECE))
    puts(parts, intake, begun, [0, 2])

    with pytest.raises(Unfit, match="changed"):
        arriving.finish(parts, intake.id, begun.id)

    assert (rows(), here(parts)) == ([], [])
    assert list(uploads.folder_of(parts, intake.id).iterdir()) == []


def test_before_all_is_here_nothing_is_kept(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    puts(parts, intake, begun, [0, 1])

    with pytest.raises(NotWhole):
        arriving.finish(parts, intake.id, begun.id)

    assert rows() == []


def test_nobody_writes_a_piece_into_the_file_of_another(app: Flask, parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    other = an_intake(app, state=IntakeState.CLEARED)

    with pytest.raises(NoSuchFile):
        arriving.put(parts, other.id, begun.id, 0, piece(0))
    with pytest.raises(NoSuchFile):
        arriving.finish(parts, other.id, begun.id)

    assert len(here(parts)) == 1


def test_even_a_file_put_into_the_folder_of_another_opens_there_with_nothing(
    app: Flask, parts: Parts, intake: Intake
) -> None:
    begun = begins(parts, intake)
    other = an_intake(app, state=IntakeState.CLEARED)
    pieces.folder_of(parts, intake.id).rename(pieces.folder_of(parts, other.id))

    with pytest.raises(NoSuchFile):
        arriving.put(parts, other.id, begun.id, 0, piece(0))


def test_with_one_folder_and_one_key_for_all_it_would_be_noticed(
    app: Flask, parts: Parts, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = parts.keyring.open(intake.id)
    other = an_intake(app, state=IntakeState.CLEARED)
    monkeypatch.setattr(pieces, "folder_of", lambda parts, _intake_id: pieces.root_of(parts) / "all")
    begun = begins(parts, intake)
    monkeypatch.setattr(pieces, "_key", lambda _parts, _intake_id: key)

    arriving.put(parts, other.id, begun.id, 0, piece(0))

    assert len(here(parts)) == 2


@pytest.mark.parametrize(
    ("number", "content"),
    [
        pytest.param(3, b"x", id="one too many"),
        pytest.param(-1, b"x", id="before the first"),
        pytest.param(0, piece(0)[:-1], id="a byte too short"),
        pytest.param(2, piece(2) + b"x", id="a byte too long"),
        pytest.param(1, b"", id="nothing"),
    ],
)
def test_what_is_no_piece_of_it_is_not_kept(parts: Parts, intake: Intake, number: int, content: bytes) -> None:
    begun = begins(parts, intake)

    with pytest.raises(NotAPiece):
        arriving.put(parts, intake.id, begun.id, number, content)

    assert len(here(parts)) == 1


def test_what_was_not_begun_takes_no_piece(parts: Parts, intake: Intake) -> None:
    with pytest.raises(NoSuchFile):
        arriving.put(parts, intake.id, uuid4(), 0, piece(0))


def test_the_nightly_look_takes_what_did_not_go_on_for_a_day(parts: Parts, intake: Intake, hands: Hands) -> None:
    puts(parts, intake, begins(parts, intake), [0])
    hands.set(hands.now + timedelta(hours=23))
    newer = begins(parts, intake, a_photo(), "jpg")
    early = arriving.sweep(parts)
    hands.set(hands.now + timedelta(hours=1))

    assert (early, arriving.sweep(parts)) == (0, 2)
    assert [one.id for one in arriving.on_their_way(parts, intake.id)] == [newer.id]


def test_pieces_that_nobody_can_open_go_too(parts: Parts, intake: Intake) -> None:
    puts(parts, intake, begins(parts, intake), [0])
    parts.keyring.destroy(intake.id)

    assert (arriving.sweep(parts), list(pieces.root_of(parts).iterdir())) == (2, [])


def test_a_purge_takes_the_pieces_with_the_files(parts: Parts, intake: Intake) -> None:
    puts(parts, intake, begins(parts, intake), [0])
    with writing() as session:
        session.get_one(Intake, intake.id).state = IntakeState.PURGED

    purging.finish(parts)

    assert here(parts) == []


def test_where_her_case_was_closed_meanwhile_no_piece_is_taken(parts: Parts, intake: Intake) -> None:
    begun = begins(parts, intake)
    with writing() as session:
        session.get_one(Intake, intake.id).state = IntakeState.DECLINED

    with pytest.raises(NotOpen):
        arriving.put(parts, intake.id, begun.id, 0, piece(0))


def test_files_on_their_way_count(parts: Parts, intake: Intake) -> None:
    for number in range(MOST_FILES):
        begins(parts, intake, RECORDING + bytes([number]))

    with pytest.raises(Enough):
        begins(parts, intake, LONG)
    assert begins(parts, intake, RECORDING + b"\0").pieces == 1
