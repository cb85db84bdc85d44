"""Of a draft that is left nothing stays: no row, no letter's file, no key; and no backup brings it back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from config import Settings
from scheduler.casework import announcing, intake, leaving
from scheduler.casework.delivery import deliver_one
from scheduler.casework.lapses import expire_drafts
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.models import Intake, Outbox, SearchHash, Task, db
from tests.builders.client import Client
from tests.builders.firm import a_firm, again
from tests.conftest import Hands, on_both

ADDRESS = "rosa@mail.example"


class CommitFailed(Exception):
    """The database says no at the last moment."""


@pytest.fixture
def draft(app: Flask, parts: Parts, hands: Hands) -> Client:
    """A draft that was sent a code, with everything else that may hang on one."""
    a_firm(app)
    client = Client(app).through_all_pages(until="about", contact_channel="email", contact_email=ADDRESS)
    with writing() as session:
        row = session.get_one(Intake, client.row.id)
        announcing.code(session, parts, row, "123456", expires_at=hands.now + timedelta(minutes=10))
        session.add(SearchHash(intake_id=row.id, kind="name", hash=b"x"))
        session.add(Task(dedupe="t", kind="call_back", intake_id=row.id, due_at=hands.now, created_at=hands.now))
    while deliver_one(parts):
        pass
    return client


def mails(settings: Settings) -> list[str]:
    return [path.name for path in settings.data.glob("mail/*.eml") if ADDRESS in path.read_text()]


@on_both
def test_who_leaves_leaves_nothing(app: Flask, parts: Parts, settings: Settings, draft: Client) -> None:
    row, sent = draft.row.id, mails(settings)

    leaving.leave(parts, draft.token)

    db.session.rollback()
    assert [db.session.query(table).count() for table in (Intake, Outbox, SearchHash, Task)] == [0, 0, 0, 0]
    assert (len(sent), mails(settings)) == (1, [])
    assert str(row) not in parts.keyring.names()


@on_both
def test_the_ledger_names_it_so_that_no_backup_brings_it_back(app: Flask, parts: Parts, draft: Client) -> None:
    row = draft.row.id

    leaving.leave(parts, draft.token)

    assert str(row) in parts.keyring.ledger.names()


def test_where_the_commit_fails_a_row_is_left_that_nobody_opens_and_that_lapses(
    app: Flask, parts: Parts, hands: Hands, draft: Client
) -> None:
    row = draft.row.id

    def refuse(_session: object) -> None:
        raise CommitFailed

    event.listen(db.session, "before_commit", refuse)
    with pytest.raises(CommitFailed):
        leaving.leave(parts, draft.token)
    event.remove(db.session, "before_commit", refuse)

    assert again(Intake, row).state == "draft"
    assert intake.find(parts, draft.token) is None
    hands.set(hands.now + timedelta(days=4))
    assert (expire_drafts(parts), again(Intake, row).state) == (1, "expired")


@on_both
def test_a_draft_that_lapses_keeps_no_answer_no_link_and_no_mail(
    app: Flask, parts: Parts, hands: Hands, settings: Settings, draft: Client
) -> None:
    row = draft.row.id
    hands.set(hands.now + timedelta(days=7))

    expire_drafts(parts)

    left = again(Intake, row)
    assert (left.state, left.contact, left.draft_hash, left.language, left.zone) == ("expired", None, None, None, None)
    assert (mails(settings), db.session.query(SearchHash).count()) == ([], 0)
    assert str(row) in parts.keyring.ledger.names()
