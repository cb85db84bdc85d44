"""B7: making the call easier."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.context import Choice
from forms.fields import Text
from forms.intake.common import CHOOSE, NO, NOT_SURE, YES
from forms.more.common import LongText, MorePage, OpeningName
from forms.more.own import OwnField
from forms.options import Options
from forms.phones import PhoneField
from forms.ticks import Ticks
from scheduler.words import _l, _lp


class CallPage(MorePage):
    """What she needs on the call, and whom we may call if she is out of reach."""

    slug = "call"
    title = _l("Making the call easier")

    private_place = Options(
        _l("Will you have a private place to talk? (optional)"),
        (
            YES,
            NO,
            NOT_SURE,
        ),
        error=CHOOSE,
    )
    others_on_call = Options(
        _l("Will anyone be with you? (optional)"),
        (
            Choice("nobody", _l("Nobody")),
            Choice("family", _l("Family")),
            Choice("helper", _l("A helper or advocate")),
            Choice("children", _l("Young children")),
        ),
        hint=_l("The attorney may ask to talk with you alone."),
        error=CHOOSE,
    )
    call_needs = Ticks(
        _l("What would help you in the call? (optional)"),
        (
            Choice("slow", _l("Speak slowly")),
            Choice("breaks", _l("Breaks")),
            Choice("no_video", _l("No video")),
            Choice("woman", _l("Talk with a woman if possible")),
            Choice("man", _l("Talk with a man if possible")),
            Choice("hearing", _l("I do not hear well")),
            Choice("vision", _l("I do not see well")),
            Choice("reading", _l("I do not read well")),
            Choice("low_data", _l("I have little data or signal")),
            Choice("other", _lp("call_needs", "Other")),
        ),
        error=_l("Choose only one: woman or man."),
    )
    interpreter_avoid = Text(
        _l("Is there anyone the interpreter should not be? (optional)"),
        hint=_l("For example, a person from a certain town or group."),
        error=_l("Use 120 letters or less."),
        longest=120,
    )
    questions_for_attorney = LongText(
        _l("What do you most want to ask? (optional)"), error=_l("Use 300 letters or less."), longest=300
    )
    trusted_person_name = OpeningName(
        _l("Is there one person you trust, whom we may call if we cannot reach you? (optional)"),
        hint=_l("Only if that person knows you are asking for help."),
        error=_l("Use 80 letters or less."),
        shortest=2,
        longest=80,
    )
    trusted_person_phone = PhoneField(
        _l("That person's phone"), error=_l("Write a full phone number with the country.")
    )

    own_answers = OwnField("", error=CHOOSE)

    def asked_with(self, answers: Mapping[str, Any]) -> tuple[str, ...]:
        """Without the firm's own questions where it has none."""
        names = super().asked_with(answers)
        return names if self.context.firm.own else tuple(name for name in names if name != "own_answers")

    def check(self) -> Iterator[tuple[str, object]]:
        if {"woman", "man"} <= set(self.call_needs.data or ()):
            yield "call_needs", self.call_needs.error
