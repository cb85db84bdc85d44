"""From the day on which she opens the letter that says no, what she told is kept for 30 days, 60 at most."""

from datetime import timedelta

import pytest

from scheduler.casework import proofs, retention
from scheduler.casework.links import AGAIN, AGAIN_SHORT, again
from scheduler.casework.parts import Parts
from scheduler.casework.retention import due, purge_due
from scheduler.casework.transaction import writing
from scheduler.engine.states import IntakeState
from scheduler.models import Consultation, Intake
from tests.builders import firm as rows
from tests.builders.browser import Browser
from tests.conftest import Hands, on_both

DAY = timedelta(days=1)


@pytest.fixture
def declined(hands: Hands, hers: Consultation) -> Intake:
    return in_state(hers, IntakeState.DECLINED, hands)


def in_state(hers: Consultation, state: IntakeState, hands: Hands) -> Intake:
    with writing() as session:
        intake = session.get_one(Intake, hers.intake_id)
        intake.state, intake.changed_at = state, hands.now
    found: Intake = rows.again(Intake, hers.intake_id)
    return found


def opens(browser: Browser, parts: Parts, intake: Intake, purpose: str = AGAIN) -> str:
    """She opens the page of a letter's link, and proves that she is she."""
    token = again(parts, intake.id, purpose)
    path = f"/c/{token}/new-time" if purpose == AGAIN else f"/s/{token}"
    browser.get(path)
    browser.follow(browser.post(path, birth_year="1990"))
    return browser.text


@on_both
@pytest.mark.parametrize("state", [IntakeState.DECLINED, IntakeState.REFERRED])
def test_it_goes_thirty_days_after_it_was_opened(
    parts: Parts, browser: Browser, hers: Consultation, hands: Hands, state: IntakeState
) -> None:
    intake = in_state(hers, state, hands)
    hands.set(hands.now + 5 * DAY)
    opens(browser, parts, intake)
    hands.set(hands.now + 30 * DAY - timedelta(seconds=1))
    early = purge_due(parts).purged
    hands.set(hands.now + timedelta(seconds=1))

    assert (early, purge_due(parts).purged, rows.again(Intake, intake.id).state) == (0, 1, "purged")


@pytest.mark.parametrize("purpose", [AGAIN, AGAIN_SHORT])
def test_she_reads_the_letter_and_until_when_what_she_told_is_there(
    parts: Parts, browser: Browser, declined: Intake, hands: Hands, purpose: str
) -> None:
    text = opens(browser, parts, declined, purpose)
    if purpose == AGAIN_SHORT:
        browser.get(f"/c/{again(parts, declined.id, AGAIN)}/new-time")
        text = browser.text

    assert ("no somos sus abogados" in text, "24 de diciembre" in text) == (True, True)
    assert rows.again(Intake, declined.id).letter_opened_at == hands.now


def test_the_first_opening_counts(parts: Parts, browser: Browser, declined: Intake, hands: Hands) -> None:
    first = hands.now
    opens(browser, parts, declined)
    hands.set(first + 3 * DAY)

    opens(browser, parts, declined)

    assert rows.again(Intake, declined.id).letter_opened_at == first


@pytest.mark.parametrize("year", ["1991", ""])
def test_who_is_not_she_opens_nothing(parts: Parts, browser: Browser, declined: Intake, year: str) -> None:
    path = f"/c/{again(parts, declined.id, AGAIN)}/new-time"
    browser.get(path)

    browser.post(path, birth_year=year)

    assert rows.again(Intake, declined.id).letter_opened_at is None


def test_where_no_letter_waits_nothing_is_noted(parts: Parts, browser: Browser, hers: Consultation) -> None:
    opens(browser, parts, rows.again(Intake, hers.intake_id))

    assert rows.again(Intake, hers.intake_id).letter_opened_at is None


def test_unopened_it_is_kept_for_sixty_days(parts: Parts, declined: Intake, hands: Hands) -> None:
    hands.set(hands.now + 59 * DAY)
    early = due(parts)
    hands.set(hands.now + DAY)

    assert (early, due(parts)) == ([], [declined.id])


def test_opened_late_it_is_kept_for_no_more_than_sixty(parts: Parts, declined: Intake, hands: Hands) -> None:
    hands.set(hands.now + 49 * DAY)
    with writing() as session:
        session.get_one(Intake, declined.id).letter_opened_at = hands.now
    hands.set(hands.now + 11 * DAY)

    assert due(parts) == [declined.id]


def test_an_earlier_letter_is_not_this_one(parts: Parts, browser: Browser, declined: Intake, hands: Hands) -> None:
    opens(browser, parts, declined)
    with writing() as session:
        session.get_one(Intake, declined.id).changed_at = hands.now + DAY
    hands.set(hands.now + 31 * DAY)

    assert due(parts) == []


def test_a_clock_that_did_not_look_at_it_would_be_noticed(
    parts: Parts, browser: Browser, declined: Intake, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "WAITS_FOR_HER", frozenset())
    opens(browser, parts, declined)
    hands.set(hands.now + 30 * DAY)

    assert retention.due(parts) == []
