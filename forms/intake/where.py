"""A6: where you are now."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from forms.base import IntakePage
from forms.choices import countries_elsewhere, mx_states, us_states
from forms.clocks import clocks_around, is_around, local_time, place_key, spoken_time
from forms.context import Answers, Choice
from forms.dates import PartialDateField
from forms.fields import ForAnother, Text, Tick
from forms.intake.common import CHOOSE, NO, NOT_SURE, PREFER_NOT, YES
from forms.options import Country, Options, Select
from forms.validators import Unreadable, one
from scheduler.engine.gazetteer import asks_local_time
from scheduler.words import _l, _n, twelve

SHOWN_FOR = "-at"


class LocalTimeQuestion(Options):
    """Whether a clock time is right; an answer about the time of another place is none."""

    kind = "local_time"
    parts = ("", SHOWN_FOR)
    place = ""
    clock = ""

    @property
    def text(self) -> str:
        """The question with the wall time `clock`; one o'clock is one hour, which matters in Spanish."""
        if not self.clock:
            return ""
        hour, words = twelve(int(self.clock.split(":", maxsplit=1)[0])), {"local_time": spoken_time(self.clock)}
        if self.for_another:
            return _n(
                "Is it {local_time} where that person is?", "Is it {local_time} where that person is?", hour, **words
            )
        return _n("Is it {local_time} where you are?", "Is it {local_time} where you are?", hour, **words)

    def read(self) -> str | None:
        code = super().read()
        if code and one(self.typed.get(SHOWN_FOR, ())) not in {"", self.place}:
            raise Unreadable(self.error)
        return code


class ClockQuestion(Select):
    """Her hour out of those it may be in her country; it stands for a time zone, and any zone there is an answer."""

    answers: Answers = MappingProxyType({})

    def read(self) -> str | None:
        zone = one(self.typed.get("", ()))
        if zone and not is_around(self.answers, zone):
            raise Unreadable(self.error)
        return zone or None


class WherePage(IntakePage):
    """The area, never an address: it gives the hour and the emergency numbers."""

    slug = "where"
    title = _l("Where you are now")
    title_for_another = _l("Where that person is now")
    intro = _l("We only need the area. Do not write your address.")
    intro_for_another = _l("We only need the area. Do not write an address.")

    current_country = Options(
        _l("Where are you now?"),
        (
            Choice("US", _l("United States")),
            Choice("MX", _l("Mexico")),
            Choice("OTHER", _l("Another country")),
            PREFER_NOT,
        ),
        error=_l("Choose a place."),
        another=ForAnother(_l("Where is that person now?")),
    )
    us_state = Select(_l("Which state?"), us_states, opens=False, error=_l("Choose a state or “I do not know”."))
    other_country = Country(_l("Which country?"), countries_elsewhere, error=_l("Choose a country."))
    mx_city = Select(
        _l("Which city or area?"),
        (
            Choice("tijuana", "Tijuana"),
            Choice("mexicali", "Mexicali"),
            Choice("nogales", "Nogales"),
            Choice("ciudad_juarez", "Ciudad Juárez"),
            Choice("piedras_negras", "Piedras Negras"),
            Choice("ciudad_acuna", "Ciudad Acuña"),
            Choice("nuevo_laredo", "Nuevo Laredo"),
            Choice("reynosa", "Reynosa"),
            Choice("matamoros", "Matamoros"),
            Choice("monterrey", "Monterrey"),
            Choice("mexico_city", _l("Mexico City")),
            Choice("tapachula", "Tapachula"),
            Choice("cancun", "Cancún"),
            Choice("other_mx", _l("Another place in Mexico")),
            PREFER_NOT,
        ),
        hint=_l("Do not write your address."),
        error=_l("Choose a city."),
        another=ForAnother(_l("Which city?"), _l("Do not write an address.")),
    )
    mx_state = Select(_l("Which state in Mexico?"), mx_states, opens=False, error=_l("Choose a state."))
    not_my_time = Tick(_l("Not my time"), hint=_l("There it is {local_time} now."), early=False)
    local_time_ok = LocalTimeQuestion(
        "",
        (YES, Choice("no", _l("No, it is a different time"))),
        hint=_l("We use this to give you the right hour."),
        another=ForAnother(hint=_l("We use this to give that person the right hour.")),
        error=_l("Tell us if the time is right."),
        early=False,
    )
    time_zone_choice = ClockQuestion(
        _l("What time is it there now?"),
        (),
        opens=False,
        error=_l("Choose the time your clock shows."),
        another=ForAnother(error=_l("Choose the time that person’s clock shows.")),
    )
    i_am_detained = Tick(_l("I am detained or about to be"))
    detained_now = Options(
        _l("Are you held (detained) now?"),
        (
            NO,
            Choice("yes_immigration", _l("Yes, by immigration")),
            Choice("yes_jail", _l("Yes, in a jail or prison")),
            Choice("yes_mexico", _l("Yes, by Mexican officers")),
            NOT_SURE,
        ),
        error=CHOOSE,
        another=ForAnother(_l("Is the person held (detained) now?")),
    )
    detention_place = Text(
        _l("Where are you held? (optional)"),
        longest=120,
        hint=_l("Name of the center, or city and state."),
        error=_l("Use 120 letters or less."),
        another=ForAnother(_l("Where are they held? (optional)")),
        folded=True,
    )
    detention_since = PartialDateField(
        _l("Since when? (optional)"),
        years_back=10,
        error=_l("Choose at least the year, or tick “I do not know”."),
        folded=True,
    )

    def arrange(self) -> None:
        """The clock times depend on the place, which may have been chosen on this page."""
        answers, now = self.merged(), self.context.now
        self.local_time_ok.place = place_key(answers)
        self.local_time_ok.reread()
        self.time_zone_choice.answers = answers
        self.time_zone_choice.reread()
        if now:
            clock = self.local_time_ok.clock = local_time(answers, now)
            self.not_my_time.words = {"local_time": spoken_time(clock)}
            self.time_zone_choice.choices = clocks_around(answers, now)

    def companions(self, answers: Mapping[str, Any]) -> Iterator[str]:
        if answers.get("filler_role") == "self":
            yield "i_am_detained"
        if answers.get("current_country") and self.context.now and not asks_local_time(answers):
            yield "not_my_time"
