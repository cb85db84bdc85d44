"""Files from a phone, over HTTP: what a client sends, and what comes back to her."""

import io
import resource
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scheduler.casework import uploads
from scheduler.casework.uploads import UploadState
from scheduler.engine.file_kinds import MEGABYTE
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Upload, db
from scheduler.web import bodies
from tests.builders.browser import TOKEN, Browser, a_booking, own_page
from tests.builders.files import PAPER, RECORDING, a_photo
from tests.builders.firm import a_firm
from tests.web.conftest import START, prove


def booked(app: Flask, **answers: Any) -> Consultation:
    a_firm(app).with_attorney("Ana")
    return a_booking(app, START, state=IntakeState.CLEARED, **answers)


@pytest.fixture
def path(app: Flask, browser: Browser) -> str:
    """Where her files are sent, once she has proved who she is."""
    where = f"{own_page(app, booked(app))}/files"
    prove(browser, where)
    return where


def send(browser: Browser, path: str, *files: tuple[bytes, str], **fields: str) -> TestResponse:
    browser.get(path)
    token = TOKEN.search(browser.seen.text)
    sent: dict[str, Any] = {"csrf_token": token.group(1) if token else "", **fields}
    sent["uploads"] = [(io.BytesIO(content), name) for content, name in files]
    with browser.app.app_context():
        return browser.client.post(path, data=sent, content_type="multipart/form-data")


def rows() -> list[Upload]:
    db.session.rollback()
    return list(db.session.scalars(select(Upload).order_by(Upload.number)))


def test_a_photo_is_kept_and_she_is_told_how_many_there_are(browser: Browser, path: str) -> None:
    answer = send(browser, path, (a_photo(), "IMG_1.JPG"), shows="nta")

    browser.get(f"{path}?lang=en")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert "Saved: 1. Keep the originals." in browser.text
    assert "You have sent so far: 1" in browser.text
    assert [row.state for row in rows()] == [UploadState.UNSCANNED]


def test_several_are_kept_in_one_go(browser: Browser, path: str) -> None:
    send(browser, path, (a_photo(), "1.jpg"), (PAPER, "2.pdf"), (RECORDING, "3.ogg"))

    assert [row.number for row in rows()] == [1, 2, 3]


def test_what_was_refused_is_said_and_the_others_are_kept(browser: Browser, path: str) -> None:
    send(browser, path, (b"<svg/>", "1.svg"), (PAPER, "2.pdf"))

    browser.get(f"{path}?lang=en")
    assert "Not saved: 1" in browser.text
    assert "Send a photo (JPG, PNG, HEIC) or PDF under 20 MB." in browser.text
    assert len(rows()) == 1


def test_no_name_and_no_byte_of_a_file_comes_back(browser: Browser, path: str) -> None:
    send(browser, path, (b"<script>alert('sentinel')</script>", "sentinel.html"), (a_photo(), "sentinel.jpg"))

    seen = browser.get(path)

    assert "sentinel" not in seen.text
    assert "<img" not in seen.text


def test_nothing_chosen_is_no_mistake(browser: Browser, path: str) -> None:
    answer = send(browser, path)

    assert (answer.status_code, rows()) == (303, [])


def test_the_page_of_papers_leads_there(browser: Browser, path: str) -> None:
    papers = path.replace("/files", "/more/papers")

    assert f'href="{path}"' in browser.get(papers).text


@pytest.mark.parametrize(
    "answers",
    [pytest.param({"device_safe": "no"}, id="unsafe"), pytest.param({"device_safe": "not_sure"}, id="perhaps unsafe")],
)
def test_nothing_is_taken_where_others_see_her_device(app: Flask, browser: Browser, answers: dict[str, str]) -> None:
    own = own_page(app, booked(app, **answers))
    prove(browser, f"{own}/move")

    shown = browser.get(f"{own}/files")
    browser.get(f"{own}/cancel")
    sent = browser.post(f"{own}/files", uploads=(io.BytesIO(PAPER), "a.pdf"))  # type: ignore[arg-type]

    assert (shown.headers["Location"], sent.status_code, rows()) == (own, 303, [])


def test_who_has_not_proved_who_she_is_sends_nothing(app: Flask, browser: Browser) -> None:
    path = f"{own_page(app, booked(app))}/files"

    answer = send(browser, path, (PAPER, "a.pdf"))

    assert (answer.status_code, rows()) == (303, [])


