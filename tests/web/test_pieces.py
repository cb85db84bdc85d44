"""A file in pieces, over HTTP, as our own script sends it."""

import hashlib
from typing import Any

import pytest
from flask import Flask
from waitress.buffers import BytesIOBasedBuffer, OverflowableBuffer  # type: ignore[import-untyped]

from config import Settings
from scheduler.commands import start
from scheduler.engine.file_kinds import MEGABYTE, PIECE
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation
from tests.builders.browser import TOKEN, Browser, a_booking, own_page
from tests.builders.files import RECORDING, a_photo
from tests.builders.firm import a_firm
from tests.casework.sending import rows
from tests.web.conftest import START, prove

LONG = RECORDING + bytes(MEGABYTE)
PACKET = 8192


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, START, state=IntakeState.CLEARED)


@pytest.fixture
def path(app: Flask, browser: Browser, call: Consultation) -> str:
    where = f"{own_page(app, call)}/files"
    prove(browser, where)
    browser.get(where)
    return where


def asks(browser: Browser, path: str, data: Any) -> tuple[int, dict[str, Any]]:
    """What our script asks, with the token of the page in a header."""
    token = TOKEN.search(browser.seen.text)
    with browser.app.app_context():
        answer = browser.client.post(path, data=data, headers={"X-CSRFToken": token.group(1) if token else ""})
    return answer.status_code, answer.get_json(silent=True) or {}


def said(content: bytes, **other: Any) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "ending": "ogg", **other}


def begins(browser: Browser, path: str, content: bytes = LONG) -> dict[str, Any]:
    status, known = asks(browser, f"{path}/begin", said(content))
    assert status == 200
    return known


def test_a_file_in_pieces_is_kept_and_the_page_says_so(browser: Browser, path: str) -> None:
    begun = begins(browser, path)
    for number in begun["missing"]:
        asks(browser, f"{path}/{begun['id']}/{number}", LONG[number * PIECE :][:PIECE])
    whole = asks(browser, f"{path}/{begun['id']}/whole", b"")

    browser.get(f"{path}?lang=en")
    assert (begun["missing"], whole) == ([0, 1], (200, {"id": None}))
    assert "Saved: 1. Keep the originals." in browser.text
    assert [row.size for row in rows()] == [len(LONG)]


def test_after_a_cut_the_page_says_what_did_not_arrive_and_the_rest_is_asked_for(browser: Browser, path: str) -> None:
    begun = begins(browser, path)
    asks(browser, f"{path}/{begun['id']}/1", LONG[PIECE:])

    browser.get(f"{path}?lang=en")
    assert "Not here in full yet: 1." in browser.text
    assert begins(browser, path) == {"id": begun["id"], "missing": [0]}


def test_a_smaller_copy_is_asked_for_in_full_later(browser: Browser, path: str) -> None:
    begun = asks(browser, f"{path}/begin", said(a_photo(), ending="jpg", smaller="1"))[1]
    asks(browser, f"{path}/{begun['id']}/0", a_photo())
    asks(browser, f"{path}/{begun['id']}/whole", b"")

    browser.get(f"{path}?lang=en")
    assert "Smaller copies: 1. Send full quality later?" in browser.text


@pytest.mark.parametrize(
    ("other", "told"),
    [
        pytest.param({"ending": "svg"}, "Not saved: 1", id="a drawing"),
        pytest.param({"ending": "../x"}, "Not saved: 1", id="a path"),
        pytest.param({"size": 60 * MEGABYTE + 1}, "Not saved: 1", id="a byte too many"),
        pytest.param({"size": 0}, "Not saved: 1", id="nothing in it"),
        pytest.param({"size": "many"}, "Not saved: 1", id="no number"),
        pytest.param({"size": -1}, "Not saved: 1", id="less than nothing"),
        pytest.param({"ending": "jpg", "size": 20 * MEGABYTE + 1}, "Not saved: 1", id="too large for a photo"),
        pytest.param({"sha256": "../../x"}, "Not saved: 1", id="no hash"),
    ],
)
def test_what_may_not_be_sent_is_refused_before_a_byte_of_it(
    browser: Browser, path: str, other: dict[str, Any], told: str
) -> None:
    answer = asks(browser, f"{path}/begin", said(LONG, **other))

    browser.get(f"{path}?lang=en")
    assert answer == (200, {"id": None})
    assert told in browser.text


@pytest.mark.parametrize(
    "content", [pytest.param(b"<svg onload='alert(1)'/>", id="a drawing"), pytest.param(a_photo(), id="a photo")]
)
def test_the_first_bytes_tell_that_it_is_something_else(browser: Browser, path: str, content: bytes) -> None:
    begun = begins(browser, path, content)

    answer = asks(browser, f"{path}/{begun['id']}/0", content)

    assert answer == (200, {"id": None})
    assert asks(browser, f"{path}/{begun['id']}/whole", b"")[0] == 404


def test_who_has_not_proved_who_she_is_begins_nothing(app: Flask, browser: Browser, call: Consultation) -> None:
    where = f"{own_page(app, call)}/files"
    browser.get(where)

    assert asks(browser, f"{where}/begin", said(LONG))[0] == 403


def test_a_piece_without_the_token_of_the_page_is_refused(browser: Browser, path: str) -> None:
    begun = begins(browser, path)
    browser.get("/healthz")

    assert asks(browser, f"{path}/{begun['id']}/0", LONG[:PIECE])[0] == 400


@pytest.mark.parametrize(
    ("piece", "status"),
    [
        pytest.param(bytes(PIECE + 1), 413, id="longer than any piece"),
        pytest.param(bytes(PIECE - 1), 400, id="shorter than this one"),
    ],
)
def test_a_piece_has_its_bounds(browser: Browser, path: str, piece: bytes, status: int) -> None:
    begun = begins(browser, path)

    assert asks(browser, f"{path}/{begun['id']}/0", piece)[0] == status


def test_before_all_pieces_are_here_it_is_not_whole(browser: Browser, path: str) -> None:
    begun = begins(browser, path)

    assert asks(browser, f"{path}/{begun['id']}/whole", b"")[0] == 409


@pytest.mark.parametrize(
    ("room", "stays"),
    [pytest.param(start.IN_MEMORY, True, id="as we start it"), pytest.param(512 * 1024, False, id="left as it is")],
)
def test_a_piece_is_never_in_clear_on_the_disk_while_it_comes(room: int, stays: bool) -> None:
    coming = OverflowableBuffer(room)

    for _ in range(PIECE // PACKET):
        coming.append(bytes(PACKET))

    assert isinstance(coming.buf, BytesIOBasedBuffer) is stays
    coming.close()


def test_the_server_is_started_with_that_room(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(start, "_python", lambda *words: told.extend(words))

    start._web(settings, start.HOST)

    assert f"--inbuf-overflow={start.IN_MEMORY}" in told
