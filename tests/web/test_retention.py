"""The notices say how long what she tells is kept: the very days by which it is purged."""

from flask import Flask

from scheduler.engine.retention import Record, kept
from tests.builders.client import Client
from tests.builders.firm import a_firm

SAID = {
    Record.DRAFT: "7 days after your last answer",
    Record.NEVER_BOOKED: "never have an appointment: after 30 days",
    Record.CONSULTED: "do not become your lawyer: after 365 days",
}


def notices(app: Flask) -> str:
    client = Client(app).through_all_pages(until="notices")
    client.get("/apply/notices?lang=en")
    return client.text


def test_the_notices_name_the_days_of_the_table(app: Flask) -> None:
    a_firm(app)

    seen = notices(app)

    assert [words for words in SAID.values() if words not in seen] == []
    assert [str(kept(record).days) in words for record, words in SAID.items()] == [True] * 3


def test_the_notices_name_the_firm_s_own_fewer_days(app: Flask) -> None:
    a_firm(app, retention={"never_booked": 14, "consulted": 90})

    seen = notices(app)

    assert "never have an appointment: after 14 days" in seen
    assert "do not become your lawyer: after 90 days" in seen


def test_the_full_notice_names_every_day_of_the_table_and_leads_back(app: Flask) -> None:
    a_firm(app, retention={"declined_read": 20})
    client = Client(app).through_all_pages(until="notices")
    linked = 'href="/privacy"' in client.get("/apply/notices?lang=en").text

    client.get("/privacy?lang=en")

    said = (
        "after your last answer",
        "20 days after you read our letter",
        "within one day",
        "7 years, locked",
        "6 years",
    )
    assert linked
    assert [words for words in said if words not in client.text] == []
    assert 'href="/apply/notices"' in client.seen.text
    assert "<title>Appointments</title>" in client.seen.text


def test_who_has_written_nothing_reads_it_too(app: Flask) -> None:
    a_firm(app)
    client = Client(app)

    answer = client.get("/privacy")

    assert (answer.status_code, 'class="links"><a href="/"' in answer.text) == (200, True)
