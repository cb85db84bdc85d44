"""A child is talked with by the protocol (intake.md §2.5): it stands where the call is made from."""

import pytest
from flask import Flask

from tests.builders.firm import a_firm, an_intake
from tests.builders.staff import at_the_desk, quick_hashes

CHILD = {"birth_date": {"y": 2012, "m": 5, "d": 3, "precision": "day", "unknown": False}, "minor_with_adult": "alone"}
RULES = (
    "trained in children’s cases calls",
    "No recording",
    "First ask who is near",
    "Never send the child to fetch a paper",
    "only if the child says that this adult is safe",
)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_hashes(monkeypatch)


@pytest.mark.parametrize(("answers", "stands"), [(CHILD, True), ({}, False)], ids=["a child", "a grown woman"])
def test_the_protocol_stands_where_a_child_is_called_from(app: Flask, answers: dict[str, object], stands: bool) -> None:
    a_firm(app).with_attorney("Ana")
    intake = an_intake(app, **answers)  # type: ignore[arg-type]
    browser = at_the_desk(app, "receptionist")

    page = browser.get(f"/desk/intake/{intake.id}?lang=en").text

    assert [rule in page for rule in RULES] == [stands] * len(RULES)
