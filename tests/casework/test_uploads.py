"""Files that clients send: kept byte for byte, sealed, bounded; and nothing else."""

import hashlib
import resource
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import purging, uploads
from scheduler.casework.keyring import KeyGone
from scheduler.casework.more import NotOpen
from scheduler.casework.parts import Parts
from scheduler.casework.sealed_files import open_file
from scheduler.casework.sealing import place, unseal
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import COPY, ORIGINAL, Enough, Incoming, Unfit, UploadState, add, kept
from scheduler.engine.file_kinds import MEGABYTE
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Upload, db
from tests.builders.files import CAMERA, PAPER, RECORDING, Zeros, a_file, a_photo
from tests.builders.firm import a_firm, an_intake
from tests.conftest import on_both


@pytest.fixture
def intake(app: Flask) -> Intake:
    a_firm(app)
    return an_intake(app, state=IntakeState.CLEARED)


def send(parts: Parts, intake: Intake, content: bytes, name: str, shows: str = "") -> None:
    add(parts, intake.id, Incoming(a_file(content), name, shows))


def rows() -> list[Upload]:
    db.session.rollback()
    return list(db.session.scalars(select(Upload).order_by(Upload.number)))


def opened(parts: Parts, row: Upload, part: str = ORIGINAL) -> bytes:
    path = uploads.path_of(parts, row.intake_id, row.id, part)
    return b"".join(open_file(path, parts.keyring.open(row.intake_id), uploads.where(row.id, part)))


def facts(parts: Parts, row: Upload) -> dict[str, Any]:
    return unseal(row.facts, parts.keyring.open(row.intake_id), place("upload", "facts", row.id))


def on_disk(parts: Parts) -> list[Path]:
    return [path for path in parts.uploads.rglob("*") if path.is_file()] if parts.uploads.exists() else []


@on_both
def test_a_photo_is_kept_byte_for_byte_with_what_it_says_of_time_and_place(parts: Parts, intake: Intake) -> None:
    photo = a_photo()

    send(parts, intake, photo, "IMG_1.JPG", "nta")

    row = rows()[0]
    assert opened(parts, row) == photo
    assert facts(parts, row) == {
        "kind": "jpg",
        "shows": "nta",
        "sha256": hashlib.sha256(photo).hexdigest(),
        "copy": True,
        "gps": True,
        "pixels": [320, 240],
    }
    assert (row.number, row.size, row.state) == (1, len(photo), UploadState.UNSCANNED)


def test_the_copy_says_nothing_of_camera_and_place(parts: Parts, intake: Intake) -> None:
    send(parts, intake, a_photo(), "IMG_1.JPG")

    assert CAMERA.encode() not in opened(parts, rows()[0], COPY)


@pytest.mark.parametrize(
    ("content", "name", "has_copy"),
    [
        pytest.param(a_photo("PNG"), "a.png", True, id="a picture"),
        pytest.param(a_photo("WEBP"), "a.webp", True, id="a picture of the web"),
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(500), "a.heic", False, id="a photo that is not opened here"),
        pytest.param(PAPER, "a.pdf", False, id="paper"),
        pytest.param(RECORDING, "a.ogg", False, id="a voice message"),
    ],
)
def test_every_kind_is_kept_as_it_came(parts: Parts, intake: Intake, content: bytes, name: str, has_copy: bool) -> None:
    send(parts, intake, content, name)

    row = rows()[0]
    assert (opened(parts, row), facts(parts, row)["copy"]) == (content, has_copy)


def test_nothing_of_a_file_stands_in_clear_in_our_folder_or_database(parts: Parts, intake: Intake) -> None:
    send(parts, intake, a_photo(), "Sentinel-Name.jpg", "photos")

    everything = b"".join(path.read_bytes() for path in parts.uploads.parent.rglob("*") if path.is_file())
    names = " ".join(str(path) for path in on_disk(parts))
    assert not any(word in everything for word in (CAMERA.encode(), b"JFIF", b"Sentinel-Name"))
    assert "Sentinel" not in names
    assert len(on_disk(parts)) == 2


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        pytest.param(b"<!doctype html><script>alert(1)</script>", "a.jpg", "kind", id="HTML named as a photo"),
        pytest.param(b"<svg onload='alert(1)'/>", "a.svg", "kind", id="a drawing with a program"),
        pytest.param(b"GIF89a/*\0*/=alert(1)", "a.gif", "kind", id="GIF and JavaScript"),
        pytest.param(b"MZ\x90\0", "a.pdf", "kind", id="a program named as paper"),
        pytest.param(b"PK\x03\x04", "a.docx", "kind", id="an office document"),
        pytest.param(a_photo(), "photo.\u202egpj.exe", "kind", id="a name from right to left"),
        pytest.param(a_photo(), "../../x", "kind", id="a path"),
        pytest.param(a_photo(), "CON", "kind", id="a device"),
        pytest.param(a_photo(), "", "kind", id="no name"),
        pytest.param(b"", "a.jpg", "kind", id="nothing in it"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(500), "a.jpg", "unreadable", id="only the start of a photo"),
        pytest.param(PAPER + b"<< /S /JavaScript >>", "a.pdf", "javascript", id="paper with a program"),
        pytest.param(PAPER + b"<< /Encrypt 5 0 R >>", "a.pdf", "encrypt", id="locked paper"),
    ],
)
def test_what_may_not_be_sent_leaves_nothing(parts: Parts, intake: Intake, content: bytes, name: str, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        send(parts, intake, content, name)

    assert (str(refused.value), rows(), on_disk(parts)) == (why, [], [])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../x.jpg", id="a path up"),
        pytest.param("..\\..\\x.jpg", id="another path up"),
        pytest.param("C:\\x.jpg", id="a drive"),
        pytest.param("x.php.jpg", id="two ends"),
        pytest.param("a" * 300 + ".jpg", id="300 letters"),
        pytest.param("CON.jpg", id="a device"),
    ],
)
def test_a_hostile_name_is_dropped(parts: Parts, intake: Intake, name: str) -> None:
    send(parts, intake, a_photo(), name)

    row = rows()[0]
    assert {path.name for path in on_disk(parts)} == {f"{row.id}.file", f"{row.id}.copy"}
    assert {path.parent for path in on_disk(parts)} == {parts.uploads / str(intake.id)}


