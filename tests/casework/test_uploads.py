"""Files that clients send: kept byte for byte, sealed; and nothing else."""

import hashlib
from typing import Any

import pytest
from flask import Flask

from scheduler.casework import purging
from scheduler.casework.keyring import KeyGone
from scheduler.casework.more import NotOpen
from scheduler.casework.parts import Parts
from scheduler.casework.sealing import place, unseal
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import COPY, Unfit, UploadState
from scheduler.engine.states import IntakeState
from scheduler.models import Intake, Upload
from tests.builders.files import CAMERA, PAPER, RECORDING, a_photo
from tests.builders.firm import a_firm, an_intake
from tests.casework.sending import on_disk, opened, rows, send
from tests.conftest import on_both


def facts(parts: Parts, row: Upload) -> dict[str, Any]:
    return unseal(row.facts, parts.keyring.open(row.intake_id), place("upload", "facts", row.id))


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
        "smaller": False,
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
        pytest.param(a_photo("HEIF"), "a.heic", True, id="a photo of an iPhone"),
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
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(500), "a.heic", "unreadable", id="the start of an iPhone's photo"),
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
