"""A client's own page: which link opens it, what the bare link tells, and what she may do there now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduler.casework import links, rooms, triage, when
from scheduler.casework.documents import open_documents
from scheduler.casework.firm import firm
from scheduler.casework.keyring import KeyGone
from scheduler.casework.leaving import stays_on_screen
from scheduler.casework.moving import LATEST_MOVE, MOST_MOVES
from scheduler.casework.parts import Parts
from scheduler.engine.documents import Document
from scheduler.engine.places import Place
from scheduler.engine.states import TAKES_TIME, ConsultationState
from scheduler.engine.wording import banned_words
from scheduler.models import Consultation, Intake, db

STANDING = frozenset({ConsultationState.TENTATIVE, ConsultationState.BOOKED, ConsultationState.CONFIRMED})
"""States in which a consultation is still to come."""

NOT_NOW_BEFORE = timedelta(hours=2)


class NoSuchPage(Exception):
    """The link never was, has ended or was revoked; which of them is never told."""


@dataclass(frozen=True, slots=True)
class Visit:
    """
    One look at a client's own page, by nothing but its link.

    `city` names the hour in words that give nothing away; None where she would not say where she is.
    `room_url` is set while the door of a video room is open. `stays`: how long the page is open without a touch.
    """

    consultation: Consultation
    intake: Intake
    now: datetime
    city: str | None = field(repr=False)
    room_url: str | None = field(repr=False)
    stays: timedelta

    @property
    def subject(self) -> str:
        """What a proof given here is good for."""
        return self.consultation.id.hex

    @property
    def zone(self) -> str:
        """Her zone, in which every time is told."""
        return self.consultation.client_zone

    @property
    def is_standing(self) -> bool:
        """Whether the consultation is still to come, or runs just now."""
        return self.consultation.state in STANDING

    @property
    def is_over(self) -> bool:
        """Whether nobody calls for it any more."""
        return self.now >= self.consultation.ends_at or self.consultation.state not in TAKES_TIME

    @property
    def can_move(self) -> bool:
        """Whether she may choose another time herself; else she calls."""
        is_early = self.now <= self.consultation.starts_at - LATEST_MOVE
        return self.is_standing and is_early and self.consultation.client_moves < MOST_MOVES

    @property
    def can_cancel(self) -> bool:
        """Whether there is still something to cancel."""
        return self.is_standing and self.now < self.consultation.starts_at

    @property
    def can_correct(self) -> bool:
        """Whether what she told is still of use to the call."""
        return self.is_standing and self.now < self.consultation.ends_at

    @property
    def can_say_not_now(self) -> bool:
        """Whether the call is so near that she may say that she cannot talk now."""
        call = self.consultation
        return self.is_standing and call.starts_at - NOT_NOW_BEFORE <= self.now < call.ends_at


def visit(parts: Parts, token: str, purpose: str = links.MANAGE) -> Visit:
    """
    Open a client's own page by its link of that purpose, which lives until two hours after the call.

    Raises:
        NoSuchPage: The link opens no such page.
    """
    link = links.find(parts, token)
    if link is None or link.purpose != purpose:
        raise NoSuchPage
    consultation = db.session.get_one(Consultation, link.consultation_id)
    intake = db.session.get_one(Intake, consultation.intake_id)
    now = parts.clock.now()
    try:
        answers = open_documents(parts, intake, Document.CONTACT, Document.PLACE)
        room = rooms.open_room(parts, firm(), consultation, now)
    except KeyGone:
        raise NoSuchPage from None
    city = quiet_city(triage.her_place(answers, now))
    return Visit(consultation, intake, now, city, room, stays_on_screen(answers))


def quiet_city(place: Place) -> str | None:
    """The name of her hour for a page that others may see: the full one unless it says where that is."""
    label = when.city(place.label) if place.label else None
    return place.sms_label if label is None or banned_words(label) else label
