"""The dates that a client told us, as she told them: none of them is ever computed (intake.md §4.6)."""

from datetime import date

from scheduler.engine.answers import Answers, day_of
from scheduler.engine.safe_word import DAYS

NEAR = 60
"""So many days ahead a date of hers is, or fewer, when somebody looks after it at once (intake.md §3.4)."""

Told = tuple[str, date]
"""The name of the answer, and the day."""


def to_come(answers: Answers, today: date) -> tuple[Told, ...]:
    """The days that she named and that are not over, the next one first."""
    found = [(name, day) for name in DAYS if (day := day_of(answers.get(name))) is not None and day >= today]
    return tuple(sorted(found, key=lambda told: told[1]))


def is_near(answers: Answers, today: date) -> bool:
    """Whether one of them is so close that nobody may wait for an agreement."""
    return any((day - today).days <= NEAR for _name, day in to_come(answers, today))
