"""Half-open stretches: back to back is not a clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.engine.intervals import EmptyInterval, Interval, common, intersect, merged, subtract, union, without

PAIRS = st.lists(st.builds(lambda a, b: (a, a + b), st.integers(0, 60), st.integers(1, 15)), max_size=6)


def minutes(pairs: list[tuple[int, int]]) -> set[int]:
    return {minute for start, end in pairs for minute in range(start, end)}


@pytest.mark.parametrize("end", [5, 4])
def test_an_interval_has_at_least_a_minute(end: int) -> None:
    with pytest.raises(EmptyInterval):
        Interval(5, end)


def test_a_union_is_sorted_and_joins_what_touches() -> None:
    joined = union([Interval(10, 20), Interval(0, 5)], [Interval(5, 8), Interval(12, 15)])

    assert joined == [Interval(0, 8), Interval(10, 20)]


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        pytest.param([], [(0, 10), (20, 30)], id="nothing is cut"),
        pytest.param([(10, 20)], [(0, 10), (20, 30)], id="back to back takes nothing"),
        pytest.param([(5, 25)], [(0, 5), (25, 30)], id="one cut reaches into both"),
        pytest.param([(2, 9), (3, 4), (6, 7)], [(0, 2), (9, 10), (20, 30)], id="short cuts lie inside a long one"),
        pytest.param([(0, 40), (1, 2)], [], id="all is gone, the long cut outlives the short one"),
        pytest.param([(-5, 1), (29, 50)], [(1, 10), (20, 29)], id="the ends are cut"),
    ],
)
def test_what_is_cut_is_gone_and_the_rest_is_left(cut: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    free = [Interval(0, 10), Interval(20, 30)]

    found = subtract(free, [Interval(*one) for one in cut])

    assert found == [Interval(*one) for one in left]


def test_an_intersection_is_what_lies_in_both() -> None:
    both = intersect([Interval(0, 10), Interval(20, 30)], [Interval(5, 22), Interval(25, 26), Interval(30, 40)])

    assert both == [Interval(5, 10), Interval(20, 22), Interval(25, 26)]


@given(PAIRS, PAIRS)
def test_the_sweeps_agree_with_sets_of_minutes(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    free, cut = merged(one), sorted(other)

    found = minutes(free), minutes(without(free, cut)), minutes(common(free, merged(other)))

    assert found == (minutes(one), minutes(one) - minutes(other), minutes(one) & minutes(other))
