"""A8: papers and dates that cannot wait."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from forms.a_number import ANumberField
from forms.base import IntakePage
from forms.choices import courts, ports
from forms.context import Choice
from forms.dates import CHECK_THE_DATE, DateOrUnknownField, PartialDateField
from forms.fields import ForAnother
from forms.intake.common import CHOOSE, NO, NOT_SURE, YES
from forms.options import Options, Select
from forms.times import TimeField
from scheduler.engine.answers import day_of
from scheduler.words import _l, _lp

YEAR = 366
NO_DATE_YET = _l("There is no date yet")
CHOOSE_DATE = _l("Choose the date, or “I do not know”.")


class DatesPage(IntakePage):
    """Hearings, orders, interviews and letters with a date; what she does not know she need not look up."""

    slug = "dates"
    title = _l("Papers and dates that cannot wait")
    intro = _l("Look at your papers if you have them near. If not, answer what you know. You can add more later.")
    intro_for_another = _l(
        "Look at that person’s papers if you have them near. If not, answer what you know. You can add more later."
    )

    court_papers = Options(
        _l("Did you get papers telling you to go to immigration court?"),
        (YES, NO, NOT_SURE),
        hint=_l("The paper may say “Notice to Appear” or “Form I-862”."),
        error=CHOOSE,
        another=ForAnother(_l("Did that person get papers to go to immigration court?")),
    )
    next_hearing_date = DateOrUnknownField(
        _l("When is your next court date?"),
        years_back=10,
        years_on=6,
        latest=6 * YEAR,
        none=NO_DATE_YET,
        hint=_l("It is on your hearing notice. You can also check free at 1-800-898-7180."),
        error=CHOOSE_DATE,
        another=ForAnother(
            _l("When is their next court date?"),
            _l("It is on their hearing notice. You can also check free at 1-800-898-7180."),
        ),
    )
    next_hearing_time = TimeField(_l("What time? (optional)"), error=_l("Write a time such as 8:30."))
    missed_hearing = Options(
        _l("That date has passed. What happened?"),
        (
            Choice("went", _l("I went"), _l("That person went")),
            Choice("missed", _l("I could not go"), _l("That person could not go")),
            Choice("changed", _l("The date was changed")),
            NOT_SURE,
        ),
        error=CHOOSE,
    )
    hearing_court = Select(
        _l("Which court? (optional)"),
        courts,
        opens=False,
        hint=_l("The city at the top of the notice."),
        error=_l("Choose a court or “I do not know”."),
        folded=True,
    )
    poe_report_date = DateOrUnknownField(
        _l("When must you be at the border crossing? (optional)"),
        years_back=1,
        years_on=6,
        earliest=-365,
        none=NO_DATE_YET,
        hint=_l("The small sheet from the officers says the day, hour and place."),
        error=_l("This date must be the same day as court or before."),
        another=ForAnother(_l("When must that person be at the border crossing? (optional)")),
    )
    poe_report_time = TimeField(
        _l("What time must you be there? (optional)"),
        error=_l("Write a time such as 4:30."),
        another=ForAnother(_l("What time must that person be there? (optional)")),
    )
    poe_place = Select(
        _l("Which crossing? (optional)"),
        ports,
        opens=False,
        error=_l("Choose a place or “I do not know”."),
        folded=True,
    )
    removal_order = Options(
        _l("Has a judge or officer ordered you deported (removed)?"),
        (NO, YES, NOT_SURE),
        error=CHOOSE,
        another=ForAnother(_l("Has a judge or officer ordered that person deported (removed)?")),
    )
    removal_order_date = PartialDateField(
        _l("When? An approximate date is fine."),
        years_back=60,
        error=_l("Choose at least the year, or “I do not know”."),
    )
    fear_interview = Options(
        _l("Has an asylum officer interviewed you about your fear?"),
        (
            Choice("none", _l("No")),
            Choice("scheduled", _l("I have one coming"), _l("There is one coming")),
            Choice("positive", _l("Yes, and they said I can go on"), _l("Yes, and they said that person can go on")),
            Choice("negative", _l("Yes, and they said no")),
            Choice("waiting", _l("Yes, waiting for the answer")),
            NOT_SURE,
        ),
        error=CHOOSE,
        another=ForAnother(_l("Has an asylum officer interviewed that person about their fear?")),
    )
    fear_interview_date = DateOrUnknownField(
        _l("What day?"), years_back=10, years_on=3, none=NO_DATE_YET, error=CHOOSE_DATE
    )
    other_deadline = Options(
        _l("Do you have any letter with a date to do something?"),
        (NO, YES, NOT_SURE),
        hint=_l("For example: appeal, send papers, pay, go to an interview or check-in."),
        error=CHOOSE,
        another=ForAnother(_l("Does that person have any letter with a date to do something?")),
    )
    other_deadline_date = DateOrUnknownField(
        _l("What is the date?"),
        years_back=1,
        years_on=3,
        earliest=-30,
        latest=3 * YEAR,
        none=NO_DATE_YET,
        error=CHOOSE_DATE,
    )
    other_deadline_kind = Select(
        _l("What is it for?"),
        (
            Choice("judge_filing", _l("The judge said to file papers")),
            Choice("appeal", _l("Appeal")),
            Choice("uscis_interview", _l("USCIS interview")),
            Choice("uscis_letter", _l("Letter from USCIS asking for something")),
            Choice("fee_notice", _l("Fee to pay")),
            Choice("ice_checkin", _l("ICE check-in")),
            Choice("deport_date", _l("Date to leave or be deported")),
            Choice("other", _lp("feminine", "Other")),
            Choice("unknown", _l("I do not know")),
        ),
        error=_l("Choose one."),
    )
    a_number = ANumberField(
        _l("A-Number (optional)"),
        hint=_l("The letter A and 8 or 9 numbers, at the top of your papers. You can add it later."),
        error=_l("An A-Number has 7, 8 or 9 numbers. Check it, or leave it blank."),
        another=ForAnother(
            _l("Their A-Number (optional)"),
            _l("The letter A and 8 or 9 numbers, at the top of their papers. You can add it later."),
        ),
        folded=True,
    )

    def check(self) -> Iterator[tuple[str, object]]:
        interview = day_of(self.fear_interview_date.data)
        if interview and not self._interview_fits(interview):
            yield "fear_interview_date", CHECK_THE_DATE
        crossing, hearing = day_of(self.poe_report_date.data), day_of(self.next_hearing_date.data)
        if crossing and hearing and crossing > hearing:
            yield "poe_report_date", self.poe_report_date.error

    def answers(self) -> dict[str, Any]:
        """With `uscis_receipt`, where a receipt number was typed as an A-number, and that a date has no papers."""
        receipt = self.a_number.receipt
        more: dict[str, Any] = {"uscis_receipt": receipt} if receipt and "a_number" in self.asked else {}
        if "court_papers" in self.asked and self.court_papers.data == "no" and day_of(self.next_hearing_date.data):
            more["hearing_typed"] = True
        return super().answers() | more

    def _interview_fits(self, day: date) -> bool:
        if self.fear_interview.data == "scheduled":
            return day >= self.context.today - timedelta(days=1)
        return day <= self.context.today
