"""The rules T01 to T28 as lines of a table; those that need other intakes are added as further lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.engine import events
from scheduler.engine.business import on_or_before
from scheduler.engine.marks import CALLS_TO_BOOK
from scheduler.engine.one_year import OneYearState
from scheduler.engine.triage_facts import (
    FOREVER_AGO,
    Facts,
    Holds,
    Noted,
    ahead,
    arrival_unknown,
    court_within,
    elsewhere,
    every,
    has,
    hearing_open,
    minor,
    missed_calls,
    near,
    no,
    no_day,
    only_year_known,
    order_age,
    some,
    ticked,
    unsafe,
    wishes_interpreter,
    year,
)
from scheduler.engine.urgency import Level, due

E, U1, U2, U3, N = Level

Due = Callable[[Facts, datetime], datetime]
"""From the facts and since when a line has held, to the instant by which she must be seen."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: its id, the level it raises to (or none), when it holds, what else follows."""

    id: str
    level: Level | None
    holds: Holds
    flags: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    due: Due | None = None

    @property
    def key(self) -> str:
        """Under which the instant is stored since when it has held."""
        return f"{self.id}:{self.level}"

    def seen_by(self, facts: Facts, since: datetime) -> datetime | None:
        """By when she must be seen if it has held since then; None where it raises to no level."""
        if self.level is None:
            return None
        return self.due(facts, since) if self.due else due(self.level, since, facts.office)

    def looks_at(self, facts: Facts) -> frozenset[str]:
        """The names of the answers on which it hangs whether it holds, and by when she must be seen."""
        noted = Noted(facts.answers)
        again = replace(facts, answers=noted)
        if self.holds(again):
            self.seen_by(again, facts.now)
        return frozenset(noted.looked_at)


def a_day_before(facts: Facts, since: datetime) -> datetime:
    """As U1, and a day before the event where that is still to come."""
    usual = due(Level.U1, since, facts.office)
    coming = [event.at - events.MARGIN for event in events.all_events(facts.answers, facts.zones, facts.today)]
    return min([usual, *(instant for instant in coming[:1] if instant > facts.now)])


def before_the_event(facts: Facts, since: datetime) -> datetime:
    """As E, and before the event where that is still to come."""
    usual = due(Level.E, since, facts.office)
    coming = [event.at for event in events.all_events(facts.answers, facts.zones, facts.today)]
    return min([usual, *(instant for instant in coming[:1] if instant > facts.now)])


def a_week_before(facts: Facts, since: datetime) -> datetime:
    """The third business day or a week before the event, whichever is earlier, but not before the next business day."""
    office = facts.office
    next_day = office.add_business_days(office.today(since), 1)
    week_before = facts.court.day - timedelta(days=7) if facts.court else next_day
    last = max(next_day, on_or_before(week_before, office.is_closed))
    return min(office.closing(last), due(Level.U2, since, office))


MISSED = has("missed_hearing", "missed")
SCHEDULED = has("fear_interview", "scheduled")
SOON = some(ahead("fear_interview_date", -1, 7), no_day("fear_interview_date"))
REFUSED = has("fear_interview", "negative")
LETTER = has("other_deadline", "yes")
URGENT_KIND = has("other_deadline_kind", "judge_filing", "appeal")
HELD = has("detained_now", "yes_immigration", "yes_jail", "yes_mexico")
PAPERS = has("waiting_in_mexico_program", "yes_papers")
AFRAID_THERE = every(has("fear_mexico", "yes"), no(has("waiting_in_mexico_program", "no")))
WISH = "interpreter_wish"
"""That she said who her interpreter must not be; what she said is for those who hear her."""

PASSED_HEARING = "next_hearing_date"


def letter(level: Level, dated: Holds) -> tuple[Rule, Rule]:
    """T10's two lines for one distance: filing for a judge and appeals are one level up."""
    above = level.raised()
    return (
        Rule("T10", level, every(LETTER, dated, no(URGENT_KIND)), due=a_day_before if level is U1 else None),
        Rule("T10", above, every(LETTER, dated, URGENT_KIND), due=a_day_before if above is U1 else None),
    )


