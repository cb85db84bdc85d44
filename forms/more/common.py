"""What the pages of Part B share."""

from collections.abc import Iterator
from typing import Any

from forms.base import IntakePage
from forms.context import Choice
from forms.fields import Name, Text
from scheduler.words import _l

TELL_ATTORNEY = Choice("tell_attorney", _l("I will tell the attorney"))
ANY_NAME = "A"


class MorePage(IntakePage):
    """One page of Part B; it may be left as it is."""


class LongText(Text):
    """A sentence or two, in a box of several lines that no browser checks or remembers."""

    kind = "textarea"

    def clean(self, text: str) -> str:
        return super().clean(" ".join(text.splitlines()).replace("\t", " "))


class OpeningName(Name):
    """A person's name that opens another question once it is written."""

    def alternatives(self) -> Iterator[tuple[str, Any]]:
        yield "", ANY_NAME
