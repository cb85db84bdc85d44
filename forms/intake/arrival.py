"""A7: arriving in the United States."""

from collections.abc import Iterator
from datetime import date

from forms.base import IntakePage
from forms.context import Choice
from forms.dates import PartialDateField
from forms.fields import ForAnother
from forms.intake.common import CHOOSE, NOT_SURE
from forms.options import Options
from scheduler.engine.answers import bounds
from scheduler.words import _l

EARLIEST = 1940
YEARS_OFFERED = 110
BEFORE_BIRTH = _l("This date is before the date of birth. Please check it.")


class ArrivalPage(IntakePage):
    """Asks only what the filing deadline depends on."""

    slug = "arrival"
    title = _l("Arriving in the United States")

    ever_in_us = Options(
        _l("Have you ever been inside the United States, even for a few hours?"),
        (
            Choice("in_us", _l("Yes, I am in the U.S. now"), _l("Yes, that person is in the U.S. now")),
            Choice(
                "sent_back",
                _l("Yes, but I was sent back to Mexico"),
                _l("Yes, but that person was sent back to Mexico"),
            ),
            Choice("left", _l("Yes, and I left"), _l("Yes, and that person left")),
            Choice("never", _l("No, never")),
            Choice("prefer_not", _l("I will tell the attorney"), _l("That person will tell the attorney")),
        ),
        error=CHOOSE,
        another=ForAnother(_l("Has that person ever been inside the United States, even for a few hours?")),
    )
    last_arrival_date = PartialDateField(
        _l("When did you last arrive in the United States?"),
        years_back=YEARS_OFFERED,
        tolerance=1,
        unknown=_l("I do not remember"),
        hint=_l("The most recent time. If you only know the month or year, that is fine."),
        error=_l("Choose at least the year, or tick “I do not remember”. It cannot be in the future."),
        another=ForAnother(_l("When did that person last arrive in the United States?")),
    )
    waiting_in_mexico_program = Options(
        _l("Did U.S. officers send you back to Mexico to wait for your court date?"),
        (
            Choice(
                "yes_papers",
                _l("Yes, U.S. officers gave me papers and a court date"),
                _l("Yes, U.S. officers gave them papers and a court date"),
            ),
            Choice(
                "yes_no_papers",
                _l("I was sent back with no court date"),
                _l("That person was sent back with no court date"),
            ),
            Choice(
                "no",
                _l("No, I am waiting in Mexico on my own"),
                _l("No, that person is waiting in Mexico on their own"),
            ),
            NOT_SURE,
        ),
        hint=_l("Some people call this “Remain in Mexico” or MPP."),
        error=CHOOSE,
        another=ForAnother(_l("Did U.S. officers send that person back to Mexico to wait for court?")),
    )

    def check(self) -> Iterator[tuple[str, object]]:
        arrived = bounds(self.last_arrival_date.data)
        born = bounds(self.context.answers.get("birth_date"))
        if arrived and arrived[1] < date(EARLIEST, 1, 1):
            yield "last_arrival_date", self.last_arrival_date.error
        elif arrived and born and arrived[1] < born[0]:
            yield "last_arrival_date", BEFORE_BIRTH
