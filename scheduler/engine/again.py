"""Answers of one page that do not fit together: the page is shown once more with a note."""

from dataclasses import dataclass
from datetime import date

from scheduler.engine.answers import bounds, given
from scheduler.engine.questions import Asking, Condition, both, hearing_passed, when
from scheduler.engine.safe_word import is_told

YEARS_AGO, YEARS_BEFORE = 10, 40
USUAL_DOMAINS = (
    *("gmail.com", "hotmail.com", "hotmail.es", "outlook.com", "outlook.es", "yahoo.com", "yahoo.es", "yahoo.com.mx"),
    *("icloud.com", "live.com", "mail.com", "ymail.com", "proton.me"),
)
"""The most usual first."""


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


def helped_by_nobody(asking: Asking) -> bool:
    """She is to be reached through who helps her, and now answers for herself."""
    return when("contact_channel", "helper")(asking) and when("filler_role", "self")(asking)


def before_birth(asking: Asking) -> bool:
    """Her last arrival is before the day of birth, which she has changed since."""
    arrived, born = (bounds(asking.answers.get(name)) for name in ("last_arrival_date", "birth_date"))
    return arrived is not None and born is not None and arrived[1] < born[0]


def misspelt(asking: Asking) -> bool:
    """Her mail's domain is one slip away from one that most people have."""
    return bool(likely_domain(str(asking.answers.get("contact_email") or "")))


def likely_domain(address: str) -> str:
    """The usual domain that this address is one slip away from; empty where it is a usual one, or near none."""
    domain = address.rpartition("@")[2]
    near = (usual for usual in USUAL_DOMAINS if one_slip(domain, usual))
    return "" if domain in USUAL_DOMAINS else next(near, "")


def one_slip(one: str, other: str) -> bool:
    """Whether a single letter was left out, added, changed, or swapped with the next."""
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def long_ago(asking: Asking) -> bool:
    """Her last arrival was more than ten years ago, whatever day she means."""
    span = bounds(asking.answers.get("last_arrival_date"))
    return span is not None and (asking.today.year - YEARS_AGO, asking.today.month, asking.today.day) > _parts(span[1])


def elsewhere(asking: Asking) -> bool:
    """Where she is now is not where she says that she was sent, or stayed."""
    here = when("ever_in_us", "in_us")(asking) and when("current_country", "MX", "OTHER")(asking)
    return here or (when("ever_in_us", "sent_back")(asking) and when("current_country", "US")(asking))


def only_mexican(asking: Asking) -> bool:
    """The program was for people of other countries."""
    return asking.answers.get("nationality_country") == ["MX"]


def ordered_long_before(asking: Asking) -> bool:
    """Her removal was ordered more than forty years before she last arrived."""
    ordered, arrived = (bounds(asking.answers.get(name)) for name in ("removal_order_date", "last_arrival_date"))
    return ordered is not None and arrived is not None and ordered[1].year < arrived[0].year - YEARS_BEFORE


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def hearing_without_papers(asking: Asking) -> bool:
    """She wrote a court date, and that she has no court papers."""
    return when("court_papers", "no")(asking) and given(asking.answers.get("hearing_typed"))


def receipt_alone(asking: Asking) -> bool:
    """She wrote a receipt number for an A-number, and no A-number since."""
    return given(asking.answers.get("uscis_receipt")) and not given(asking.answers.get("a_number"))


AGAIN: tuple[AskAgain, ...] = (
    AskAgain("contact", "word_asked_again", word_told, stands=False),
    AskAgain("contact", "channel_asked_again", helped_by_nobody, stands=False),
    AskAgain("contact", "email_checked", misspelt),
    AskAgain(
        "arrival",
        "arrival_asked_again",
        both(when("ever_in_us", "never"), when("waiting_in_mexico_program", "yes_papers")),
    ),
    AskAgain("arrival", "birth_asked_again", before_birth, stands=False),
    AskAgain("arrival", "year_checked", long_ago),
    AskAgain("arrival", "whereabouts_checked", elsewhere),
    AskAgain("arrival", "program_checked", both(when("waiting_in_mexico_program", "yes_papers"), only_mexican)),
    AskAgain(
        "dates",
        "papers_asked_again",
        both(when("court_papers", "no"), when("waiting_in_mexico_program", "yes_papers")),
    ),
    AskAgain("dates", "no_papers_checked", hearing_without_papers),
    AskAgain("dates", "receipt_asked_again", receipt_alone),
    AskAgain("dates", "order_checked", ordered_long_before),
    AskAgain("dates", "hearing_asked_again", both(hearing_passed, when("missed_hearing", "went", "changed"))),
)
"""intake.md §1.1 and §1.5b: what is wanted of her once more, and what she may have mistaken."""
