"""What every way out promises; a new one joins by a line in each table."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scheduler.channels.maildir import MailFolder
from scheduler.channels.port import Channel, Mail, Text, TryAgainLater, Undeliverable
from scheduler.channels.sms import TextFolder
from scheduler.channels.smtp import SmtpChannel, SmtpServer
from tests.channels.letters import PLAIN, TEXT
from tests.channels.servers import LOOPBACK, Scripted, Sink, listening, scripted


def mails_as_files(folder: Path, _: int) -> Channel[Mail]:
    return MailFolder(folder)


def mails_by_smtp(_: Path, port: int) -> Channel[Mail]:
    return SmtpChannel(SmtpServer(LOOPBACK, port, starttls="never"))


def texts_as_files(folder: Path, _: int) -> Channel[Text]:
    return TextFolder(folder)


Way = Callable[[Path, int], Channel[Any]]
MAILS = [
    pytest.param(mails_as_files, PLAIN, id="mails as files"),
    pytest.param(mails_by_smtp, PLAIN, id="mails by SMTP"),
]
EVERY_WAY = [*MAILS, pytest.param(texts_as_files, TEXT, id="texts as files")]


@pytest.mark.parametrize(("way", "letter"), EVERY_WAY)
def test_an_open_way_takes_the_same_letter_twice_and_carries_the_same_bytes(
    tmp_path: Path, way: Way, letter: Mail | Text
) -> None:
    sink = Sink()

    with listening(sink) as port:
        for _ in range(2):
            way(tmp_path, port).send(letter)

    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert len({*files, *(one.original_content for one in sink.envelopes)}) == 1


@pytest.mark.parametrize(("way", "letter"), EVERY_WAY)
def test_a_closed_way_keeps_the_letter_and_names_nobody(tmp_path: Path, way: Way, letter: Mail | Text) -> None:
    closed = tmp_path / "closed"
    closed.write_text("a file where the folder would be")

    with scripted(Scripted({"connect": "421 closed"})) as port, pytest.raises(TryAgainLater) as refused:
        way(closed, port).send(letter)

    assert letter.to not in repr(refused.value)


@pytest.mark.parametrize(("way", "letter"), MAILS)
def test_a_letter_to_nowhere_is_given_up(tmp_path: Path, way: Way, letter: Mail) -> None:
    with scripted(Scripted({})) as port, pytest.raises(Undeliverable):
        way(tmp_path, port).send(replace(letter, to="nobody"))
