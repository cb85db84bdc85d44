from datetime import timedelta

import pytest

from scheduler.models import Consultation
from tests.builders.browser import Browser, at
from tests.builders.firm import again
from tests.conftest import Hands
from tests.web.conftest import OTHER, START, tasks


def test_not_now_shows_the_next_three_times_without_a_question(browser: Browser, page: str, hands: Hands) -> None:
    hands.set(at("2026-11-27T16:58"))
    browser.get(page)
    shown = f"{page}/not-now" in browser.seen.text
    browser.get(f"{page}/not-now")

    assert (shown, len(browser.slots)) == (True, 3)


@pytest.mark.parametrize("minutes", [-120, -1, 0, 5, 44])
def test_not_now_moves_the_call_and_is_no_move_of_hers(
    browser: Browser, booked: Consultation, page: str, hands: Hands, minutes: int
) -> None:
    hands.set(at(START) + timedelta(minutes=minutes))
    browser.get(f"{page}/not-now")
    slot = next(iter(browser.slots))

    answer = browser.post(f"{page}/not-now", slot_id=slot)

    moved = again(Consultation, booked.id)
    assert (answer.status_code, moved.starts_at) == (303, at(slot.removesuffix("Z")))
    assert (moved.state, moved.client_moves, moved.not_now_at) == ("booked", 0, hands.now)


def test_not_now_when_no_time_fits_has_somebody_call_back(
    browser: Browser, booked: Consultation, page: str, hands: Hands
) -> None:
    hands.set(at(START))
    browser.get(f"{page}/not-now")
    for _ in range(2):
        answer = browser.post(f"{page}/not-now", none="1")
    browser.follow(answer)

    found = again(Consultation, booked.id)
    assert "Una persona le llamará antes del lunes, 30 de noviembre" in browser.text
    assert [task.consultation_id for task in tasks("call_back")] == [booked.id]
    assert (found.state, found.not_now_at) == ("booked", hands.now)


@pytest.mark.parametrize("minutes", [-121, 45, 90])
def test_too_early_or_too_late_not_now_changes_nothing(
    browser: Browser, booked: Consultation, page: str, hands: Hands, minutes: int
) -> None:
    hands.set(at(START) + timedelta(minutes=minutes))
    browser.get(page)
    shown = f"{page}/not-now" in browser.seen.text
    answers = [browser.get(f"{page}/not-now"), browser.post(f"{page}/not-now", none="1", slot_id=OTHER)]

    assert not shown
    assert {answer.status_code for answer in answers} <= {303, 400}
    assert again(Consultation, booked.id).not_now_at is None
