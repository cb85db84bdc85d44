"""How large, how long and how many files may be; what is refused leaves nothing."""

import resource

import pytest

from scheduler.casework import uploads
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Enough, Incoming, Unfit, UploadState, add, kept
from scheduler.engine.file_kinds import MEGABYTE
from scheduler.models import Intake, Upload
from tests.builders.files import PAPER, RECORDING, Zeros, a_photo
from tests.casework.sending import on_disk, rows, send
from tests.conftest import on_both

PHOTO = a_photo()


@pytest.mark.parametrize(
    ("file", "name", "fits"),
    [
        pytest.param(Zeros(RECORDING, 60 * MEGABYTE), "a.ogg", True, id="the longest recording"),
        pytest.param(Zeros(RECORDING, 60 * MEGABYTE + 1), "a.ogg", False, id="a byte more"),
        pytest.param(Zeros(PHOTO, 20 * MEGABYTE), "a.jpg", True, id="the largest photo"),
        pytest.param(Zeros(PHOTO, 20 * MEGABYTE + 1), "a.jpg", False, id="one byte more"),
    ],
)
def test_one_file_has_its_bounds(parts: Parts, intake: Intake, file: Zeros, name: str, fits: bool) -> None:
    incoming = Incoming(file, name)

    if fits:
        add(parts, intake.id, incoming)
    else:
        with pytest.raises(Unfit, match="size"):
            add(parts, intake.id, incoming)

    assert [row.size for row in rows()] == ([file.size] if fits else [])


def test_a_long_recording_is_never_whole_in_memory(parts: Parts, intake: Intake) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    add(parts, intake.id, Incoming(Zeros(RECORDING, 60 * MEGABYTE), "a.ogg"))

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
    monkeypatch.setattr(uploads, "refuse_where_closed", lambda _parts, _intake_id: None)
    already(intake, 40, 1)

    with pytest.raises(Enough):
        send(parts, intake, PAPER, "a.pdf")

    assert on_disk(parts) == []
