"""How many answers the required path takes, and how heavy its pages are (intake.md §1.1)."""

from typing import Any

import pytest

from scheduler.engine.branches import PAGES, kept, required
from tests.engine.answering import TODAY, herself, partial

TIME = {"slot_id": "2026-12-01T17:00Z", "call_mode": "phone"}
SENT_BACK = herself(**TIME)
IN_THE_US = herself(
    current_country="US",
    us_state="CA",
    mx_city=None,
    ever_in_us="in_us",
    waiting_in_mexico_program=None,
    court_papers="no",
    next_hearing_date=None,
    **TIME,
)
NEVER_THERE = herself(
    ever_in_us="never",
    last_arrival_date=None,
    waiting_in_mexico_program="no",
    court_papers=None,
    next_hearing_date=None,
    removal_order=None,
    fear_interview=None,
    **TIME,
)
HELPER: dict[str, Any] = {
    "filler_role": "family",
    "client_agrees": "cannot_ask",
    "helper_name": "Rosa Paz",
    "helper_relationship": "sibling",
    "detained_now": "yes_immigration",
    "helper_attests": True,
}
FOR_A_DETAINED_BROTHER = IN_THE_US | HELPER | {"court_papers": "not_sure", "next_hearing_date": "unknown"}


def answers_on(path: dict[str, Any]) -> int:
    """How many answers are required of somebody with these answers."""
    said = kept(path, TODAY)
    asked = [name for page in PAGES for name in required(page, said, TODAY)]
    missing = [name for name in asked if name not in said]
    if missing:
        raise AssertionError(missing)
    return len(asked)


@pytest.mark.parametrize(
    ("path", "count", "most"),
    [
        pytest.param(SENT_BACK, 29, 29, id="herself, in Mexico, sent back with papers and a court date"),
        pytest.param(IN_THE_US, 27, 29, id="herself, in the United States, no court papers"),
        pytest.param(NEVER_THERE, 24, 29, id="herself, never there, waiting in Mexico on her own"),
        pytest.param(FOR_A_DETAINED_BROTHER, 33, 33, id="a relative of somebody who is held, court unknown"),
    ],
)
def test_the_required_path_is_short(path: dict[str, Any], count: int, most: int) -> None:
    answers = answers_on(path)

    assert (answers, answers <= most) == (count, True)


def test_a_further_required_question_would_be_noticed() -> None:
    assert answers_on(SENT_BACK | {"birth_date": partial(None), "age_years": 30}) > 29
