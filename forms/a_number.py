"""The question for an A-number: 7 to 9 figures, however they are written; a receipt number is told apart."""

import re
import unicodedata
from typing import Any

from forms.fields import Question
from forms.validators import Unreadable, one

LENGTH, SHORTEST, LONGEST_TYPED = 9, 7, 60
FIGURES = re.compile(rf"[A#]*(\d{{{SHORTEST},{LENGTH}}})", re.ASCII)
RECEIPT = re.compile(r"[A-Z]{3}\d{10}", re.ASCII)


class ANumberField(Question):
    """
    An A-number, stored as nine figures: those of seven and eight take zeros in front (EOIR manual 1.6).

    `receipt` is what was typed, where it is a receipt number of USCIS; then there is no A-number.
    """

    receipt: str | None = None

    def shown(self, stored: Any) -> dict[str, list[str]]:
        return {"": [written(str(stored))]}

    def read(self) -> str | None:
        text = one(self.typed.get("", ()))
        if len(text) > LONGEST_TYPED:
            raise Unreadable(self.error)
        plain = "".join(map(_plain, text)).upper()
        self.receipt = plain if RECEIPT.fullmatch(plain) else None
        if not plain or self.receipt:
            return None
        found = FIGURES.fullmatch(plain)
        if found is None or not int(found[1]):
            raise Unreadable(self.error)
        return found[1].zfill(LENGTH)


def written(number: str) -> str:
    """The number as it stands on papers."""
    return f"A {number[:3]}-{number[3:6]}-{number[6:]}"


def _plain(sign: str) -> str:
    """A figure of any script as one of ours; nothing for what only parts them; other signs as they are."""
    parts = unicodedata.category(sign)[0] in "ZP" and sign != "#"
    return "" if parts else str(unicodedata.decimal(sign, sign))
