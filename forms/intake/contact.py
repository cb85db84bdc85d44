"""A4: safe ways to reach you."""

from collections.abc import Iterator
from typing import Any

from forms.base import IntakePage
from forms.context import Choice
from forms.fields import Email, ForAnother, Text
from forms.intake.common import CHOOSE, safe_hours
from forms.options import Options
from forms.phones import PhoneField
from scheduler.engine.safe_word import is_told
from scheduler.words import _l

WHATSAPP = Choice("whatsapp", _l("WhatsApp"))
ONLY_YOU = _l("Choose one that only you can see.")


class ContactPage(IntakePage):
    """One safe channel, who else sees it, and whether we may write there."""

    slug = "contact"
    title = _l("Safe ways to reach you")
    title_for_another = _l("Safe ways to reach that person")

    contact_channel = Options(
        _l("What is the safest way for us to reach you?"),
        (
            WHATSAPP,
            Choice("sms", _l("Text message")),
            Choice("call", _l("Phone call only")),
            Choice("email", _l("Email")),
            Choice("helper", _l("Through the person helping me"), _l("Through me, who helps")),
        ),
        hint=_l("Choose only one that other people cannot see or hear."),
        error=_l("Choose how we can reach you."),
        another=ForAnother(
            _l("What is the safest way to reach that person, or you?"), error=_l("Choose how we can reach that person.")
        ),
    )
    helper_medium = Options(
        _l("How should we reach the helper?"),
        (WHATSAPP, Choice("sms", _l("Text message (SMS)")), Choice("call", _l("Phone call"))),
        error=_l("Choose how to reach the helper."),
    )
    contact_phone = PhoneField(
        _l("Phone number"),
        hint=_l("Choose the country, then write the number. Example: 664 123 4567"),
        error=_l("Write a full phone number with the country."),
    )
    contact_email = Email(
        _l("Email"),
        hint=_l("Use an email that only you can open."),
        error=_l("Write an email like name@example.com."),
        another=ForAnother(hint=_l("Use an email that only that person, or you, can open.")),
    )
    phone_shared = Options(
        _l("Who else uses or sees this phone?"),
        (
            Choice("only_me", _l("Only me"), _l("Nobody else")),
            Choice("shared_safe", _l("Other people I trust")),
            Choice("shared_unsafe", _l("Other people who should not know")),
        ),
        error=CHOOSE,
    )
    may_write = Options(
        _l("May we write to you here about your appointment?"),
        (
            Choice("yes", _l("Yes, you can write to me here"), _l("Yes, you can write here")),
            Choice("no", _l("No, only a person may call")),
        ),
        hint=_l("Our messages never say what it is about. Message costs may apply. Write STOP to end them."),
        error=_l("Choose yes or no."),
    )
    can_leave_message = Options(
        _l("If you do not answer a call, can we leave a voice message?"),
        (
            Choice("neutral", _l("Yes, but do not say who you are or why")),
            Choice("with_name", _l("Yes, you can say the office name")),
            Choice("no", _l("No, do not leave messages")),
        ),
        error=CHOOSE,
    )
    safe_times = safe_hours()
    safe_word = Text(
        _l("Secret word (optional)"),
        shortest=3,
        longest=20,
        hint=_l("We will say this word first so you know it is really us."),
        error=_l("Use 3 to 20 letters. Do not use your name."),
        another=ForAnother(
            hint=_l("We will say this word first, so that the person knows it is really us."),
            error=_l("Use 3 to 20 letters. Do not use a name."),
        ),
        folded=True,
    )

    def arrange(self) -> None:
        """Nobody helps her where she fills this in herself."""
        if self.context.answers.get("filler_role") == "self":
            self.contact_channel.keep_only("whatsapp", "sms", "call", "email")
        if self.context.device_unsafe:
            self.contact_channel.hint = ONLY_YOU

    def check(self) -> Iterator[tuple[str, object]]:
        if is_told(self.merged()):
            yield "safe_word", self.safe_word.error

    def answers(self) -> dict[str, Any]:
        """With `wa_id`, her number as WhatsApp writes it; None takes one away."""
        return super().answers() | {"wa_id": self.contact_phone.wa_id(self.context.answers.get("wa_id"))}
