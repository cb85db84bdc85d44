"""The question for a time of day: figures as people write them, and the half of the day."""

import re
import unicodedata
from typing import Any

from forms.context import Choice
from forms.fields import Question
from forms.validators import Unreadable, one
from scheduler.words import _l

HALF = "-half"
AM, PM = "am", "pm"
HALVES = (Choice(AM, _l("am (morning)")), Choice(PM, _l("pm (afternoon or night)")))
WRITTEN = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?", re.ASCII)
NOON = 12
MORNING_OR_AFTERNOON = _l("Choose am or pm.")


class TimeField(Question):
    """A time of day, stored as `HH:MM`; from 13:00 on, and at 0:30, no half of the day is needed."""

    kind = "time"
    parts = ("", HALF)
    choices = HALVES

    def __init__(self, label: object, **rest: Any) -> None:
        super().__init__(label, **rest)
        self.choices = HALVES

    def shown(self, stored: Any) -> dict[str, list[str]]:
        hour, minute = stored.split(":")
        return {"": [f"{int(hour) % NOON or NOON}:{minute}"], HALF: [PM if int(hour) >= NOON else AM]}

    def read(self) -> str | None:
        text, half = one(self.typed.get("", ())).strip(), one(self.typed.get(HALF, ()))
        if not text:
            return None
        hour, minute = self._figures(text)
        if half not in {"", AM, PM} or hour > 23 or minute > 59 or (half == AM and hour > NOON):
            raise Unreadable(self.error)
        if not half and 0 < hour <= NOON:
            raise Unreadable(MORNING_OR_AFTERNOON)
        return f"{_of_day(hour, half):02}:{minute:02}"

    def _figures(self, text: str) -> tuple[int, int]:
        figures = "".join(str(unicodedata.decimal(sign, sign)) for sign in text[:10] if not sign.isspace())
        written = WRITTEN.fullmatch(figures)
        if written is None or len(text) > 10:
            raise Unreadable(self.error)
        return int(written[1]), int(written[2] or 0)


def _of_day(hour: int, half: str) -> int:
    """The hour from 0 to 23 of an hour as it was written."""
    if hour == NOON:
        return 0 if half == AM else NOON
    return hour + NOON if half == PM and hour < NOON else hour
