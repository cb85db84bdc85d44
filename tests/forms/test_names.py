from typing import Any

import pytest

from tests.forms.asking import EARLIER, context, post, typed

HERS: dict[str, Any] = {"conflict_people_any": "no", "current_attorney": "no"}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        pytest.param([], None, id="none"),
        pytest.param(["Ana Cruz"], ["Ana Cruz"], id="one"),
        pytest.param(["", "Ana Cruz", "", "Анна Круз"], ["Ana Cruz", "Анна Круз"], id="with empty rows between"),
        pytest.param(["Ana Cruz", "ana cruz"], ["ana cruz"], id="twice is once"),
        pytest.param(["A1"] * 2 + ["Bb", "Cc", "Dd"], ["A1", "Bb", "Cc", "Dd"], id="five rows"),
        pytest.param([*["Aa", "Bb", "Cc", "Dd", "Ee"], "Ff"], ["Aa", "Bb", "Cc", "Dd", "Ee"], id="a sixth is not read"),
    ],
)
def test_other_names_are_kept(written: list[str], stored: list[str] | None) -> None:
    rows = {f"other_names_used__{row}": name for row, name in enumerate(written)}

    page = post("names", typed(**HERS, **rows))

    assert (page.errors, page.answers().get("other_names_used")) == ({}, stored)


@pytest.mark.parametrize("name", ["A", "N" * 121, "Ana\nBcc: x", "\u202eanA"])
def test_what_is_no_name_gets_a_message(name: str) -> None:
    page = post("names", typed(**HERS, other_names_used__2=name))

    assert list(page.errors) == ["other_names_used"]


def test_other_names_are_shown_again() -> None:
    page: Any = post("names", typed(**HERS, other_names_used__0="Ana Cruz", other_names_used__3="Ana Sol"))

    again: Any = type(page)(None, context(**(EARLIER | page.answers())))

    assert (again.other_names_used.data, again.other_names_used.is_open) == (["Ana Cruz", "Ana Sol"], True)
    assert [is_open for _row, is_open in again.other_names_used.rows()] == [True, True, False, False, False]
