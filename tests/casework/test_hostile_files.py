"""Files that are not what they say, whole and in pieces: refused, or kept as bytes that nobody runs."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from scheduler.casework import arriving
from scheduler.casework.arriving import Said
from scheduler.casework.parts import Parts
from scheduler.casework.scanning import scan_waiting
from scheduler.casework.uploads import Unfit, UploadState, kept
from scheduler.channels.clamav import ClamAv
from scheduler.engine.file_kinds import PIECE
from scheduler.models import Intake
from tests.builders.clamav import clamd
from tests.builders.files import EICAR, PAPER, RECORDING, a_photo
from tests.casework.sending import on_disk, opened, rows, send

LISTENING: list[list[Path]] = []
Send = Callable[[Parts, Intake, bytes, str], None]
HTML = b"<!doctype html><script>alert(1)</script>"
PHP = b"<?php system($_GET['c']); ?>"
JAR = b"PK\x03\x04" + bytes(26) + b"META-INF/MANIFEST.MF" + b"PK\x05\x06" + bytes(18)


def in_pieces(parts: Parts, intake: Intake, content: bytes, name: str) -> None:
    said = Said(hashlib.sha256(content).hexdigest(), len(content), name.rpartition(".")[2])
    begun = arriving.begin(parts, intake.id, said)
    if begun:
        for number in range(begun.pieces):
            arriving.put(parts, intake.id, begun.id, number, content[number * PIECE :][:PIECE])
        arriving.finish(parts, intake.id, begun.id)


both_ways = pytest.mark.parametrize("sends", [pytest.param(send, id="whole"), pytest.param(in_pieces, id="in pieces")])


@both_ways
@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"GIF89a/*" + HTML + b"*/=1;", "a.gif", id="GIF and JavaScript"),
        pytest.param(b"GIF89a/*" + HTML, "a.jpg", id="GIF named as a photo"),
        pytest.param(HTML + PAPER, "a.pdf", id="HTML before paper"),
        pytest.param(HTML, "a.jpg", id="HTML named as a photo"),
        pytest.param(b"<svg onload='alert(1)'/>", "a.svg", id="a drawing with a program"),
        pytest.param(b"<svg onload='alert(1)'/>", "a.png", id="a drawing named as a picture"),
        pytest.param(JAR + a_photo(), "a.jpg", id="an archive before a photo"),
        pytest.param(b"\xff\xd8\xff\xe0" + JAR, "a.jpg", id="an archive behind the start of a photo"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + PHP, "a.png", id="a program behind the start of a picture"),
        pytest.param(b"MZ\x90\0" + bytes(200), "a.pdf", id="a program named as paper"),
        pytest.param(b"PK\x03\x04" + bytes(200), "a.docx", id="an office document"),
        pytest.param(JAR, "42.zip", id="an archive"),
        pytest.param(a_photo(), "a.jpg.exe", id="two ends"),
        pytest.param(a_photo(), "a\u202egpj.exe", id="right to left"),
        pytest.param(a_photo(), "a.jpg\0.exe", id="behind a zero"),
        pytest.param(a_photo(), "a.exe\0", id="before a zero"),
        pytest.param(a_photo(), "../../x", id="a path"),
        pytest.param(a_photo(), "CON", id="a device"),
        pytest.param(a_photo(), "x" * 300, id="300 letters"),
        pytest.param(a_photo(), "", id="no name"),
        pytest.param(b"", "a.jpg", id="nothing in it"),
    ],
)
def test_what_is_not_what_it_says_leaves_nothing(
    parts: Parts, intake: Intake, sends: Send, content: bytes, name: str
) -> None:
    with pytest.raises(Unfit):
        sends(parts, intake, content, name)

    assert (rows(), everything(parts)) == ([], [])


@both_ways
@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(PAPER + HTML, "a.pdf", id="paper, then HTML"),
        pytest.param(a_photo("PNG") + PHP, "a.png", id="a picture, then a program"),
        pytest.param(a_photo() + JAR, "a.jpg", id="a photo, then an archive"),
        pytest.param(RECORDING + HTML, "..\\..\\a.ogg", id="a recording, then HTML, by a path"),
        pytest.param(PAPER, "a\0b.pdf", id="a zero in the name"),
        pytest.param(PAPER, "C:x.pdf", id="a drive"),
    ],
)
def test_what_is_also_something_else_is_kept_sealed_under_a_name_of_ours(
    parts: Parts, intake: Intake, sends: Send, content: bytes, name: str
) -> None:
    sends(parts, intake, content, name)

    row = rows()[0]
    assert opened(parts, row) == content
    assert {path.name.partition(".")[0] for path in on_disk(parts)} == {str(row.id)}
    assert not any(word in path.read_bytes() for path in on_disk(parts) for word in (HTML, PHP, b"META-INF", b"%PDF"))


@both_ways
def test_no_file_is_written_outside_of_the_store(parts: Parts, intake: Intake, sends: Send) -> None:
    before = everything(parts)

    with written_to() as places:
        sends(parts, intake, a_photo(), "../../../a.jpg")

    store = {parts.uploads / str(intake.id), parts.uploads.with_name("arriving") / str(intake.id)}
    assert {place.parent for place in places} <= store
    assert len(places) >= 2
    assert set(everything(parts)) - set(before) == set(on_disk(parts))


def test_a_file_written_elsewhere_would_be_noticed(tmp_path: Path) -> None:
    with written_to() as places:
        (tmp_path / "x").write_bytes(b"x")

    assert places == [tmp_path / "x"]


@both_ways
def test_a_virus_is_found_whichever_way_it_came(parts: Parts, intake: Intake, sends: Send) -> None:
    with clamd() as address:
        scanned = replace(parts, scanner=ClamAv(address))
        sends(scanned, intake, RECORDING + EICAR, "a.ogg")
        waits = [row.state for row in rows()]
        scan_waiting(scanned)

    assert (waits, [row.state for row in rows()]) == ([UploadState.WAITING], [UploadState.INFECTED])
    assert (kept(intake.id), everything(parts)) == ((), [])


def everything(parts: Parts) -> list[Path]:
    """Files of clients, wherever they lie."""
    data = parts.uploads.parent
    ours = {"keystore", "mail", "texts"}
    return [
        path
        for path in data.rglob("*")
        if path.is_file() and not ours & set(path.parts) and not path.name.startswith("cita.db")
    ]


@contextmanager
def written_to() -> Iterator[list[Path]]:
    """Paths that this process opens for writing, but for the lock of its keys; its database goes by another way."""
    _hook()
    places: list[Path] = []
    LISTENING.append(places)
    yield places
    LISTENING.remove(places)


@cache
def _hook() -> None:
    """Once: what listens to an interpreter stays with it."""
    sys.addaudithook(_heard)


def _heard(event: str, about: tuple[Any, ...]) -> None:
    if event == "open" and LISTENING and isinstance(about[0], str | Path) and _writes(about[2]):
        path = Path(about[0])
        if path.parent.name != "keystore":
            LISTENING[-1].append(path)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
