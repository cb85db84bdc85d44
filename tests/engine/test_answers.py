from datetime import date
from typing import Any

import pytest

from scheduler.engine.answers import bounds, day_of, given, is_minor, is_unknown, youngest_age
from tests.engine.answering import TODAY, partial


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(0, id="an age of 0 is an age"),
        pytest.param("unknown", id="I do not know is an answer"),
        pytest.param(partial(None), id="an unknown date is an answer"),
        pytest.param(partial(1990), id="a year is enough"),
        pytest.param(["HN"], id="a list of one"),
        pytest.param(True, id="a tick"),
    ],
)
def test_whatever_she_said_is_an_answer(value: object) -> None:
    assert given(value)


@pytest.mark.parametrize("value", [None, "", [], (), False, {}, {"y": None, "unknown": False}])
def test_an_empty_box_is_no_answer(value: object) -> None:
    assert not given(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("2026-12-08", date(2026, 12, 8), id="a day"),
        pytest.param("unknown", None, id="she does not know"),
        pytest.param("2026-02-30", None, id="no such day"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_a_day_is_read_or_is_none(value: object, expected: date | None) -> None:
    assert day_of(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(partial(2025), (date(2025, 1, 1), date(2025, 12, 31)), id="a year is all of it"),
        pytest.param(partial(2024, 2), (date(2024, 2, 1), date(2024, 2, 29)), id="a month ends on its own last day"),
        pytest.param(partial(2025, 12), (date(2025, 12, 1), date(2025, 12, 31)), id="December too"),
        pytest.param(partial(2024, 2, 29), (date(2024, 2, 29), date(2024, 2, 29)), id="a day is itself"),
        pytest.param(
            {"y": 2024, "m": None, "d": 7}, (date(2024, 1, 1), date(2024, 12, 31)), id="a day without a month"
        ),
        pytest.param(partial(2025, 2, 30), None, id="no such day"),
        pytest.param(partial(None), None, id="unknown"),
        pytest.param({"unknown": False}, None, id="empty"),
        pytest.param("2025", None, id="not a partial date"),
    ],
)
def test_a_partial_date_spans_all_days_it_may_mean(value: object, expected: object) -> None:
    assert bounds(value) == expected


@pytest.mark.parametrize(
    ("answers", "age"),
    [
        pytest.param({"birth_date": partial(2008, 11, 24)}, 18, id="18 today"),
        pytest.param({"birth_date": partial(2008, 11, 25)}, 17, id="18 tomorrow"),
        pytest.param({"birth_date": partial(2008, 11)}, 17, id="some day of this month: the last counts"),
        pytest.param({"birth_date": partial(2008)}, 17, id="some day of the year: the last counts"),
        pytest.param({"birth_date": partial(2007)}, 18, id="surely 18"),
        pytest.param({"birth_date": partial(2026)}, 0, id="a baby is not born in the future"),
        pytest.param({"birth_date": partial(None), "age_years": 17}, 17, id="her own guess"),
        pytest.param({"birth_date": partial(None)}, None, id="no guess yet"),
        pytest.param({"age_years": 17}, None, id="a guess nobody asked for"),
        pytest.param({}, None, id="nothing"),
    ],
)
def test_the_youngest_plausible_age_counts(answers: dict[str, Any], age: int | None) -> None:
    assert youngest_age(answers, TODAY) == age


def test_born_on_a_leap_day_she_is_18_on_the_first_of_march() -> None:
    answers = {"birth_date": partial(2008, 2, 29)}

    assert [is_minor(answers, date(2026, 2, 28)), is_minor(answers, date(2026, 3, 1))] == [True, False]


def test_nobody_is_taken_for_a_minor_without_an_age() -> None:
    assert not is_minor({}, TODAY)


@pytest.mark.parametrize(
    ("value", "expected"), [("unknown", True), ("none", False), (partial(None), True), (None, False)]
)
def test_i_do_not_know_is_read_from_both_kinds_of_date(value: object, expected: bool) -> None:
    assert is_unknown(value) is expected