class Flood(io.RawIOBase):
    """A body with a long middle of zeros, made while it is read."""

    def __init__(self, head: bytes, zeros: int, tail: bytes) -> None:
        self.head, self.tail, self.at = head, tail, 0
        self.middle, self.size = len(head) + zeros, len(head) + zeros + len(tail)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset if whence == 0 else self.size + offset
        return self.at

    def readinto(self, buffer: Any) -> int:
        end = next(edge for edge in (len(self.head), self.middle, self.size, self.at) if edge >= self.at)
        count = min(len(buffer), (end if end > self.at else self._after(end)) - self.at)
        piece = self.head[self.at : self.at + count]
        piece = piece if self.at < self.middle else self.tail[self.at - self.middle :][:count]
        buffer[:count] = piece.ljust(count, b"\0")
        self.at += count
        return count

    def _after(self, edge: int) -> int:
        return next((one for one in (self.middle, self.size) if one > edge), edge)


def flood(browser: Browser, path: str, size: int, *, length: bool = True) -> int:
    """Send a file of so many bytes and give back the status."""
    token = TOKEN.search(browser.get(path).text)
    said = token.group(1) if token else ""
    head = (
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{said}\r\n--b\r\n'
        'Content-Disposition: form-data; name="uploads"; filename="a.ogg"\r\n\r\n'
    ).encode() + RECORDING
    tail = b"\r\n--b--\r\n"
    unsaid = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    with browser.app.app_context():
        answer = browser.client.post(
            path,
            input_stream=io.BufferedReader(Flood(head, size, tail)),
            content_type="multipart/form-data; boundary=b",
            environ_overrides={} if length else unsaid,
        )
    return int(answer.status_code)


def test_a_long_recording_is_taken_without_being_whole_in_memory(browser: Browser, path: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    status = flood(browser, path, 59 * MEGABYTE)

    assert (status, len(rows())) == (303, 1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


@pytest.mark.parametrize("length", [True, False], ids=["said", "not said"])
def test_a_body_above_the_limit_is_refused_at_once(browser: Browser, path: str, length: bool) -> None:
    started = time.monotonic()

    status = flood(browser, path, bodies.MOST + MEGABYTE, length=length)

    assert (status, rows()) == (413, [])
    assert time.monotonic() - started < 10


def test_who_has_proved_nothing_may_send_no_more_than_a_form(app: Flask, browser: Browser) -> None:
    path = f"{own_page(app, booked(app))}/files"

    assert flood(browser, path, 5 * MEGABYTE) == 413


def test_ten_thousand_parts_are_too_many(browser: Browser, path: str) -> None:
    browser.get(path)
    part = b'--b\r\nContent-Disposition: form-data; name="uploads"; filename="a.jpg"\r\n\r\nx\r\n'

    with browser.app.app_context():
        body = part * 10_001 + b"--b--\r\n"
        answer = browser.client.post(path, data=body, content_type="multipart/form-data; boundary=b")

    assert (answer.status_code, rows()) == (413, [])


def test_the_same_file_twice_is_one_and_she_reads_so(browser: Browser, path: str) -> None:
    photo = a_photo()
    send(browser, path, (photo, "IMG_1.JPG"))

    send(browser, path, (photo, "copy.jpg"), (PAPER, "a.pdf"))

    browser.get(f"{path}?lang=en")
    assert "Here already: 1. You do not need to send the same file again." in browser.text
    assert "You have sent so far: 2" in browser.text


def test_without_the_look_it_would_be_there_twice(browser: Browser, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "known", lambda *_: frozenset())

    for _turn in range(2):
        send(browser, path, (a_photo(), "IMG_1.JPG"))

    assert len(rows()) == 2


def test_that_one_was_lost_is_said_without_why(app: Flask, browser: Browser, path: str) -> None:
    send(browser, path, (RECORDING, "3.ogg"))
    row = rows()[0]
    row.state, row.settled_at = UploadState.INFECTED, row.created_at
    db.session.commit()
    browser.get(f"{path}?lang=en")
    said = browser.text

    assert "We could not keep one file that you sent. You can send it again" in said
    assert not {"virus", "infected"} & set(said.lower().split())
