"""A backup's file opens with CITA_KEYS alone, and only as it was written."""

import os
from pathlib import Path

import pytest

from config import MasterKey
from scheduler.casework.archive import CHUNK, NoArchive, Writer, reading
from scheduler.casework.keyring import Keyring, WrongMasterKey
from tests.builders.settings import MASTER

FILES = {"one.json": b"[1]", "empty": b"", "large": os.urandom(3 * CHUNK + 5)}


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keystore", (MASTER,))


@pytest.fixture
def archive(tmp_path: Path, ring: Keyring) -> Path:
    path = tmp_path / "backup.cita"
    with Writer(path, ring) as writing:
        for name, content in FILES.items():
            writing.add(name, content)
    return path


def contents(path: Path, ring: Keyring) -> dict[str, bytes]:
    with reading(path, ring) as members:
        return {name: content.read() for name, content in members}


def test_what_was_written_is_read(archive: Path, ring: Keyring) -> None:
    assert contents(archive, ring) == FILES
    assert archive.stat().st_mode & 0o777 == 0o600


def test_nothing_of_it_can_be_read_in_the_file(tmp_path: Path, ring: Keyring) -> None:
    path = tmp_path / "backup.cita"
    with Writer(path, ring) as writing:
        writing.add("centinela.txt", b"centinela" * 1000)

    assert b"centinela" not in path.read_bytes()


@pytest.mark.parametrize("left", [0, 10, 60, 300, CHUNK, 2 * CHUNK, -1, -40])
def test_one_that_was_cut_off_is_refused(archive: Path, ring: Keyring, left: int) -> None:
    archive.write_bytes(archive.read_bytes()[:left])

    with pytest.raises((NoArchive, WrongMasterKey)):
        contents(archive, ring)


def test_one_without_its_last_chunk_is_refused_though_every_other_holds(archive: Path, ring: Keyring) -> None:
    content = archive.read_bytes()
    place = content.index(b"\n", content.index(b"\n") + 1) + 1
    while place + 4 + int.from_bytes(content[place : place + 4]) < len(content):
        place += 4 + int.from_bytes(content[place : place + 4])

    archive.write_bytes(content[:place])

    with pytest.raises(NoArchive):
        contents(archive, ring)


@pytest.mark.parametrize("at", [0, 20, 200, CHUNK, 2 * CHUNK + 100, -1])
def test_one_with_a_changed_byte_is_refused(archive: Path, ring: Keyring, at: int) -> None:
    content = bytearray(archive.read_bytes())
    content[at] ^= 1
    archive.write_bytes(bytes(content))

    with pytest.raises((NoArchive, WrongMasterKey)):
        contents(archive, ring)


@pytest.mark.parametrize("key", [MasterKey("t2", bytes(range(32))), MasterKey(MASTER.id, bytes(range(32)))])
def test_another_key_opens_nothing(archive: Path, tmp_path: Path, key: MasterKey) -> None:
    with pytest.raises(WrongMasterKey):
        contents(archive, Keyring(tmp_path / "other", (key,)))


def test_one_that_could_not_be_finished_is_not_there(tmp_path: Path, ring: Keyring) -> None:
    path = tmp_path / "backup.cita"

    with pytest.raises(IsADirectoryError), Writer(path, ring) as writing:
        writing.add_file("one", tmp_path)

    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == []


def test_a_file_that_was_deleted_meanwhile_is_left_out(tmp_path: Path, ring: Keyring) -> None:
    with Writer(tmp_path / "backup.cita", ring) as writing:
        is_added = writing.add_file("gone", tmp_path / "gone")

    assert not is_added
    assert contents(tmp_path / "backup.cita", ring) == {}
