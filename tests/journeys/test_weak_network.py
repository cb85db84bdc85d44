"""She sends a long voice message; the connection breaks half way; it goes on, and arrives byte for byte."""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from config import Settings
from scheduler.casework.parts import Parts
from scheduler.engine.file_kinds import MEGABYTE
from scheduler.engine.states import IntakeState
from scheduler.models import Upload, db
from tests.builders.browser import a_booking, own_page
from tests.builders.cut import HOST, Line, a_line
from tests.builders.files import RECORDING
from tests.casework.sending import opened
from tests.journeys.pages import proves_who_she_is
from tests.journeys.reader import Reader

pytestmark = pytest.mark.browser

VOICE = RECORDING + random.Random(5).randbytes(6 * MEGABYTE)
PIECES = 7
NO_SIGNAL = "Ahora no hay señal. Seguimos solos cuando regrese."
WAITS = 60_000


@dataclass
class Sending:
    """She, the line by which she sends, her page, and the numbers of the pieces that her browser began to send."""

    she: Reader
    line: Line
    page: str
    file: Path
    sent: list[str]

    def chooses_and_sends(self) -> None:
        sends(self.she, self.file)


def sends(she: Any, file: Path) -> None:
    she.page.get_by_label("Elija fotos, PDF o grabaciones").set_input_files(file)
    she.presses("Enviar")


def is_at_her_files(she: Any, own: str) -> None:
    she.opens(own)
    proves_who_she_is(she)
    she.opens(f"{own}/files")


@pytest.fixture
def own(app: Flask, firm: None) -> str:
    return own_page(app, a_booking(app, "2026-11-27T17:00", state=IntakeState.CLEARED))


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    (tmp_path / "voice.ogg").write_bytes(VOICE)
    return tmp_path / "voice.ogg"


@pytest.fixture
def sending(own: str, window: Callable[..., Reader], settings: Settings, voice: Path) -> Iterator[Sending]:
    with a_line(settings.port) as line:
        she, sent = window(), []
        she.address = f"http://{HOST}:{line.port}"
        is_at_her_files(she, own)
        she.page.on("request", lambda one: sent.append(one.url.rpartition("/")[2]) if "/files/" in one.url else None)
        line.cut_after = 3 * MEGABYTE + MEGABYTE // 2
        yield Sending(she, line, own, voice, sent)


def arrived(parts: Parts) -> list[str]:
    """SHA-256 of each file that is kept, as it opens."""
    db.session.rollback()
    return [hashlib.sha256(opened(parts, row)).hexdigest() for row in db.session.scalars(select(Upload))]


def sha256() -> list[str]:
    return [hashlib.sha256(VOICE).hexdigest()]


def test_it_goes_on_by_itself_when_the_connection_is_back(sending: Sending, parts: Parts) -> None:
    sending.chooses_and_sends()
    expect(sending.she.page.get_by_text(NO_SIGNAL)).to_be_visible()
    sending.line.mend()

    expect(sending.she.page.locator("body")).to_contain_text("Guardados: 1.", timeout=WAITS)

    assert (arrived(parts), sending.line.cuts) == (sha256(), 1)
    assert [number for number in "012456" if sending.sent.count(number) != 1] == []


def test_after_a_reload_she_chooses_it_again_and_only_the_rest_is_sent(sending: Sending, parts: Parts) -> None:
    sending.chooses_and_sends()
    expect(sending.she.page.get_by_text(NO_SIGNAL)).to_be_visible()
    sending.line.mend()
    sending.sent.clear()
    sending.she.opens(f"{sending.page}/files")
    sending.she.reads("Todavía no llegaron completos: 1.")
    sending.sent.clear()
    sending.chooses_and_sends()

    expect(sending.she.page.locator("body")).to_contain_text("Guardados: 1.", timeout=WAITS)

    assert arrived(parts) == sha256()
    assert sending.sent == ["begin", *(str(number) for number in range(3, PIECES)), "whole"]


def test_without_script_the_same_page_sends_it_in_one(
    own: str, window: Callable[..., Reader], parts: Parts, voice: Path
) -> None:
    she: Any = window(script=False)
    is_at_her_files(she, own)

    sends(she, voice)

    she.reads("Guardados: 1.")
    assert arrived(parts) == sha256()


def test_what_the_script_has_no_memory_to_read_the_form_sends(
    own: str, window: Callable[..., Reader], parts: Parts, voice: Path
) -> None:
    she = window()
    she.page.add_init_script("Blob.prototype.arrayBuffer = () => Promise.reject(new RangeError())")
    is_at_her_files(she, own)

    sends(she, voice)

    she.reads("Guardados: 1.")
    assert arrived(parts) == sha256()
