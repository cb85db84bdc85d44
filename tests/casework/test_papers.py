"""Who opens what a client sent: those whose case it is, for a reason, with their password."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import conflict_confirming
from scheduler.casework.cases import NotConfirmed, NotThere
from scheduler.casework.papers import Ask, NoReason, NotReleased, asked_for, copy_of, fetch, one, papers
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.casework.staff import TRIES, SignInRefused
from scheduler.casework.transaction import writing
from scheduler.casework.uploads import Incoming, UploadState, add
from scheduler.channels import darkroom
from scheduler.models import Audit, Consultation, Intake, Upload, db
from tests.builders.browser import a_booking
from tests.builders.files import CAMERA, PAPER, a_file, a_photo
from tests.builders.firm import a_firm, again
from tests.builders.staff import PASSWORD, a_login, confirm_names, quick_hashes, who_is
from tests.conftest import Hands

ASK = Ask("prepare_call", PASSWORD, knows_unscanned=True)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


@pytest.fixture
def call(app: Flask) -> Consultation:
    a_firm(app).with_attorney("Ana").with_attorney("Eva")
    call = a_booking(app, "2026-11-27T17:00")
    confirm_names(app, call.intake_id)
    return call


@pytest.fixture
def who(app: Flask, call: Consultation) -> SignedIn:
    return who_is(a_login(app, "attorney", person=call.attorney))


@pytest.fixture
def photo(parts: Parts, call: Consultation) -> UUID:
    add(parts, call.intake_id, Incoming(a_file(a_photo()), "IMG_1.jpg", "nta"))
    return db.session.scalars(select(Upload.id)).one()


def content(parts: Parts, who: SignedIn, upload: UUID, ask: Ask = ASK) -> bytes:
    return b"".join(fetch(parts, who, upload, ask).pieces)


def actions(who: SignedIn) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Audit.action).where(Audit.actor == who.actor).order_by(Audit.seq)))


def test_the_original_comes_as_it_was_sent_under_a_name_of_ours(
    parts: Parts, who: SignedIn, photo: UUID, call: Consultation
) -> None:
    fetched = fetch(parts, who, photo, ASK)

    ref = again(Intake, call.intake_id).ref
    sent = b"".join(fetched.pieces)
    assert (fetched.name, fetched.media_type, fetched.size) == (f"{ref}-nta-1.jpg", "image/jpeg", len(sent))
    assert hashlib.sha256(sent).hexdigest() == one(parts, who, photo).sha256
    assert CAMERA.encode() in sent


def test_the_copy_shows_the_paper_and_nothing_else(parts: Parts, who: SignedIn, photo: UUID) -> None:
    copy = copy_of(parts, who, photo)

    assert (copy[:3], CAMERA.encode() in copy) == (b"\xff\xd8\xff", False)
    assert one(parts, who, photo).gps is True


def test_who_looks_and_when_stands_in_the_picture(
    parts: Parts, who: SignedIn, photo: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "marked", lambda _copy, said: said.encode())

    words = copy_of(parts, who, photo)

    assert words.decode() == f"{who.name} {str(who.id)[:8]} 2026-11-24 09:00 -0800"


def test_each_look_is_marked_anew(parts: Parts, who: SignedIn, photo: UUID, hands: Hands) -> None:
    seen = {copy_of(parts, who, photo), copy_of(parts, who, photo)}
    hands.set(hands.now + timedelta(minutes=1))

    assert (len(seen), copy_of(parts, who, photo) in seen) == (1, False)


def test_what_cannot_be_marked_is_not_shown(
    parts: Parts, who: SignedIn, photo: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(darkroom, "PATIENCE", 0.001)

    with pytest.raises(NotThere):
        copy_of(parts, who, photo)


def test_every_look_is_written_down(parts: Parts, who: SignedIn, photo: UUID, call: Consultation) -> None:
    papers(parts, who, call.intake_id)
    copy_of(parts, who, photo)
    asked_for(parts, who, photo)
    fetch(parts, who, photo, ASK)

    link = db.session.scalars(select(Audit).where(Audit.action == "file_fetched")).one()
    assert actions(who) == ["files_listed", "file_seen", "file_asked_for", "file_fetched"]
    assert link.facts == {"reason": "prepare_call", "intake": str(call.intake_id)}


@pytest.mark.parametrize(
    ("role", "offset", "hers"),
    [
        pytest.param("attorney", 0, True, id="her attorney"),
        pytest.param("attorney", 1, False, id="another attorney"),
        pytest.param("attorney", None, False, id="an attorney without a calendar"),
        pytest.param("paralegal", 0, True, id="who works for her attorney"),
        pytest.param("paralegal", None, False, id="another paralegal"),
        pytest.param("receptionist", 0, False, id="the front desk"),
        pytest.param("conflicts", 0, False, id="the conflict check"),
        pytest.param("admin", 0, False, id="the administrator"),
    ],
)
def test_a_file_is_there_for_those_whose_case_it_is(  # noqa: PLR0917 - a table of people
    app: Flask, parts: Parts, photo: UUID, call: Consultation, role: str, offset: int | None, hers: bool
) -> None:
    person = None if offset is None else call.attorney if not offset else 3 - call.attorney
    who = who_is(a_login(app, role, person=person))

    for look in (
        lambda: papers(parts, who, call.intake_id),
        lambda: copy_of(parts, who, photo),
        lambda: fetch(parts, who, photo, ASK),
    ):
        if hers:
            look()
        else:
            with pytest.raises(NotThere):
                look()


@pytest.mark.parametrize("role", ["attorney", "paralegal"])
def test_before_an_attorney_has_confirmed_the_names_nobody_opens_a_file(
    app: Flask, parts: Parts, photo: UUID, call: Consultation, role: str
) -> None:
    who = who_is(a_login(app, role, person=call.attorney))
    with writing() as session:
        conflict_confirming.take_back(session, call.intake_id)

    for look in (lambda: papers(parts, who, call.intake_id), lambda: fetch(parts, who, photo, ASK)):
        with pytest.raises(NotConfirmed):
            look()


def test_papers_that_asked_for_no_confirmation_would_be_noticed(
    parts: Parts, who: SignedIn, photo: UUID, call: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.casework.papers.is_confirmed", lambda _intake: True)
    with writing() as session:
        conflict_confirming.take_back(session, call.intake_id)

    assert len(papers(parts, who, call.intake_id)[1]) == 1


@pytest.mark.parametrize(
    ("ask", "refusal"),
    [
        pytest.param(replace(ASK, reason=""), NoReason, id="no reason"),
        pytest.param(replace(ASK, reason="curious"), NoReason, id="none of the reasons"),
        pytest.param(replace(ASK, password="not hers"), SignInRefused, id="another password"),
        pytest.param(replace(ASK, knows_unscanned=False), NotReleased, id="not told that nobody scanned it"),
    ],
)
def test_without_reason_and_password_nothing_is_opened(
    parts: Parts, who: SignedIn, photo: UUID, ask: Ask, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        fetch(parts, who, photo, ask)

    assert "file_fetched" not in actions(who)


def test_a_password_is_not_guessed_here_either(parts: Parts, who: SignedIn, photo: UUID) -> None:
    for _ in range(TRIES):
        with pytest.raises(SignInRefused):
            fetch(parts, who, photo, replace(ASK, password="guess"))

    with pytest.raises(SignInRefused):
        fetch(parts, who, photo, ASK)


@pytest.mark.parametrize("state", [UploadState.WAITING, UploadState.INFECTED])
def test_what_is_not_released_is_opened_by_nobody(parts: Parts, who: SignedIn, photo: UUID, state: UploadState) -> None:
    with writing() as session:
        session.get_one(Upload, photo).state = state

    with pytest.raises(NotReleased):
        fetch(parts, who, photo, ASK)
    with pytest.raises(NotThere):
        copy_of(parts, who, photo)


def test_what_was_found_clean_needs_no_second_word(parts: Parts, who: SignedIn, photo: UUID) -> None:
    with writing() as session:
        session.get_one(Upload, photo).state = UploadState.CLEAN

    assert content(parts, who, photo, replace(ASK, knows_unscanned=False)) == a_photo()


def test_paper_has_no_copy(parts: Parts, who: SignedIn, call: Consultation) -> None:
    add(parts, call.intake_id, Incoming(a_file(PAPER), "a.pdf"))
    paper = papers(parts, who, call.intake_id)[1][0]

    assert (paper.has_copy, paper.gps, paper.shows) == (False, None, "paper")
    with pytest.raises(NotThere):
        copy_of(parts, who, paper.id)


def test_what_was_purged_is_there_for_nobody(parts: Parts, who: SignedIn, photo: UUID, call: Consultation) -> None:
    parts.keyring.destroy(call.intake_id)

    with pytest.raises(NotThere):
        papers(parts, who, call.intake_id)
