"""The forms around a booked time: choose it, move it, cancel it, prove who is asking, be called instead."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from forms.base import QuestionForm
from forms.choices import languages
from forms.context import Choice
from forms.fields import ForAnother, Name, Number, Question, Text
from forms.intake.common import safe_hours
from forms.options import Options, Select
from forms.phones import PhoneField
from forms.reveal import Revealed
from forms.validators import Unreadable, one
from scheduler.words import _l

SLOT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z", re.ASCII)
OLDEST = 110
CODE_LENGTH = 6
CHOOSE_A_TIME = _l("Choose a day and hour.")
NEITHER = _l("Write your year of birth or the code.")


class SlotField(Question):
    """A time by its UTC start, `2026-12-01T17:00Z`; whether it is still offered is for the booking to say."""

    kind = "slot"

    def read(self) -> str | None:
        text = one(self.typed.get("", ()))
        if text and not _is_minute(text):
            raise Unreadable(self.error)
        return text or None


def _is_minute(text: str) -> bool:
    if not SLOT.fullmatch(text):
        return False
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


class TimeForm(QuestionForm):
    """A11: a time and how to talk."""

    slug = "time"
    title = _l("Choose a time")

    slot_id = SlotField(_l("Choose a day and hour"), error=CHOOSE_A_TIME)
    call_mode = Options(
        _l("How do you want to talk?"),
        (
            Choice("phone", _l("Phone call")),
            Choice("whatsapp_call", _l("WhatsApp call")),
            Choice("video", _l("Video")),
        ),
        hint=_l("Phone uses less data. Video is not required."),
        error=_l("Choose how to talk."),
    )

    def arrange(self) -> None:
        """Only the ways that reach her; the likeliest is chosen until she chooses another."""
        self.call_mode.keep_only(*self._ways())
        if not self.is_posted and self.call_mode.data is None:
            self.call_mode.typed = {"": [self.likeliest]}

    @property
    def likeliest(self) -> str:
        """The way of talking that follows from how she is reached."""
        answers = self.context.answers
        if not answers.get("contact_phone"):
            return "video"
        on_whatsapp = answers.get("contact_channel") == "whatsapp" and not self._is_held
        return "whatsapp_call" if on_whatsapp else "phone"

    @property
    def _is_held(self) -> bool:
        """Who is held is talked with by telephone, which whoever holds her can bring about."""
        return str(self.context.answers.get("detained_now")).startswith("yes_")

    def _ways(self) -> Iterator[str]:
        """Who gave no number has video left, wherever she is: nobody stays without a time."""
        if not self.context.answers.get("contact_phone"):
            yield "video"
            return
        yield "phone"
        if not self._is_held:
            yield "whatsapp_call"
        if not self._is_held and not self.context.device_unsafe:
            yield "video"


class MoveForm(QuestionForm):
    """Another time for a booked consultation; how to talk stays."""

    slot_id = SlotField(_l("Choose a day and hour"), error=CHOOSE_A_TIME)


class ProofForm(QuestionForm):
    """What tells her from somebody who found the link: the year of birth, or a code we sent."""

    birth_year = Number(_l("Year of birth"), lowest=0, highest=0, error=_l("Write the year with 4 numbers."))
    code = Text(_l("Code"), longest=20, error=_l("Write the 6 numbers of the code."), complete="one-time-code")

    def arrange(self) -> None:
        self.birth_year.lowest = self.context.today.year - OLDEST
        self.birth_year.highest = self.context.today.year
        self.birth_year.reread()
        self.birth_year.required = self.code.required = False

    def check(self) -> Iterator[tuple[str, object]]:
        code = "".join(str(self.code.data or "").split())
        if code and not (code.isascii() and code.isdecimal() and len(code) == CODE_LENGTH):
            yield "code", self.code.error
        elif not code and self.birth_year.data is None:
            yield "birth_year", NEITHER

    def answers(self) -> dict[str, Any]:
        """`birth_year` as a number, or `code` as six digits."""
        said = super().answers()
        return said | ({"code": "".join(said["code"].split())} if "code" in said else {})


class CallMeForm(QuestionForm):
    """Call me instead: a number, when it is safe, in which language, and whom to ask for if she wants to say."""

    contact_phone = PhoneField(
        _l("Phone number"),
        hint=_l("Choose the country, then write the number. Example: 664 123 4567"),
        error=_l("Write a full phone number with the country."),
    )
    safe_times = safe_hours()
    spoken_language = Select(
        _l("What language do you speak best?"),
        languages,
        opens=False,
        error=_l("Choose a language."),
        another=ForAnother(_l("What language does that person speak best?")),
    )
    given_names = Name(_l("Whom should we ask for? (optional)"), longest=80)

    @property
    def asked(self) -> tuple[str, ...]:
        """Without the optional questions that the firm leaves out."""
        return tuple(name for name in super().asked if name not in self.context.firm.off)

    def shown(self) -> list[Revealed]:
        """The fields asked, and no others."""
        return [each for each in super().shown() if each.field.name in self.asked]

    def arrange(self) -> None:
        """Only the number must be said; the language of the page is chosen until she chooses another."""
        self.given_names.required = self.safe_times.required = self.spoken_language.required = False
        if not self.is_posted and self.spoken_language.data is None:
            self.spoken_language.typed = {"": [self.context.locale]}
