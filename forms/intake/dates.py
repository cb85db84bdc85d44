"""A8: papers and dates that cannot wait."""

from collections.abc import Iterator
from datetime import date, timedelta

from forms.base import IntakePage
from forms.context import Choice
from forms.dates import CHECK_THE_DATE, DateOrUnknownField, PartialDateField
from forms.intake.common import CHOOSE, NO, NOT_SURE, YES
from forms.options import Options, Select
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

    court_papers = Options(
        _l("Did you get papers telling you to go to immigration court?"),
        (YES, NO, NOT_SURE),
        hint=_l("The paper may say “Notice to Appear” or “Form I-862”."),
        error=CHOOSE,
    )
    next_hearing_date = DateOrUnknownField(
        _l("When is your next court date?"),
        years_back=10,
        years_on=6,
        latest=6 * YEAR,
        none=NO_DATE_YET,
        hint=_l("It is on your hearing notice. You can also check free at 1-800-898-7180."),
        error=CHOOSE_DATE,
    )
    missed_hearing = Options(
        _l("That date has passed. What happened?"),
        (
            Choice("went", _l("I went")),
            Choice("missed", _l("I could not go")),
            Choice("changed", _l("The date was changed")),
            NOT_SURE,
        ),
        error=CHOOSE,
    )
    removal_order = Options(
        _l("Has a judge or officer ordered you deported (removed)?"), (NO, YES, NOT_SURE), error=CHOOSE
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
            Choice("scheduled", _l("I have one coming")),
            Choice("positive", _l("Yes, and they said I can go on")),
            Choice("negative", _l("Yes, and they said no")),
            Choice("waiting", _l("Yes, waiting for the answer")),
            NOT_SURE,
        ),
        error=CHOOSE,
    )
    fear_interview_date = DateOrUnknownField(
        _l("What day?"), years_back=10, years_on=3, none=NO_DATE_YET, error=CHOOSE_DATE
    )
    other_deadline = Options(
        _l("Do you have any letter with a date to do something?"),
        (NO, YES, NOT_SURE),
        hint=_l("For example: appeal, send papers, pay, go to an interview or check-in."),
        error=CHOOSE,
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

    def check(self) -> Iterator[tuple[str, object]]:
        interview = day_of(self.fear_interview_date.data)
        if interview and not self._interview_fits(interview):
            yield "fear_interview_date", CHECK_THE_DATE

    def _interview_fits(self, day: date) -> bool:
        if self.fear_interview.data == "scheduled":
            return day >= self.context.today - timedelta(days=1)
        return day <= self.context.today
