"""The notes with which a page is shown once more: what does not fit together, and what to do about it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.engine.again import likely_domain
from scheduler.words import _l

if TYPE_CHECKING:
    from forms.base import IntakePage


@dataclass(frozen=True, slots=True)
class Note:
    """What is said, of which question if of one, and how it is said to somebody who answers for another."""

    text: object
    field: str = ""
    another: object = ""


CHECK = _l("Please check this. You can go on if it is right.")

NOTES: dict[str, Note] = {
    "email_checked": Note(CHECK, "contact_email"),
    "channel_asked_again": Note(_l("Choose how we can reach you."), "contact_channel"),
    "birth_asked_again": Note(_l("This date is before the date of birth. Please check it."), "last_arrival_date"),
    "year_checked": Note(_l("Please check the year. You can go on if it is right."), "last_arrival_date"),
    "whereabouts_checked": Note(CHECK, "ever_in_us"),
    "program_checked": Note(CHECK, "waiting_in_mexico_program"),
    "order_checked": Note(CHECK, "removal_order_date"),
    "word_asked_again": Note(
        _l("Please choose another secret word: this one is in your other answers."),
        "safe_word",
        _l("Please choose another secret word: this one is in the other answers."),
    ),
    "arrival_asked_again": Note(
        _l("If officers sent you back, you were in the U.S. Please look at this page again."),
        another=_l("If officers sent that person back, they were in the U.S. Please look at this page again."),
    ),
    "papers_asked_again": Note(
        _l("You said that officers gave you papers and a court date. Please look at this page again."),
        another=_l("You said that officers gave that person papers and a court date. Please look at this page again."),
    ),
    "no_papers_checked": Note(
        _l("You wrote a court date, and that there are no court papers. Please look at this page again."),
        "court_papers",
    ),
    "receipt_asked_again": Note(
        _l("That looks like a receipt number. We saved it. If you have an A-Number, write it here; if not, go on."),
        "a_number",
    ),
    "hearing_asked_again": Note(_l("Is there a new court date? Choose it, or “I do not know”.")),
}
"""By the mark of `engine/again.py`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A note as it is drawn: with `field`, it begins with that question as a link."""

    text: object
    field: str
    question: str


def spoken(page: "IntakePage", marks: tuple[str, ...]) -> tuple[Spoken, ...]:
    """The notes of these marks on this page, in words for whoever answers; questions they speak of are shown open."""
    return tuple(_spoken(page, NOTES[mark]) for mark in marks)


def _spoken(page: "IntakePage", note: Note) -> Spoken:
    text = (page.context.for_another and note.another) or note.text
    if not note.field:
        return Spoken(text, "", "")
    question = next(question for question in page.questions() if question.name == note.field)
    question.noted = True
    return Spoken(f"{text}{_likely(page, note.field)}", note.field, question.text)


def _likely(page: "IntakePage", field: str) -> str:
    """Of a mail address: the domain that was likely meant, which reads the same in every language."""
    meant = likely_domain(str(page.merged().get(field) or "")) if field == "contact_email" else ""
    return f" → {meant}?" if meant else ""
