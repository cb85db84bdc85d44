"""Answers of one page that do not fit together: the page is shown once more with a note."""

from dataclasses import dataclass

from scheduler.engine.answers import given
from scheduler.engine.questions import Asking, Condition, both, hearing_passed, when
from scheduler.engine.safe_word import is_told


@dataclass(frozen=True, slots=True)
class AskAgain:
    """
    What makes a page be shown once more.

    `mark` is stored once she stands by her answers, and names the note; without `stands` they must be changed.
    """

    page: str
    mark: str
    open: Condition
    stands: bool = True

    def is_due(self, asking: Asking) -> bool:
        """Whether the note is to be shown now."""
        return self.open(asking) and not (self.stands and asking.answers.get(self.mark))


def word_told(asking: Asking) -> bool:
    """Her secret word is one of her other answers; those of later pages count too."""
    return is_told(asking.answers)


def receipt_alone(asking: Asking) -> bool:
    """She wrote a receipt number for an A-number, and no A-number since."""
    return given(asking.answers.get("uscis_receipt")) and not given(asking.answers.get("a_number"))


AGAIN: tuple[AskAgain, ...] = (
    AskAgain("contact", "word_asked_again", word_told, stands=False),
    AskAgain(
        "arrival",
        "arrival_asked_again",
        both(when("ever_in_us", "never"), when("waiting_in_mexico_program", "yes_papers")),
    ),
    AskAgain(
        "dates",
        "papers_asked_again",
        both(when("court_papers", "no"), when("waiting_in_mexico_program", "yes_papers")),
    ),
    AskAgain("dates", "receipt_asked_again", receipt_alone),
    AskAgain("dates", "hearing_asked_again", both(hearing_passed, when("missed_hearing", "went", "changed"))),
)
"""Her secret word is told; officers gave her papers, so she was there; or a later court date is wanted."""
