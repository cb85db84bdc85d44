"""What is stored of an intake: her ticks, her number, hashes to find her by, one link of the chain a step."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.casework import identities
from scheduler.models import Audit, SearchHash, db
from tests.builders.client import Client
from tests.conftest import on_both

pytestmark = pytest.mark.usefixtures("one_attorney")


def test_what_was_sent_can_no_longer_be_changed(app: Flask) -> None:
    client = Client(app).through_all_pages()
    before = client.said

    shown = client.get("/apply/about")
    client.get("/")
    sent = client.sends("/apply/about", {"given_names": "Otra"})

    assert [one.headers["Location"] for one in (shown, sent)] == ["/apply/time"] * 2
    assert client.said == before


def test_the_ticks_are_kept_with_time_language_and_version(app: Flask) -> None:
    client = Client(app).through_all_pages("en")

    tick = {"at": "2026-11-24T17:00:00+00:00", "language": "en", "version": client.row.notice_version}
    assert client.said["ticked"] == {"ack_no_relationship": tick, "consent_privacy": tick}
    assert client.row.copy_version


def test_the_number_is_eight_signs_that_cannot_be_misheard(app: Flask) -> None:
    ref = Client(app).through_all_pages(until="about").row.ref

    assert len(ref) == 8
    assert not set(ref) & set("ILOU")


@on_both
def test_a_sent_intake_is_found_by_keyed_hashes_and_a_draft_is_not(app: Flask) -> None:
    client = Client(app).through_all_pages(until="notices")
    assert db.session.scalar(select(func.count()).select_from(SearchHash)) == 0

    client.answers("notices", ack_no_relationship="1", consent_privacy="1")

    key = client.app.extensions["cita"].keyring.firm("search")
    wanted = identities.keyed(key, "phone", "+526641234567")
    sent = client.row.id
    assert db.session.scalar(select(SearchHash.intake_id).where(SearchHash.hash == wanted)) == sent


def test_each_step_of_the_intake_is_a_link_of_the_chain(app: Flask) -> None:
    Client(app).through_all_pages()

    assert list(db.session.scalars(select(Audit.action).order_by(Audit.seq))) == [
        "intake_begun",
        "intake_submitted",
        "intake_cleared",
    ]


def test_a_receipt_number_for_an_a_number_is_kept_and_said_once(app: Flask) -> None:
    papers = {"ever_in_us": "left", "last_arrival_date": "2024", "court_papers": "no", "removal_order": "no"}
    client = Client(app).through_all_pages(until="names", **papers, fear_interview="none", a_number="IOE0123456789")
    client.get(client.where)
    once = (
        client.where,
        "parece un número de recibo" in client.text,
        '<details class="question fold" open' in client.seen.text,
    )

    client.through_the_rest("dates", **papers, fear_interview="none")

    assert once == ("/apply/dates", True, True)
    assert (client.where, client.said["uscis_receipt"]) == ("/apply/time", "IOE0123456789")


def test_an_a_number_is_found_by_its_hash_and_its_last_figures_stand_apart(app: Flask) -> None:
    papers = {"ever_in_us": "left", "last_arrival_date": "2024", "court_papers": "no", "removal_order": "no"}
    client = Client(app).through_all_pages(**papers, fear_interview="none", a_number="12 345 678")
    key = app.extensions["cita"].keyring.firm("search")

    kinds = {
        row.kind
        for row in db.session.scalars(select(SearchHash).where(SearchHash.intake_id == client.row.id))
        if row.hash in (identities.keyed(key, "a_number", "012345678"), identities.keyed(key, "a_last4", "5678"))
    }

    assert kinds == {"a_number", "a_last4"}
    assert client.said["a_number_last3"] == "678"