HEIC = b"\0\0\0\x18ftypheic"


@pytest.mark.parametrize(
    ("file", "name", "fits"),
    [
        pytest.param(Zeros(RECORDING, 60 * MEGABYTE), "a.ogg", True, id="the longest recording"),
        pytest.param(Zeros(RECORDING, 60 * MEGABYTE + 1), "a.ogg", False, id="a byte more"),
        pytest.param(Zeros(HEIC, 20 * MEGABYTE), "a.heic", True, id="the largest photo"),
        pytest.param(Zeros(HEIC, 20 * MEGABYTE + 1), "a.heic", False, id="one byte more"),
    ],
)
def test_one_file_has_its_bounds(parts: Parts, intake: Intake, file: Zeros, name: str, fits: bool) -> None:
    incoming = Incoming(file, name)  # type: ignore[arg-type]

    if fits:
        add(parts, intake.id, incoming)
    else:
        with pytest.raises(Unfit, match="size"):
            add(parts, intake.id, incoming)

    assert [row.size for row in rows()] == ([file.size] if fits else [])


def test_a_long_recording_is_never_whole_in_memory(parts: Parts, intake: Intake) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    add(parts, intake.id, Incoming(Zeros(RECORDING, 60 * MEGABYTE), "a.ogg"))  # type: ignore[arg-type]

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024


def already(intake: Intake, files: int, size: int) -> None:
    with writing() as session:
        for number in range(files):
            session.add(
                Upload(
                    intake_id=intake.id,
                    number=number + 1,
                    state=UploadState.CLEAN,
                    size=size,
                    created_at=intake.created_at,
                )
            )


@pytest.mark.parametrize(
    ("files", "size", "fits"),
    [
        pytest.param(39, 1, True, id="the fortieth file"),
        pytest.param(40, 1, False, id="one more"),
        pytest.param(4, 75 * MEGABYTE, False, id="300 MB and a little"),
        pytest.param(3, 75 * MEGABYTE, True, id="room is left"),
    ],
)
@on_both
def test_an_intake_has_its_bounds(parts: Parts, intake: Intake, files: int, size: int, fits: bool) -> None:
    already(intake, files, size)

    if fits:
        send(parts, intake, PAPER, "a.pdf")
    else:
        with pytest.raises(Enough):
            send(parts, intake, PAPER, "a.pdf")

    assert len(kept(intake.id)) == files + fits
    assert len(on_disk(parts)) == int(fits)


def test_what_is_refused_after_it_was_sealed_leaves_nothing(
    parts: Parts, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_refuse_where_closed", lambda _parts, _intake_id: None)
    already(intake, 40, 1)

    with pytest.raises(Enough):
        send(parts, intake, PAPER, "a.pdf")

    assert on_disk(parts) == []


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        pytest.param({"device_safe": "no"}, IntakeState.CLEARED, id="others see her device"),
        pytest.param({}, IntakeState.CONFLICT_REVIEW, id="the conflict check is not done"),
        pytest.param({}, IntakeState.DECLINED, id="the case is closed"),
    ],
)
def test_it_is_closed(app: Flask, parts: Parts, answers: dict[str, Any], state: IntakeState) -> None:
    a_firm(app)
    intake = an_intake(app, state=state, **answers)

    with pytest.raises(NotOpen):
        send(parts, intake, PAPER, "a.pdf")

    assert (rows(), on_disk(parts)) == ([], [])


@on_both
def test_what_belongs_to_a_purged_intake_goes_with_its_key(parts: Parts, intake: Intake) -> None:
    send(parts, intake, PAPER, "a.pdf")
    with writing() as session:
        session.get_one(Intake, intake.id).state = IntakeState.PURGED

    purging.finish(parts, intake.id)

    assert not (parts.uploads / str(intake.id)).exists()
    with pytest.raises(KeyGone):
        parts.keyring.open(intake.id)
