"""Whose case it is: the attorney who has a call with her, and who works for that attorney."""

from sqlalchemy import exists, select

from scheduler.casework.sessions import SignedIn
from scheduler.engine.states import APPOINTED
from scheduler.models import Consultation, Intake, db


def is_assigned(who: SignedIn, intake: Intake) -> bool:
    """
    Whether the intake is hers to read in full.

    `person` of one of the staff is an attorney's number in the calendar: her own, or that of whom she works for.
    """
    if who.person is None:
        return False
    hers = exists().where(
        Consultation.intake_id == intake.id,
        Consultation.attorney == who.person,
        Consultation.state.in_(APPOINTED),
    )
    return bool(db.session.scalar(select(hers)))
