"""When a client can be called: what the engine finds in the rows, as she is shown it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from scheduler.casework import able, audit, remembered, rows, tasks, triage
from scheduler.casework.firm import firm
from scheduler.casework.parts import Parts
from scheduler.casework.transaction import writing
from scheduler.casework.wanted import NotBookable, Wanted, ours, relay, reserve, wanted, wanted_by_all
from scheduler.engine.rules import Ask, Rule, permitted
from scheduler.engine.teams import Wish, collective, offers
from scheduler.engine.urgency import Level
from scheduler.engine.zones import DAY, EPOCH_ORDINAL, instant, minute_of, segments, wall
from scheduler.models import Intake, Task, db
from scheduler.models.prepared import Prepared

FIRST = 12
LATER = 3
"""So many later times are shown where none lies before the see-by time."""

FIND_EARLIER = "find_earlier_slot"
SPANISH = frozenset({"es"})
INTAKE = Prepared(select(*Intake.__table__.c).where(Intake.id == bindparam("intake")))


@dataclass(frozen=True, slots=True)
class Offer:
    """
    The times an intake may choose from, as instants (UTC), sorted.

    `place` names her hour and is a msgid; None where it is "your time". Where `late`, nothing is free before she must
    be seen, `starts` are the earliest after that (may be empty); a person calls her by `promised_by`, None where nobody
    was told to yet. `call_now`: no time ends a day before her court date, so that she telephones.
    """

    zone: str
    place: str | None = field(repr=False)
    length: int
    starts: tuple[datetime, ...]
    late: bool = False
    promised_by: datetime | None = None
    call_now: bool = False
    _days: Mapping[date, tuple[datetime, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_days", _by_day(self.zone, self.starts))

    @property
    def first(self) -> tuple[datetime, ...]:
        """The 12 earliest, over at least two of her days where there are two."""
        today = next(iter(self._days.values()), ())
        if len(today) < FIRST:
            return self.starts[:FIRST]
        later = self.starts[len(today) :][: FIRST // 2]
        return (*today[: FIRST - len(later)], *later)

    @property
    def weeks(self) -> tuple[str, ...]:
        """The ISO weeks of her calendar that hold a time, as `2026-W49`, in order."""
        return tuple(dict.fromkeys(map(_week, self._days)))

    def week(self, name: str) -> tuple[datetime, ...]:
        """The times of one of those weeks; empty for any other name."""
        return tuple(chain.from_iterable(starts for day, starts in self._days.items() if _week(day) == name))

    def day(self, start: datetime) -> date:
        """Her own calendar day at a time."""
        return wall(self.zone, minute_of(start))[0]


def _week(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def _by_day(zone: str, starts: tuple[datetime, ...]) -> dict[date, tuple[datetime, ...]]:
    """The starts, which are sorted, by the zone's calendar day."""
    if not starts:
        return {}
    minutes = [minute_of(start) for start in starts]
    pieces = iter(segments(zone, minutes[0], minutes[-1] + 1))
    piece, found = next(pieces), dict[int, list[datetime]]()
    for minute, start in zip(minutes, starts, strict=True):
        while minute >= piece.end:
            piece = next(pieces)
        found.setdefault((minute + piece.offset) // DAY, []).append(start)
    return {date.fromordinal(EPOCH_ORDINAL + day): tuple(those) for day, those in found.items()}


def offered(parts: Parts, intake_id: UUID, *, moving: UUID | None = None) -> Offer:
    """
    What this intake may choose from now; `moving` is its consultation whose own time counts as free.

    Raises:
        NotBookable: There is no such intake, or it chooses no time itself.
        KeyGone: It was purged.
    """
    session: Session = db.session()
    intake = INTAKE.first(session, intake=intake_id)
    if intake is None:
        raise NotBookable(intake_id)
    want = wanted(parts, intake, parts.clock.now(), is_booked=moving is not None)
    found = look(session, want)
    if found.in_time:
        return _offer(want, found.in_time)
    promised = _promised(session, intake.id)
    return _offer(want, found.later[:LATER], late=True, promised_by=promised, call_now=found.call_now)


@dataclass(frozen=True, slots=True)
class Found:
    """All free starts until the horizon: those in time, and those after she must be seen; and what follows of that."""

    in_time: list[int]
    later: list[int]
    level: Level
    call_now: bool


def look(session: Session, want: Wanted) -> Found:
    """Everything that is free for her, whoever takes the call."""
    asking = rows.Asking(session, want.firm, want.now, want.span, want.intake_id)
    starts = able.starts(asking, want)
    latest = minute_of(want.outcome.must_be_seen_by)
    in_time = [start for start in starts if start <= latest]
    if starts:
        return Found(in_time, starts[len(in_time) :], want.outcome.urgency, call_now=False)
    crowded = triage.assess(want.firm, want.answers, want.now, slot_before_court=False)
    level = min(crowded.urgency, want.outcome.urgency, key=lambda one: one.rank)
    return Found([], [], level, crowded.call_now)


def promise_earlier(parts: Parts, intake_id: UUID) -> None:
    """
    Put the call on the desk's list that a late offer promises, once; nothing where a time is free before.

    Raises:
        NotBookable: There is no such intake, or it chooses no time itself.
        KeyGone: It was purged.
    """
    with writing() as session:
        intake = session.get(Intake, intake_id)
        if intake is None:
            raise NotBookable(intake_id)
        due = promise_where_late(session, wanted(parts, intake, parts.clock.now(), is_booked=True), intake)
        if due is not None:
            audit.record(session, parts, "client", FIND_EARLIER, f"intake:{intake.id}", due=due.isoformat())


def promise_where_late(session: Session, want: Wanted, intake: Intake) -> datetime | None:
    """The same in a transaction that is already open; by when she is called, None where nothing was put there."""
    if _promised(session, intake.id) is not None:
        return None
    found = look(session, want)
    return None if found.in_time else promise_call(session, want, intake, found.level)


def promise_call(session: Session, want: Wanted, intake: Intake, level: Level) -> datetime:
    """The task that somebody looks for an earlier time, in a transaction that is already open; by when it is due."""
    due = triage.call_promised(want.firm, level, want.now)
    tasks.add(session, FIND_EARLIER, due_at=due, now=want.now, intake=intake)
    return due


def earliest_free_day(parts: Parts) -> date | None:
    """The first day, by the firm's calendar, on which somebody ordinary can be called in Spanish; None if none."""
    now, house = parts.clock.now(), firm()
    ask, rules = wanted_by_all(house, now)
    first = free(rows.Asking(db.session(), house, now, ask.span), SPANISH, ask, rules)[:1]
    return wall(house.zone, first[0])[0] if first else None


def free(asking: rows.Asking, languages: frozenset[str], ask: Ask, rules: Iterable[Rule]) -> list[int]:
    """The starts that an attorney who speaks one of the languages has free: sorted."""
    speaking = _attorneys(asking, remembered.people(asking), languages)
    people = [one for one in speaking if ask.skills <= one.person.skills]
    return remembered.starts(asking, people, ask, permitted(ask, rules))


def free_interpreted(asking: rows.Asking, languages: frozenset[str], ask: Ask, rules: Iterable[Rule]) -> list[int]:
    """
    The starts that an attorney of the firm's languages and who interprets one of these have free together: sorted.

    Two may relay. The attorney alone is asked for where nobody interprets a language: a person finds somebody.
    """
    everybody, rules = remembered.people(asking), tuple(rules)
    attorneys = [one.person for one in _attorneys(asking, everybody, ours(asking.firm))]
    between = [one.person for one in everybody if one.kind == rows.INTERPRETER]
    found = set[int]()
    for language in languages:
        wish = Wish((relay(asking.firm, language),))
        if any(language in one.languages for one in between):
            found |= collective(attorneys, between, replace(ask, language=language), rules, wish=wish).keys()
        else:
            found |= offers(attorneys, ask, rules).keys()
    return sorted(found)


def _attorneys(
    asking: rows.Asking, everybody: Iterable[rows.Attorney], languages: frozenset[str]
) -> list[rows.Attorney]:
    """Those who speak one of the languages, with what the firm keeps of their days for the urgent."""
    people = [one for one in everybody if one.kind == rows.ATTORNEY and one.speaks(languages)]
    if (kept := reserve(asking.firm)) is not None:
        people = [replace(one, person=replace(one.person, reserve=kept)) for one in people]
    return people


def _promised(session: Session, intake_id: UUID) -> datetime | None:
    """By when she was promised a call already."""
    open_task = select(Task.due_at).where(
        Task.intake_id == intake_id, Task.kind == FIND_EARLIER, Task.done_at.is_(None)
    )
    return session.scalar(open_task)


def _offer(
    want: Wanted,
    starts: list[int],
    *,
    late: bool = False,
    promised_by: datetime | None = None,
    call_now: bool = False,
) -> Offer:
    return Offer(
        zone=want.place.zone,
        place=want.place.label,
        length=want.length,
        starts=tuple(map(instant, starts)),
        late=late,
        promised_by=promised_by,
        call_now=call_now,
    )
