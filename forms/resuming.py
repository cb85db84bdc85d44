"""Going on with what was begun in another browser: the number, then the code."""

import re
from collections.abc import Iterator

from forms.base import QuestionForm
from forms.fields import Text
from scheduler.words import _l

REF = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}", re.ASCII)
CODE = re.compile(r"[0-9]{6}", re.ASCII)
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
"""Letters that no number has, as what they were meant to be (Crockford's base 32)."""


class NumberForm(QuestionForm):
    """Her number, as she wrote it down."""

    ref = Text(
        _l("Your number"),
        longest=40,
        hint=_l("8 letters and numbers, as we told you."),
        error=_l("Write the 8 letters and numbers."),
    )

    def check(self) -> Iterator[tuple[str, object]]:
        if not REF.fullmatch(self.number):
            yield "ref", self.ref.error

    @property
    def number(self) -> str:
        """What she wrote, as it is stored."""
        return str(self.ref.data or "").upper().translate(MISREAD)


class CodeForm(QuestionForm):
    """The code that we sent."""

    code = Text(_l("Code"), longest=20, error=_l("Write the 6 numbers of the code."), complete="one-time-code")

    def check(self) -> Iterator[tuple[str, object]]:
        if not CODE.fullmatch(self.digits):
            yield "code", self.code.error

    @property
    def digits(self) -> str:
        """What she wrote, without spaces."""
        return "".join(str(self.code.data or "").split())
