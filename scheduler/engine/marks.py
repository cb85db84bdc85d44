"""Flags that no answer gives: set by a person, or by how the pages were sent; they stay when triage runs."""

from collections.abc import Collection
from enum import StrEnum

from scheduler.engine.safe_contact import MANUAL


class Unreachable(StrEnum):
    """Why nothing automatic may reach her any more."""

    DETAINED = "now_detained"
    REMOVED = "now_removed"
    PHONE_TAKEN = "phone_taken"


UNREACHABLE = frozenset(Unreachable)
CALLS_TO_BOOK = "calls_to_book"
"""Found by triage: she chooses no time by herself any more, a person finds one with her."""

POSSIBLE_DUPLICATE = "possible_duplicate"
"""Somebody with her number, or her name and year of birth, asked before."""

MACHINE = "like_a_machine"
"""Sent faster than a person could, or with a field filled that no person sees."""

TRAPPED = "trapped"
"""With a field filled that no person sees: no attorney is invited before a person has looked."""

MISSED_ONE = "missed_before"
"""She did not come to a call of an intake that was merged into this one."""

MARKS: frozenset[str] = UNREACHABLE | {POSSIBLE_DUPLICATE, MACHINE, TRAPPED, MISSED_ONE}
"""Every flag that stays."""


def with_marks(found: Collection[str], before: Collection[str]) -> list[str]:
    """The flags that triage found, and those of before that it does not decide on; sorted as they come, each once."""
    marks = [flag for flag in before if flag in MARKS]
    manual = [MANUAL] if UNREACHABLE & set(marks) else []
    return list(dict.fromkeys((*found, *manual, *marks)))
