"""Whose case it is: the attorney who has a call with her, who sits beside, and who works for one of them."""

from sqlalchemy import exists, or_, select

from scheduler.casework.sessions import SignedIn
from scheduler.engine.states import APPOINTED
from scheduler.models import ConflictConfirmation, Consultation, Intake, db


def is_assigned(who: SignedIn, intake: Intake) -> bool:
    """
    Whether the intake is hers to read in full.

    `person` of one of the staff is a number in the calendar: her own, or that of the attorney she works for.
    """
    if who.person is None:
        return False
    hers = exists().where(
        Consultation.intake_id == intake.id,
        or_(Consultation.attorney == who.person, Consultation.second == who.person),
        Consultation.state.in_(APPOINTED),
    )
    return bool(db.session.scalar(select(hers)))


def is_confirmed(intake: Intake) -> bool:
    """Whether an attorney has confirmed that nothing speaks against hearing her; before that nobody reads her story."""
    return db.session.get(ConflictConfirmation, intake.id) is not None
