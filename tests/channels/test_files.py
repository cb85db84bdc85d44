import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest

from scheduler.channels.maildir import MailFolder
from scheduler.channels.message import build
from scheduler.channels.port import Stage, TryAgainLater, Undeliverable
from scheduler.channels.sms import TextFolder
from tests.channels.letters import DUE, PLAIN, ROW, TEXT

Send = Callable[[Path], None]
EVERY_FOLDER = pytest.mark.parametrize(
    ("send", "name"),
    [
        pytest.param(lambda folder: MailFolder(folder).send(PLAIN), f"20261124T183000Z-{ROW}.eml", id="mail"),
        pytest.param(lambda folder: TextFolder(folder).send(TEXT), f"20261124T183000Z-{ROW}.json", id="text"),
    ],
)


def test_a_mail_file_holds_the_exact_bytes(tmp_path: Path) -> None:
    MailFolder(tmp_path).send(PLAIN)

    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == build(PLAIN)


def test_a_text_file_holds_phone_channel_and_body(tmp_path: Path) -> None:
    TextFolder(tmp_path).send(TEXT)

    (file,) = tmp_path.iterdir()
    assert json.loads(file.read_text()) == {"to": TEXT.to, "channel": "sms", "body": TEXT.body}


@EVERY_FOLDER
def test_a_letter_is_a_file_that_only_its_owner_reads(tmp_path: Path, send: Send, name: str) -> None:
    send(tmp_path / "var" / "letters")

    (file,) = (tmp_path / "var" / "letters").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@EVERY_FOLDER
def test_the_name_tells_when_and_which_row_and_no_more(tmp_path: Path, send: Send, name: str) -> None:
    send(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == [name]


@EVERY_FOLDER
def test_a_second_try_replaces_the_first(tmp_path: Path, send: Send, name: str) -> None:
    send(tmp_path)
    send(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == [name]


@EVERY_FOLDER
def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path, send: Send, name: str) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(TryAgainLater) as refused:
        send(tmp_path / "file")

    assert refused.value.stage is Stage.FILE


@EVERY_FOLDER
def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, send: Send, name: str) -> None:
    (tmp_path / name).mkdir()

    with pytest.raises(TryAgainLater):
        send(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_files_sort_by_when_they_were_due_wherever_the_clock_stood(tmp_path: Path) -> None:
    hour_later = replace(
        PLAIN, row=UUID(int=0), due_at=(DUE + timedelta(hours=1)).astimezone(timezone(-timedelta(hours=8)))
    )

    MailFolder(tmp_path).send(hour_later)
    MailFolder(tmp_path).send(PLAIN)

    assert [file.name[:16] for file in sorted(tmp_path.iterdir())] == ["20261124T183000Z", "20261124T193000Z"]


def test_a_mail_that_cannot_be_written_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Undeliverable):
        MailFolder(tmp_path).send(replace(PLAIN, to="nobody"))

    assert list(tmp_path.iterdir()) == []


def test_nobody_is_named_where_texts_are_logged() -> None:
    assert "+52" not in repr(TEXT)
    assert "cita" not in repr(TEXT)
