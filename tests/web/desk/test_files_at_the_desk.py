"""What a client sent, on the pages of her attorney."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework.uploads import Incoming, add
from scheduler.models import Consultation, Upload, db
from tests.builders.browser import Browser, a_booking
from tests.builders.files import CAMERA, PAPER, RECORDING, a_file, a_photo
from tests.builders.firm import a_firm
from tests.builders.staff import PASSWORD, at_the_desk, confirm_names

RIGHT = {"reason": "prepare_call", "password": PASSWORD, "unscanned": "1"}


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    call = a_booking(app, "2026-11-27T17:00")
    confirm_names(app, call.intake_id)
    return call


@pytest.fixture
def attorney(app: Flask, call: Consultation) -> Browser:
    return at_the_desk(app, "attorney", person=call.attorney)


@pytest.fixture
def file(app: Flask, call: Consultation) -> str:
    """The address of a photo."""
    add(app.extensions["cita"], call.intake_id, Incoming(a_file(a_photo()), "IMG_1.jpg", "nta"))
    return f"/desk/file/{db.session.scalars(select(Upload.id)).one()}"


def test_her_files_stand_in_a_list_that_her_page_leads_to(attorney: Browser, call: Consultation, file: str) -> None:
    path = f"/desk/intake/{call.intake_id}"
    link = f'href="{path}/files"' in attorney.get(path).text

    attorney.get(f"{path}/files")

    assert link
    assert f'src="{file}/copy"' in attorney.seen.text
    assert "Court paper" in attorney.text


@pytest.mark.parametrize("smaller", [True, False])
def test_the_list_says_what_is_only_a_smaller_copy(
    app: Flask, attorney: Browser, call: Consultation, smaller: bool
) -> None:
    incoming = Incoming(a_file(a_photo()), "a.jpg", smaller=smaller)
    add(app.extensions["cita"], call.intake_id, incoming)

    attorney.get(f"/desk/intake/{call.intake_id}/files")

    assert ("smaller copy; she still has the photo" in attorney.text) is smaller


def test_the_copy_is_a_picture_that_cannot_do_anything(attorney: Browser, file: str) -> None:
    answer = attorney.get(f"{file}/copy")

    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert CAMERA.encode() not in answer.data


def test_the_original_is_saved_and_never_shown(attorney: Browser, file: str) -> None:
    attorney.get(file)

    answer = attorney.post(file, **RIGHT)

    named = re.fullmatch(r'attachment; filename="[0-9A-Z]{8}-nta-1\.jpg"', answer.headers["Content-Disposition"])
    assert answer.data == a_photo()
    assert named is not None
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"reason": ""}, "Choose a reason.", id="no reason"),
        pytest.param({"password": "wrong"}, "That is not your password", id="another password"),
        pytest.param({"unscanned": None}, "Nobody scanned this file", id="not told that nobody scanned it"),
    ],
)
def test_without_reason_and_password_nothing_is_given_out(
    attorney: Browser, file: str, changed: dict[str, str | None], said: str
) -> None:
    attorney.get(file)
    fields = {name: value for name, value in {**RIGHT, **changed}.items() if value is not None}

    answer = attorney.post(file, **fields)

    assert answer.status_code == 303
    attorney.follow(answer)
    assert said in attorney.text


@pytest.mark.parametrize("role", ["receptionist", "conflicts", "admin", "paralegal", "attorney"])
def test_for_others_there_is_no_such_page(app: Flask, call: Consultation, file: str, role: str) -> None:
    browser = at_the_desk(app, role)

    pages = [f"/desk/intake/{call.intake_id}/files", file, f"{file}/copy"]

    assert {browser.get(page).status_code for page in pages} == {404}


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        pytest.param(PAPER + b"<!doctype html><script>alert(1)</script>", "a.pdf", "application/pdf", id="also HTML"),
        pytest.param(a_photo("PNG") + b"<?php ?>", "a.png", "image/png", id="also a program"),
        pytest.param(a_photo() + b"PK\x03\x04", "a.jpg", "image/jpeg", id="also an archive"),
        pytest.param(RECORDING + b"<svg onload='alert(1)'/>", "a.ogg", "audio/ogg", id="also a drawing"),
    ],
)
def test_what_is_also_something_else_is_given_out_as_what_we_took_it_for(  # noqa: PLR0917 - a table of files
    app: Flask, attorney: Browser, call: Consultation, content: bytes, name: str, kind: str
) -> None:
    add(app.extensions["cita"], call.intake_id, Incoming(a_file(content), name))
    path = f"/desk/file/{db.session.scalars(select(Upload.id)).one()}"
    attorney.get(path)

    answer = attorney.post(path, **RIGHT)

    assert (answer.data, answer.mimetype) == (content, kind)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
