"""Facts that age: what is shipped, when somebody must look it over, and who changed what."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.casework import facts
from scheduler.casework.facts import FIELDS, BadFact, FactView, NoSuchFact, SaveFact
from scheduler.casework.parts import Parts
from scheduler.casework.sessions import SignedIn
from scheduler.engine.wording import banned_words
from scheduler.models import Audit, db
from scheduler.words import speaking
from tests.builders.firm import a_firm
from tests.builders.staff import a_login, who_is
from tests.conftest import Hands, on_both

HELP = {"city": "Tijuana", "name": "Casa Azul", "phone": "664 000 0000", "hours": "9–18", "spoken": "es"}
WORDS = {"en": "Beds for families", "es": "Camas para familias"}


@pytest.fixture
def who(app: Flask) -> SignedIn:
    a_firm(app)
    return who_is(a_login(app, "attorney"))


def first(parts: Parts, kind: str = facts.HOTLINE) -> FactView:
    return next(row for row in facts.everything(parts) if row.kind == kind)


@on_both
def test_what_is_shipped_was_looked_over_by_nobody(app: Flask, parts: Parts) -> None:
    a_firm(app)

    rows = facts.everything(parts)

    assert {row.kind for row in rows} == set(FIELDS) - {facts.HELP}
    assert [row.code for row in rows if not row.is_stale] == []
    assert facts.stale(parts) == len(rows)


def test_what_is_shipped_speaks_both_languages(app: Flask, parts: Parts) -> None:
    a_firm(app)

    assert all(row.words["en"] != row.words["es"] for row in facts.everything(parts))


@pytest.mark.parametrize(
    ("days", "is_stale"), [pytest.param(90, False, id="within 90 days"), pytest.param(91, True, id="a day more")]
)
@on_both
def test_what_was_looked_over_is_good_for_ninety_days(
    parts: Parts, who: SignedIn, hands: Hands, days: int, is_stale: bool
) -> None:
    row = first(parts)
    facts.save(parts, who, row.id, SaveFact(row.words, row.value, reviewed=True))
    before = facts.stale(parts)

    hands.set(hands.now + timedelta(days=days))

    assert first(parts).is_stale is is_stale
    assert facts.stale(parts) == before + is_stale


def test_other_words_must_be_looked_over_again(parts: Parts, who: SignedIn) -> None:
    row = first(parts)
    facts.save(parts, who, row.id, SaveFact(row.words, row.value, reviewed=True))

    facts.save(parts, who, row.id, SaveFact({**row.words, "es": "Otra cosa"}, row.value))

    assert (first(parts).reviewed_on, first(parts).reviewer) == (None, None)


def test_the_same_words_stay_as_good_as_they_were(parts: Parts, who: SignedIn) -> None:
    row = first(parts)
    facts.save(parts, who, row.id, SaveFact(row.words, row.value, reviewed=True))

    facts.save(parts, who, row.id, SaveFact(row.words, row.value))

    assert first(parts).reviewer == "Robin Desk"


def test_the_reader_gets_her_language(parts: Parts, who: SignedIn) -> None:
    row = first(parts)

    with speaking("en"):
        english = row.text
    with speaking("es"):
        spanish = row.text

    assert (english, spanish) == (row.words["en"], row.words["es"])


def test_a_place_of_help_is_added_and_taken_away(parts: Parts, who: SignedIn) -> None:
    added = facts.add_help(parts, who, SaveFact(WORDS, HELP))
    listed = [row.value["name"] for row in facts.of_kind(parts, facts.HELP).values()]

    facts.remove_help(parts, who, added)

    assert (listed, facts.of_kind(parts, facts.HELP)) == (["Casa Azul"], {})


def test_only_a_place_of_help_can_be_taken_away(parts: Parts, who: SignedIn) -> None:
    with pytest.raises(NoSuchFact):
        facts.remove_help(parts, who, first(parts).id)


@pytest.mark.parametrize(
    ("kind", "typed", "named"),
    [
        pytest.param(facts.HOTLINE, SaveFact(WORDS, {"number": "call us"}, reviewed=True), "number", id="no number"),
        pytest.param(facts.HOTLINE, SaveFact(WORDS, {}, reviewed=True), "number", id="a number is needed"),
        pytest.param(
            facts.SITE, SaveFact(WORDS, {"url": "javascript:alert(1)"}, reviewed=True), "url", id="no address"
        ),
        pytest.param(
            facts.SITE, SaveFact(WORDS, {"url": "http://acis.example"}, reviewed=True), "url", id="not by https"
        ),
        pytest.param(
            facts.SITE,
            SaveFact(WORDS, {"url": 'https://a.example/"><b>'}, reviewed=True),
            "url",
            id="markup in an address",
        ),
        pytest.param(facts.TEXT, SaveFact({"en": "x"}, {}, reviewed=True), "en", id="one language alone"),
        pytest.param(facts.TEXT, SaveFact({**WORDS, "es": "x" * 601}, {}, reviewed=True), "es", id="too long"),
        pytest.param(facts.TEXT, SaveFact({**WORDS, "es": "a\u202eb"}, {}, reviewed=True), "es", id="a direction mark"),
    ],
)
def test_what_cannot_stand_there_changes_nothing(
    parts: Parts, who: SignedIn, kind: str, typed: SaveFact, named: str
) -> None:
    row = first(parts, kind)

    with pytest.raises(BadFact) as refused:
        facts.save(parts, who, row.id, typed)

    assert str(refused.value) == named
    assert first(parts, kind) == row


def test_every_change_is_in_the_audit_by_its_code(parts: Parts, who: SignedIn) -> None:
    row = first(parts)

    facts.save(parts, who, row.id, SaveFact(row.words, row.value, reviewed=True))

    link = db.session.scalars(select(Audit).where(Audit.action == "fact_reviewed")).one()
    assert (link.actor, link.facts) == (who.actor, {"fact": f"hotline/{row.code}"})


def test_none_of_it_is_ever_written_to_a_client(parts: Parts, who: SignedIn) -> None:
    """The texts say what letters must not: they stand behind her proof alone."""
    assert any(banned_words(row.words["en"]) for row in facts.everything(parts))
