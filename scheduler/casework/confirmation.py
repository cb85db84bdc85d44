"""What a client is shown of the time she has booked, and the file for her own calendar."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select

from scheduler.casework import links, triage, when
from scheduler.casework.booking import FIRST
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.engine.documents import Document
from scheduler.engine.invitation.write import Meeting, publish
from scheduler.engine.safe_contact import is_private, way
from scheduler.engine.states import APPOINTED, ConsultationState
from scheduler.models import ConflictReview, Consultation, Intake, db
from scheduler.models.prepared import Prepared
from scheduler.words import _

MOST_BOOKINGS = 99
ONLY_HELD = frozenset({ConsultationState.HELD, ConsultationState.EXPIRED_HOLD})

MINE = Consultation.intake_id == bindparam("intake")
LAST = Prepared(
    select(Consultation.id)
    .where(MINE, or_(*(Consultation.state == state for state in sorted(APPOINTED))))
    .order_by(Consultation.booked_at.desc())
    .limit(1)
)
HOW_MANY = Prepared(
    select(func.count(Consultation.id).label("bookings")).where(
        MINE, and_(*(Consultation.state != state for state in sorted(ONLY_HELD)))
    )
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """
    A booked time as its client sees it in the browser she booked it with.

    `channel` is how messages come (sms, whatsapp, email), None where none may. `page_url` is her own page, only where
    nobody else sees her device. `confirmed_by` is when a person confirms a time that is tentative, else None.
    """

    ref: str
    starts_at: datetime
    zone: str
    city: str | None = field(repr=False)
    call_mode: str
    channel: str | None
    page_url: str | None = field(repr=False)
    confirmed_by: datetime | None = None


def confirmation(parts: Parts, intake_id: UUID) -> Confirmation | None:
    """
    The time that this intake has, or had last; None where it may choose one.

    Raises:
        KeyGone: It was purged.
    """
    last = LAST.first(db.session(), intake=intake_id)
    if last is None:
        return None
    consultation = db.session.get_one(Consultation, last.id)
    intake = db.session.get_one(Intake, intake_id)
    answers = open_documents(parts, intake, Document.CONTACT, Document.PLACE)
    allowed = way(answers, intake.flags)
    place = triage.her_place(answers, parts.clock.now())
    return Confirmation(
        ref=intake.ref,
        starts_at=consultation.starts_at,
        zone=consultation.client_zone,
        city=when.city(place.label) if place.label else None,
        call_mode=consultation.call_mode,
        channel=allowed.channel if allowed else None,
        page_url=links.own_page(parts, consultation) if is_private(answers) else None,
        confirmed_by=confirmed_by(consultation),
    )


def confirmed_by(consultation: Consultation) -> datetime | None:
    """By when a person says whether a tentative time stands: at its beginning at the latest; None for any other."""
    if consultation.state != ConsultationState.TENTATIVE:
        return None
    review = db.session.get(ConflictReview, consultation.intake_id)
    return min(review.due_at, consultation.starts_at) if review is not None else consultation.starts_at


def booking_key(intake_id: UUID) -> str:
    """What tells the next booking of an intake from those that were cancelled."""
    count = HOW_MANY.first(db.session(), intake=intake_id).bookings
    return FIRST if not count else f"again-{min(count, MOST_BOOKINGS)}"


def calendar(parts: Parts, consultation: Consultation) -> bytes | None:
    """
    The time as a file for her own calendar, which says nothing but "Appointment"; None where others see hers.

    Raises:
        KeyGone: The intake was purged.
    """
    intake = db.session.get_one(Intake, consultation.intake_id)
    if not is_private(open_documents(parts, intake, Document.CONTACT)):
        return None
    meeting = Meeting(
        uid=consultation.uid,
        sequence=consultation.sequence,
        stamp=consultation.dtstamp,
        start=consultation.starts_at,
        end=consultation.ends_at,
        summary=_("Appointment"),
        organizer=parts.mail_from,
        alias=firm().alias,
    )
    return publish(meeting)
