from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.casework.sealed_files import PIECE, PREFIX, TAG, open_file, seal_file
from scheduler.casework.sealing import Broken

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
WHERE = b"upload:file:1"
LONG = bytes(range(256)) * 1024


def opened(path: Path, key: bytes = KEY, where: bytes = WHERE) -> bytes:
    return b"".join(open_file(path, key, where))


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5])
def test_what_is_sealed_opens_to_the_same(tmp_path: Path, size: int) -> None:
    content = LONG[:size] if size <= len(LONG) else LONG

    sealed = seal_file([content], tmp_path / "f", KEY, WHERE)

    assert (opened(tmp_path / "f"), sealed.size, sealed.sha256) == (content, len(content), sha256(content).digest())


@given(st.lists(st.binary(max_size=PIECE), max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_does_not_matter_in_which_pieces_it_comes(tmp_path: Path, pieces: list[bytes]) -> None:
    path = tmp_path / "f"
    path.unlink(missing_ok=True)

    seal_file(pieces, path, KEY, WHERE)

    assert opened(path) == b"".join(pieces)


def swapped(file: bytes) -> bytes:
    one, step = PREFIX, PIECE + TAG
    return file[:one] + file[one + step : one + 2 * step] + file[one : one + step] + file[one + 2 * step :]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda file: file[:-1], id="a byte is missing at the end"),
        pytest.param(lambda file: file[: PREFIX + PIECE + TAG], id="it ends after a whole piece"),
        pytest.param(lambda file: file[:PREFIX], id="nothing is left"),
        pytest.param(lambda file: file[:0], id="not even its beginning"),
        pytest.param(lambda file: file + b"x", id="something was added"),
        pytest.param(lambda file: file[:99] + bytes([file[99] ^ 1]) + file[100:], id="a bit has changed"),
        pytest.param(swapped, id="two pieces changed places"),
        pytest.param(lambda file: bytes([file[0] ^ 1]) + file[1:], id="another beginning"),
    ],
)
def test_a_file_that_was_changed_does_not_open(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "f"
    seal_file([LONG[: 3 * PIECE]], path, KEY, WHERE)
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(Broken):
        opened(path)


@pytest.mark.parametrize(("key", "where"), [(OTHER_KEY, WHERE), (KEY, b"upload:file:2")])
def test_it_opens_with_its_key_at_its_place_only(tmp_path: Path, key: bytes, where: bytes) -> None:
    seal_file([LONG], tmp_path / "f", KEY, WHERE)

    with pytest.raises(Broken):
        opened(tmp_path / "f", key, where)


def test_nothing_of_it_stands_in_the_file(tmp_path: Path) -> None:
    seal_file([b"sentinel " * 20_000], tmp_path / "f", KEY, WHERE)

    assert b"sentinel" not in (tmp_path / "f").read_bytes()
    assert (tmp_path / "f").stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_taken_is_never_written_over(tmp_path: Path) -> None:
    seal_file([b"a"], tmp_path / "f", KEY, WHERE)

    with pytest.raises(FileExistsError):
        seal_file([b"b"], tmp_path / "f", KEY, WHERE)