RULES: tuple[Rule, ...] = (
    Rule("T01", E, every(has("immediate_danger", "yes"), no(unsafe)), tasks=("safety_call",)),
    Rule("T01", E, every(has("immediate_danger", "yes"), unsafe)),
    Rule("T02", U1, HELD, ("phone_only",), ("locate_person",)),
    Rule("T02", U1, every(LETTER, has("other_deadline_kind", "deport_date")), ("phone_only",), due=a_day_before),
    Rule("T02", U2, has("detained_now", "not_sure"), tasks=("locate_person",)),
    Rule("T03", U1, court_within(0, 7), due=a_day_before),
    Rule("T04", U2, court_within(8, 21), due=a_week_before),
    Rule("T05", U3, court_within(22, 60)),
    Rule("T05b", U2, every(has("court_papers", "yes"), hearing_open), tasks=("check_acis",)),
    Rule("T05b", U3, has("court_papers", "not_sure"), tasks=("check_acis",)),
    Rule("T06", U1, order_age(0, 40)),
    Rule("T06b", U2, order_age(41, 100)),
    Rule("T06c", U3, order_age(101, FOREVER_AGO)),
    Rule("T06d", U2, has("removal_order", "not_sure"), tasks=("check_acis",)),
    Rule("T07", U1, every(MISSED, ahead(PASSED_HEARING, -30, -1))),
    Rule("T07", U2, every(MISSED, ahead(PASSED_HEARING, -190, -31))),
    Rule("T07", U3, every(MISSED, ahead(PASSED_HEARING, -FOREVER_AGO, -191))),
    Rule("T07", U2, has("missed_hearing", "not_sure")),
    Rule("T08", U1, every(minor, has("minor_with_adult", "alone")), ("unaccompanied_child",)),
    Rule("T08", U2, every(minor, has("minor_with_adult", "other_adult", "shelter")), ("unaccompanied_child",)),
    Rule("T08", None, minor, ("child_protocol",)),
    Rule("T09", U1, every(SCHEDULED, SOON), due=a_day_before),
    Rule("T09", U2, every(SCHEDULED, ahead("fear_interview_date", 8, 21))),
    Rule("T09", U1, every(REFUSED, some(ahead("fear_interview_date", -14, 0), no_day("fear_interview_date")))),
    Rule("T09", U2, every(REFUSED, ahead("fear_interview_date", -FOREVER_AGO, -15))),
    Rule("T09", U2, has("fear_interview", "waiting")),
    *letter(U1, ahead("other_deadline_date", 0, 7)),
    *letter(U2, ahead("other_deadline_date", 8, 14)),
    *letter(U3, ahead("other_deadline_date", 15, 45)),
    *letter(N, ahead("other_deadline_date", 46, FOREVER_AGO)),
    *letter(U2, no_day("other_deadline_date")),
    *letter(U2, ahead("other_deadline_date", -30, -1)),
    Rule("T11", U1, every(AFRAID_THERE, ticked("mexico_harm", "kidnap", "sexual", "followed"))),
    Rule("T11", U2, AFRAID_THERE),
    Rule("T12", U1, year(OneYearState.RUNNING, U1)),
    Rule("T12", U2, year(OneYearState.RUNNING, U2)),
    Rule("T12", U3, year(OneYearState.RUNNING, U3)),
    Rule("T12", N, year(OneYearState.RUNNING, N)),
    Rule("T13", U1, every(year(OneYearState.POSSIBLY_PASSED, U1), no(only_year_known))),
    Rule("T13", U2, every(year(OneYearState.POSSIBLY_PASSED, U1), only_year_known), tasks=("narrow_arrival_date",)),
    Rule("T13b", U2, year(OneYearState.PASSED, U2)),
    Rule("T13b", U3, year(OneYearState.PASSED, U3)),
    Rule("T14", U2, arrival_unknown, tasks=("narrow_arrival_date",)),
    Rule("T15", N, has("ever_in_us", "never"), ("not_in_us",)),
    Rule("T16", U2, has("family_separated", "yes")),
    Rule("T17", None, has("current_attorney", "yes"), ("has_counsel",)),
    Rule("T18", None, has("interpreter_needed", "yes"), ("interpreter",)),
    Rule("T19", None, has("current_attorney", "not_lawyer"), ("possible_bad_help",)),
    Rule("T20", None, unsafe, ("manual_contact",)),
    Rule("T21", U3, ticked("mexico_harm", "health")),
    Rule("T22", None, lambda facts: bool(facts.answers.get("call_needs")), ("access_needs",)),
    Rule(WISH, None, wishes_interpreter, (WISH,)),
    Rule("T25", None, missed_calls(2), (CALLS_TO_BOOK,), ("call_to_book",)),
    Rule("T26", None, every(has("ever_in_us", "never"), PAPERS), ("check_facts",)),
    Rule("T26", None, every(has("court_papers", "no"), PAPERS), ("check_facts",)),
    Rule("T26", None, every(has("ever_in_us", "sent_back"), has("current_country", "US")), ("check_facts",)),
    Rule("T26", None, every(has("ever_in_us", "in_us"), elsewhere), ("check_facts",)),
    Rule("T26", None, every(lambda facts: facts.has("nationality_country", ["MX"]), PAPERS), ("check_facts",)),
    Rule(
        "T27",
        U3,
        every(has("client_agrees", "cannot_ask"), has("detained_now", "no", None), no(minor)),
        ("helper_only",),
    ),
    Rule("entries", None, has("prior_entries", "yes"), ("multiple_entries",)),
    Rule("T28", E, near, due=before_the_event),
)
"""Every line that holds counts: the highest level, the earliest due time, all flags and tasks."""
