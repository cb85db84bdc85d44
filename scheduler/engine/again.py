"""Answers of one page that do not fit together: the page is shown once more with a note."""

from dataclasses import dataclass

from scheduler.engine.questions import Asking, Condition, both, hearing_passed, when


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


AGAIN: tuple[AskAgain, ...] = (
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
    AskAgain("dates", "hearing_asked_again", both(hearing_passed, when("missed_hearing", "went", "changed"))),
)
"""Officers gave her papers, so she was there; or a later court date is wanted."""
