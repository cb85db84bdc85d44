"""No answer without a purpose and an end (intake.md §7.6): the questions keep to the list in docs/answers.md."""

import re
from collections.abc import Collection
from pathlib import Path

from scheduler.engine.documents import PLACE_OF

LIST = Path(__file__).resolve().parent.parent / "docs" / "answers.md"
ROW = re.compile(r"\| ([a-z0-9_]+) \| (contact|place|confidential) \| \S[^|]{9,} \| (intake|stub) \|")


def listed(text: str) -> dict[str, str]:
    """An answer with a purpose and an end, to its document."""
    rows = (ROW.fullmatch(line) for line in text.splitlines())
    return {row.group(1): row.group(2) for row in rows if row}


def without_purpose(names: Collection[str]) -> set[str]:
    return set(names) - listed(LIST.read_text(encoding="utf-8")).keys()


def test_every_answer_says_what_it_is_for_and_when_it_goes() -> None:
    assert listed(LIST.read_text(encoding="utf-8")) == {name: str(place) for name, place in PLACE_OF.items()}


def test_a_question_that_nobody_listed_is_noticed() -> None:
    assert without_purpose([*PLACE_OF, "mother_s_name"]) == {"mother_s_name"}


def test_a_row_without_a_purpose_or_an_end_is_none() -> None:
    assert listed("| mother_s_name | contact |  | intake |\n| mother_s_name | contact | To know her mother. |  |") == {}
