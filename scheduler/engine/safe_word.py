"""The word by which she and we know each other on the phone: nobody who knows her may guess it."""

from collections.abc import Iterator
from datetime import date

from scheduler.engine.answers import Answers, bounds, day_of
from scheduler.engine.names import fold

NAMES = ("given_names", "family_names", "preferred_name", "helper_name", "helper_org")
LISTS = ("other_names_used",)
PARTIAL = ("birth_date", "last_arrival_date", "removal_order_date", "detention_since")
DAYS = ("next_hearing_date", "poe_report_date", "fear_interview_date", "other_deadline_date")
NATIONAL = 10
"""Digits of a phone number without its country, in Mexico and the United States."""


def is_told(answers: Answers) -> bool:
    """Whether her secret word stands among her other answers: a name, a phone number, a date, an A-number."""
    word = _key(answers.get("safe_word"))
    return bool(word) and word in set(_told(answers))


def _key(text: object) -> str:
    """Letters and digits alone, without capitals and accents: other writings of one word are that word."""
    return "".join(sign for sign in fold(str(text or "")) if sign.isalnum())


def _told(answers: Answers) -> Iterator[str]:
    for name in _names(answers):
        yield _key(name)
        yield from map(_key, name.split())
    for day, is_whole in _days(answers):
        yield str(day.year)
        yield from _written(day) if is_whole else ()
    phone = _key(answers.get("contact_phone"))
    yield from (phone, phone[-NATIONAL:])
    email = str(answers.get("contact_email") or "")
    yield from (_key(email), _key(email.partition("@")[0]))
    yield from (_key(answers.get("a_number")), _key(answers.get("a_number")).lstrip("0"))


def _names(answers: Answers) -> Iterator[str]:
    single = [str(answers.get(name) or "") for name in NAMES]
    yield from single
    yield " ".join(single[:2])
    for name in LISTS:
        yield from map(str, answers.get(name) or ())
    yield from (str(person.get("name")) for person in answers.get("conflict_people") or ())


def _days(answers: Answers) -> Iterator[tuple[date, bool]]:
    """Each day she gave, and whether she gave all of it."""
    for span in (bounds(answers.get(name)) for name in PARTIAL):
        if span:
            yield span[0], span[0] == span[1]
    for day in (day_of(answers.get(name)) for name in DAYS):
        if day:
            yield day, True


def _written(day: date) -> Iterator[str]:
    """A day as people write it in figures."""
    yield from (day.strftime(pattern) for pattern in ("%Y%m%d", "%d%m%Y", "%m%d%Y", "%d%m%y", "%m%d%y"))
    yield from (f"{day.day}{day.month}{day.year}", f"{day.month}{day.day}{day.year}")
