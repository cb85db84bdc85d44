"""The demo: a firm with its staff, intakes of every kind, and calls of last week and of the next; by the use cases."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from scheduler.casework import audit, booking, changes, conflict_names, demo_names, demo_people, intake, openings
from scheduler.casework.booking import BookSlot
from scheduler.casework.demo_firm import put_firm
from scheduler.casework.demo_people import Asker
from scheduler.casework.firm import firm
from scheduler.casework.intake import SavePage
from scheduler.casework.outbox import DROPPED, WAITING
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.engine.branches import PAGES, fields_of
from scheduler.engine.states import Actor, ConsultationState, move_consultation
from scheduler.models import Consultation, Firm, Intake, Outbox, Person, Staff

ASKED = PAGES[:-1]
BESIDE = {"where": ("i_am_detained",)}
S = ConsultationState
VERSION = "demo"
MODES = ("phone", "video")


class NotEmpty(Exception):
    """The database holds a firm, people, staff or intakes already; the demo is loaded into an empty one only."""


@dataclass(frozen=True, slots=True)
class Then:
    """A clock that stands at one instant, so that what was done last week was done last week."""

    instant: datetime

    def now(self) -> datetime:
        """That instant."""
        return self.instant

    def real_now(self) -> datetime:
        """The same."""
        return self.instant


def load_firm(parts: Parts) -> None:
    """
    The firm, its people and their days.

    Raises:
        NotEmpty: There is something already.
    """
    with writing() as session:
        if any(session.scalar(select(table.id).limit(1)) is not None for table in (Firm, Person, Staff, Intake)):
            raise NotEmpty
        put_firm(session, parts.clock.now())
        conflict_names.add(session, parts, demo_names.ENTRIES)
        audit.record(session, parts, "system", "demo_loaded", "firm:1")


def load_intakes(parts: Parts) -> list[Consultation]:
    """Everybody who asks, in the order in which they asked; gives back the consultations that are to come."""
    today = firm().today(parts.clock.now())
    been, coming, waiting = demo_people.been(today), demo_people.to_come(today), demo_people.waiting(today)
    numbers = {asker.given: number for number, asker in enumerate((*been, *coming, *waiting))}
    everybody = sorted((*been, *coming, *waiting), key=lambda asker: asker.ago, reverse=True)
    calls = {asker.given: _ask(parts, asker, numbers[asker.given]) for asker in everybody}
    for asker in been:
        _complete(parts, calls[asker.given])
    return [call for asker in coming if (call := calls[asker.given]) is not None]


def _ask(parts: Parts, asker: Asker, number: int) -> Consultation | None:
    """One person answers her pages at her time, and books where she did."""
    then = replace(parts, clock=Then(parts.clock.now() - asker.ago))
    answers = {
        **demo_people.BASE,
        "given_names": asker.given,
        "contact_phone": demo_people.phone(number),
        "birth_date": demo_people.birth(number),
        **asker.answers,
    }
    language = "en" if answers["spoken_language"] == "en" else "es"
    token = intake.begin(then, language)
    for page in ASKED[: ASKED.index(asker.until) + 1]:
        own = (*fields_of(page), *BESIDE.get(page, ()))
        said = {name: answers[name] for name in own if name in answers}
        intake.save_page(then, token, SavePage(page, said, language, VERSION, VERSION))
    draft = intake.find(then, token)
    if asker.booked_in is None or draft is None:
        return None
    return _book(then, draft.id, then.clock.now() + timedelta(days=asker.booked_in), MODES[number % len(MODES)])


def _book(then: Parts, intake_id: UUID, wanted: datetime, mode: str) -> Consultation | None:
    """The first time on or after the one she has in mind, else the last one there is; None where none is."""
    starts = openings.offered(then, intake_id).starts
    if not starts:
        return None
    start = next((start for start in starts if start >= wanted), starts[-1])
    return booking.book(then, BookSlot(intake_id, start, mode))


def _complete(parts: Parts, call: Consultation | None) -> None:
    """A call that is over was made, and its letters are not sent any more."""
    if call is None or call.ends_at >= parts.clock.now():
        return
    for state, instant in ((S.IN_PROGRESS, call.starts_at), (S.COMPLETED, call.ends_at)):
        with writing() as session:
            then = replace(parts, clock=Then(instant))
            change = changes.begin(session, then, call.id, Actor.ATTORNEY, None)
            change.note(move_consultation(change.state, state, Actor.ATTORNEY), call.starts_at, VERSION)
            letters = update(Outbox).where(Outbox.consultation_id == call.id, Outbox.state == WAITING)
            session.execute(letters.values(state=DROPPED, result=VERSION, settled_at=instant))
            change.chain(f"consultation_{state}")
